package vault

import "testing"

// BenchmarkIndex reads the notes of a vault that is open.
func BenchmarkIndex(b *testing.B) {
	v := openFolder(b, generatedVault(b, benchNotes))
	b.ReportAllocs()
	for b.Loop() {
		if x := v.Index(); len(x.Outline(v.notes[0].path).Sections) == 0 {
			b.Fatal("the first note has no headings")
		}
	}
	reportRate(b, benchNotes)
}
