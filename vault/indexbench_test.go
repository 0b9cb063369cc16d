package vault

import "testing"

// BenchmarkIndex opens a vault and reads its notes for the index.
func BenchmarkIndex(b *testing.B) {
	dir := generatedVault(b, benchNotes)
	b.ReportAllocs()
	for b.Loop() {
		v, err := Open(dir, Options{Index: true})
		if err != nil {
			b.Fatal(err)
		}
		if x := v.Index(); len(x.Outline(v.notes[0].path).Sections) == 0 {
			b.Fatal("the first note has no headings")
		}
	}
	reportRate(b, benchNotes)
}
