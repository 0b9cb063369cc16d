package strictyaml

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contentFiles gives the YAML files of the project that every run reads.
func contentFiles(tb testing.TB) map[string][]byte {
	tb.Helper()
	files := map[string][]byte{}
	for _, folder := range []string{"../catalog", "../assess/testdata", "../../examples"} {
		fsys := os.DirFS(folder)
		err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && path.Ext(p) == ".yaml" {
				files[path.Join(folder, p)], err = fs.ReadFile(fsys, p)
			}
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if len(files) < 20 {
		tb.Fatalf("only %d files", len(files))
	}
	return files
}

// decoded reads a source with the decoder alone.
func decoded(src []byte, offset int, limits Limits) (*Node, Problems) {
	r := &reader{offset: offset, limits: limits}
	root := r.read(src)
	return root, r.report()
}

// checkPlain fails unless a source that needs no decoder is read as the decoder reads it.
func checkPlain(tb testing.TB, src []byte, limits Limits) (ok bool) {
	tb.Helper()
	got, ok := readPlain(src, 1, limits.bounded())
	if !ok {
		return false
	}
	want, problems := decoded(src, 1, limits.bounded())
	if len(problems) > 0 {
		tb.Fatalf("read what the decoder refuses: %v\n%q", problems, src)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Node{}, held{})); diff != "" {
		tb.Fatalf("unlike the decoder (-decoder +plain):\n%s\n%q", diff, src)
	}
	return true
}

// The files that every run reads must not cost a YAML decoder.
func TestContentNeedsNoDecoder(t *testing.T) {
	for name, src := range contentFiles(t) {
		text := withoutComments(string(src))
		if strings.TrimSpace(text) == "" || strings.Contains(text, "{{") { // nothing, or the template of a file
			continue
		}
		if !checkPlain(t, src, Limits{}) {
			t.Errorf("%s is read by the decoder", name)
		}
	}
}

// withoutComments leaves out the lines that are comments.
func withoutComments(src string) string {
	var b strings.Builder
	for line := range strings.Lines(src) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// Each of these is read without the decoder, and as the decoder reads it.
var plainSources = []string{
	"a: 1\nb: x y\n",
	"a: 1",
	"a:\nb: ~\nc:   \nd: # none\ne: null\n",
	"a:\n  b: 1\n  c:\n    - x\n    -\n    - y: 1\n      z: 2\n    - - p\n      - q\nd: e\n",
	"a:\n- x\n- y\nb: 1\n",
	"- a:\n  - b\n- c:\n- d\n",
	"# c\n\n  # c\na: b # c\n   \n# c\nd: 'e' # c\n#\n",
	"  a: 1\n  b: 2\n",
	"a: [x, \"y, z\", 'it''s', {b: c, 'd': [e]}, [], {}, 1.10]\nb: { x: y }\nc: [ 010, ~ ]\n",
	"é: « à »\nœ : 1\n",
	"é: [à, î]\n\"k #: [\": ''\n'it''s': \"a#b\"\n",
	"a: http://x/y#z?q=[1]\nb: x:y\nc: a, b\n",
	"-   a: 1\n    b: 2\n-\n  c: 3\n",
	"a: b\n\n\n",
	"a: x  \nb: \"x\"  \n",
}

func TestPlainSourcesNeedNoDecoder(t *testing.T) {
	for _, src := range plainSources {
		if !checkPlain(t, []byte(src), Limits{}) {
			t.Errorf("%q is read by the decoder", src)
		}
	}
}

// What is refused, and what is seldom written, is the decoder's.
func TestOtherSourcesAreTheDecoders(t *testing.T) {
	for _, src := range []string{
		"", "# c\n", "a", "[a]", "{a: b}", "---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1",
		"a: 1\na: 2\n", "~: 1\n", "<<: {a: 1}\n", "a: &x 1\n", "a: *x\n", "a: !!str 1\n", "a: {b: 1, b: 2}\n",
		"a: |\n  b\n", "a: >\n  b\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "a: \"\\n\"\n", "a: [b,\n  c]\n",
		"a:\tb\n", "a: 1\r\nb: 2\r\n", "a: b: c\n", "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: [b,]\n", "a: [,]\n",
		"a: [b?]\n", "a: [b:c]\n", "a: \"b\"c\n", "a: [b]#c\n", "a\n", "a:b\n", "a: - b\n", "? a\n: b\n", "a: @b\n", "a: %b\n",
		"a:\n   b: 1\n  c: 2\n", "a: 1\n b: 2\n", "- a\nb: 1\n", "a: 1\n- b\n", "a: [\n", "a: '\n", "\uFEFFa: 1\n", "a: \u2028\n", "a: \xff\n",
	} {
		if _, ok := readPlain([]byte(src), 0, Limits{}.bounded()); ok {
			t.Errorf("%q is not read by the decoder", src)
		}
	}
	for src, limits := range map[string]Limits{
		"a: 1\nb: 2\n":  {Keys: 1},
		"a:\n  b: 1\n":  {Depth: 1},
		"a: [[x]]\n":    {Depth: 2},
		"a: xxxxxxxx\n": {Bytes: 8},
	} {
		if _, ok := readPlain([]byte(src), 0, limits.bounded()); ok {
			t.Errorf("%q is read beyond %+v", src, limits)
		}
	}
}

// FuzzPlain holds for any input: the same tree as the decoder's, or the decoder's own.
func FuzzPlain(f *testing.F) {
	for _, src := range contentFiles(f) {
		f.Add(src)
	}
	for _, src := range plainSources {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		checkPlain(t, src, Limits{})
		checkPlain(t, src, Limits{Keys: 3, Depth: 2, Bytes: 200})
	})
}

// BenchmarkParse reads the largest of the shipped files, with the decoder as the yardstick.
func BenchmarkParse(b *testing.B) {
	src, err := os.ReadFile("../catalog/fr/messagerie_sante.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Parse(src, 1, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decoder", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			if _, problems := decoded(src, 0, Limits{}.bounded()); len(problems) > 0 {
				b.Fatal(problems)
			}
		}
	})
}
