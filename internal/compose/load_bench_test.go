package compose_test

import (
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
)

// BenchmarkLoad reads the shipped templates, as every build does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := compose.Load(catalog.Shipped(), "fr"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
