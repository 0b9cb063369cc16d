package vault

import (
	"fmt"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/vaultgen"
)

const benchNotes = 10_000

// generatedVault makes a vault of ordinary notes and gives its folder.
func generatedVault(b *testing.B, notes int) string {
	b.Helper()
	dir := b.TempDir()
	if err := vaultgen.Write(dir, notes, 1); err != nil {
		b.Fatal(err)
	}
	return dir
}

func openFolder(b testing.TB, dir string) *Vault {
	b.Helper()
	v, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// reportRate reports how many notes an iteration of so many gets through in a second.
func reportRate(b *testing.B, notes int) {
	b.ReportMetric(float64(b.N)*float64(notes)/b.Elapsed().Seconds(), "notes/s")
}

func BenchmarkOpen(b *testing.B) {
	for _, notes := range []int{1_000, benchNotes} {
		dir := generatedVault(b, notes)
		b.Run(fmt.Sprintf("notes=%d", notes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if v := openFolder(b, dir); len(v.notes) != notes {
					b.Fatalf("%d notes, not %d", len(v.notes), notes)
				}
			}
			reportRate(b, notes)
		})
	}
}

// BenchmarkProperty asks every note of a freshly opened vault for the properties that a build looks for first.
func BenchmarkProperty(b *testing.B) {
	dir := generatedVault(b, benchNotes)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		v := openFolder(b, dir)
		b.StartTimer()
		found := 0
		for _, n := range v.notes {
			for _, name := range []string{"category", "form_id", "synth_client"} {
				if _, ok := n.Property(name); ok {
					found++
				}
			}
		}
		if found == 0 {
			b.Fatal("no note has any of the properties")
		}
	}
	reportRate(b, benchNotes)
}

// BenchmarkLinkTo writes a link from one note to every note; once with the index that the first link makes.
func BenchmarkLinkTo(b *testing.B) {
	v := openFolder(b, generatedVault(b, benchNotes))
	linkAll := func(b *testing.B, v *Vault) {
		for _, n := range v.notes {
			if v.LinkTo("Notes/new.md", n.path, "^id", "") == "" {
				b.Fatal(n.path)
			}
		}
	}
	b.Run("indexed", func(b *testing.B) {
		linkAll(b, v)
		b.ReportAllocs()
		for b.Loop() {
			linkAll(b, v)
		}
		reportRate(b, benchNotes)
	})
	b.Run("planned", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			linkAll(b, v.With("Notes/new.md"))
		}
		reportRate(b, benchNotes)
	})
}

// BenchmarkBlocks reads the bodies of notes that are in memory.
func BenchmarkBlocks(b *testing.B) {
	const notes = 1_000
	v := openFolder(b, generatedVault(b, notes))
	var size int64
	for _, n := range v.notes {
		text, err := n.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		size += int64(len(text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, n := range v.notes {
			if blocks, err := n.Blocks(); err != nil || len(blocks) == 0 {
				b.Fatalf("%s: %d blocks, %v", n.path, len(blocks), err)
			}
		}
	}
	reportRate(b, notes)
}

// roadmap is a draft as large as those that synth makes: regions of actions and what to do for each.
func roadmap() Draft {
	d := Draft{Path: "a.md", Properties: []Property{quoted("title", "A plan"), list("tags", "IT", "plan"), quoted("synth_seal", "answers:0")}}
	for region := range 4 {
		var text strings.Builder
		for i := range 10 {
			fmt.Fprintf(&text, "- [ ] **Do the %dth thing** → a reason (somebody, 2 half-days) [[Answers#^answer-%d|↗]] 📅 2026-01-02 ^act-%d-%d\n", i, i, region, i)
			text.WriteString(strings.Repeat("  - a step of it, in a sentence that is neither short nor long, and said once\n", 5))
		}
		d.Regions = append(d.Regions, Region{ID: fmt.Sprintf("r%d", region), Text: text.String()})
	}
	return d
}

// BenchmarkDiff compares drafts with files that hold what they say, as most do.
func BenchmarkDiff(b *testing.B) {
	var drafts []Draft
	files := map[string]string{}
	for i := range 6 {
		d := roadmap()
		d.Path = fmt.Sprintf("folder/%d.md", i)
		drafts, files[d.Path] = append(drafts, d), string(d.Bytes())
	}
	v := openFiles(b, files)
	b.SetBytes(int64(len(drafts) * len(roadmap().Bytes())))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range Diff(v, drafts) {
			if c.Status != Unchanged {
				b.Fatalf("%s is %s", c.Path, c.Status)
			}
		}
	}
}

// BenchmarkTasks reads the tasks of a roadmap, and which of its regions were edited.
func BenchmarkTasks(b *testing.B) {
	text := roadmap().Bytes()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n := NewNote("a.md", text)
		blocks, err := n.Named()
		if err != nil || len(blocks) != 40 {
			b.Fatalf("%d tasks, %v", len(blocks), err)
		}
		if regions, err := n.Regions(); err != nil || len(regions) != 4 || regions[0].Edited {
			b.Fatalf("regions %v, %v", regions, err)
		}
	}
}
