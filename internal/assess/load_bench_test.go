package assess_test

import (
	"testing"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
)

// BenchmarkLoad reads the shipped model, as nearly every command does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := assess.Load(catalog.Shipped(), "fr"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
