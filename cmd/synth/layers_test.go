package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/synth-vault/synth"

// layers says which of our packages each package may import: the data's way, and no other. A new package earns its
// line here.
var layers = map[string][]string{
	"vault":                  {"internal/obsidian", "internal/strictyaml"},
	"internal/obsidian":      {},
	"internal/strictyaml":    {},
	"internal/catalog":       {},
	"internal/questionnaire": {"vault", "internal/strictyaml"},
	"internal/intake":        {"internal/questionnaire", "vault", "internal/strictyaml"},
	"internal/interview":     {"internal/questionnaire", "vault", "internal/strictyaml"},
	"internal/assess":        {"internal/questionnaire", "vault", "internal/strictyaml"},
	"internal/plan":          {"internal/assess"},
	"internal/compose":       {"vault", "internal/questionnaire", "internal/assess", "internal/plan", "internal/strictyaml"},
	"internal/check":         {"vault", "internal/questionnaire", "internal/assess", "internal/compose", "internal/strictyaml"},
	"internal/cases":         {"internal/questionnaire", "internal/assess", "internal/plan", "internal/strictyaml", "vault"},
	"internal/result":        {"internal/questionnaire", "internal/assess", "internal/plan", "vault"},
	"internal/explain":       {"internal/questionnaire", "internal/assess", "internal/plan", "vault"},
	"internal/render":        {"vault", "internal/obsidian"},
	"internal/vaultgen":      {}, // tests and benchmarks only
	"internal/bench":         {"internal/vaultgen"},
	"schemas":                {},
	"cmd/synth":              nil, // all
}

// seams are the libraries that one package alone may import.
var seams = map[string]string{
	"gopkg.in/yaml.v3":                      "internal/strictyaml",
	"github.com/adrg/frontmatter":           "internal/compose",
	"github.com/spf13/cobra":                "cmd/synth",
	"github.com/fsnotify/fsnotify":          "cmd/synth",
	"github.com/charmbracelet/glamour":      "", // tests' alone: it starts slowly
	"charm.land/huh/v2":                     "internal/interview",
	"charm.land/bubbletea/v2":               "internal/interview",
	"github.com/rogpeppe/go-internal":       "vault",
	"github.com/gofrs/flock":                "vault",
	"golang.org/x/sys":                      "vault",
	"github.com/santhosh-tekuri/jsonschema": "",
}

// goFiles calls visit with every Go file of the project that is part of the program, by its package's folder.
func goFiles(t *testing.T, visit func(folder, file string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "." && d.Name() != "..") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			visit(filepath.ToSlash(filepath.Dir(rel)), p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPackagesImportOnlyWhatTheirLayerAllows(t *testing.T) {
	seen := map[string]bool{}
	goFiles(t, func(folder, file string) {
		allowed, known := layers[folder]
		if !known {
			t.Errorf("%s: the package %s has no line in the layers' map", file, folder)
			return
		}
		seen[folder] = true
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(imported, module+"/"); ok && folder != "cmd/synth" && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s, which its layer does not allow", file, ours)
			}
			for library, only := range seams {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && folder != only {
					t.Errorf("%s imports %s, which is %q's alone", file, imported, only)
				}
			}
		}
	})
	for folder := range layers {
		if !seen[folder] {
			t.Errorf("the layers' map names %s, which has no Go file", folder)
		}
	}
}

// The caps keep the tail short: a newcomer reads any file in one sitting.
func TestFilesStayWithinTheirCaps(t *testing.T) {
	goFiles(t, func(_, file string) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		if len(lines) > 401 {
			t.Errorf("%s has %d lines, more than 400", file, len(lines)-1)
		}
		start := 0
		for i, line := range lines {
			switch {
			case strings.HasPrefix(line, "func "):
				start = i
			case line == "}" && start > 0:
				if n := i - start + 1; n > 60 {
					t.Errorf("%s:%d: a function of %d lines, more than 60", file, start+1, n)
				}
				start = 0
			}
		}
		if name := path.Base(filepath.ToSlash(file)); strings.Contains(name, "util") || strings.Contains(name, "helper") {
			t.Errorf("%s: a file is named after what it holds", file)
		}
	})
}
