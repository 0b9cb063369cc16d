package schemas_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/cases"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/interview"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/schemas"
	"github.com/synth-vault/synth/vault"
)

// lawOffice is the second catalogue.
const lawOffice = "../examples/avocat/modele"

// schemaOf gives the schema of a catalogue's file.
func schemaOf(name string) string {
	switch dir, base := path.Split(name); {
	case name == "model/model.yaml":
		return schemas.Model
	case name == "references.yaml":
		return schemas.References
	case name == assess.PeriodsFile:
		return schemas.Retention
	case name == assess.FrameworksFile:
		return schemas.Frameworks
	case name == assess.ChannelsFile:
		return schemas.Channels
	case name == "fr/interview.yaml":
		return schemas.Interview
	case name == "fr/kit/kit.yaml":
		return schemas.Kit
	case name == "fr/kit/synth.yaml":
		return schemas.Settings
	case base == "screens.yaml":
		return schemas.Screens
	case dir == "questionnaires/":
		return schemas.Questionnaire
	case dir == "model/":
		return schemas.Domain
	case dir == "cases/":
		return schemas.Cases
	case dir == "fr/":
		return schemas.Words
	}
	return ""
}

// instance makes of a YAML document what an editor checks: text in quotes is text, the rest what it looks like.
func instance(t *testing.T, text string) any {
	t.Helper()
	root, err := strictyaml.Parse([]byte(text), 1, strictyaml.Limits{})
	var problems strictyaml.Problems
	if errors.As(err, &problems) {
		t.Fatalf("no YAML at all: %v", err)
	}
	return plain(root)
}

func plain(n *strictyaml.Node) any {
	switch n.Kind {
	case strictyaml.Mapping:
		out := map[string]any{}
		for _, e := range n.Entries() {
			out[e.Key.Value] = plain(e.Value)
		}
		return out
	case strictyaml.Sequence:
		out := []any{}
		for _, item := range n.Items() {
			out = append(out, plain(item))
		}
		return out
	}
	if n.Quoted {
		return n.Value
	}
	if n.IsNull() {
		return nil
	}
	if i, err := strconv.Atoi(n.Value); err == nil {
		return i
	}
	if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
		return f
	}
	if n.Value == "true" || n.Value == "false" {
		return n.Value == "true"
	}
	return n.Value
}

// catalogues are the models that both have to take: the shipped one and the law office's.
func catalogues() map[string]fs.FS {
	return map[string]fs.FS{"shipped": catalog.Shipped(), "law office": os.DirFS(lawOffice)}
}

func compileAll(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	out := map[string]*jsonschema.Schema{}
	for _, name := range append(schemas.OfCatalogue(), schemas.Settings) {
		out[name] = compile(t, name)
	}
	return out
}

// Every file of the catalogues fits its schema, and its first line tells editors which that is.
func TestCataloguesFitTheirSchemas(t *testing.T) {
	compiled := compileAll(t)
	for name, files := range catalogues() {
		used := map[string]bool{}
		err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(file) != ".yaml" {
				return err
			}
			data, err := fs.ReadFile(files, file)
			if err != nil {
				return err
			}
			schema := schemaOf(file)
			used[schema] = true
			if compiled[schema] == nil {
				t.Fatalf("%s: %s has no schema", name, file)
			}
			if err := compiled[schema].Validate(instance(t, string(data))); err != nil {
				t.Errorf("%s: %s: %v", name, file, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if name == "shipped" && len(used) < len(schemas.OfCatalogue()) {
			t.Errorf("the shipped catalogue holds files of %d kinds, not of every one", len(used))
		}
	}
}

// The header of a file leads from where it lies to its schema.
func TestHeadersLeadToSchemas(t *testing.T) {
	for _, root := range []string{"../internal/catalog", lawOffice} {
		found := 0
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".yaml" {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			if name := filepath.ToSlash(rel); strings.HasPrefix(name, "start/") || schemaOf(name) == schemas.Settings {
				return nil // it is laid elsewhere: beside the schemas that model init lays too, or into a vault
			}
			data, err := os.ReadFile(p)
			first, _, _ := strings.Cut(string(data), "\n")
			target, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
			if !ok || filepath.Base(target) != schemaOf(filepath.ToSlash(rel)) {
				t.Errorf("%s begins with %q", p, first)
				return err
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), filepath.FromSlash(target))); err != nil {
				t.Errorf("%s leads nowhere: %v", p, err)
			}
			found++
			return err
		})
		if err != nil || found == 0 {
			t.Errorf("%s: %d files, %v", root, found, err)
		}
	}
}

// broken is one fault of form in a file of the law office.
type broken struct{ file, old, new string }

func formFaults() []broken {
	const form, model, words, list = "questionnaires/dossiers.yaml", "model/dossiers.yaml", "fr/dossiers.yaml", "references.yaml"
	const screens, tries, root = "fr/screens.yaml", "cases/dossiers.yaml", "model/model.yaml"
	const periods, talk = "retention.yaml", "fr/interview.yaml"
	return []broken{
		{root, "questionnaires: [dossiers, visio]", "questionnaires: []"},
		{root, "questionnaires: [dossiers, visio]", "questionnaires: [dossiers, visio, visio]"},
		{root, "domains: [dossiers]", "domains: [dossiers, dossiers]"},
		{root, "domains: [dossiers]", "domains: dossiers"},
		{root, "domains:", "domaines:"},
		{root, "version: \"2026.1\"\n", ""},
		{root, "country: visio.barreau", "country: barreau"},
		{form, "emoji: ⚖", "emoji: ⚖⚖"},
		{form, "id: acces", "id: accès"},
		{form, "type: number", "type: nombre"},
		{form, "status: attention", "status: moyen"},
		{form, "label: Où reposent", "libelle: Où reposent"},
		{form, "exclusive: true", "exclusive: oui"},
		{form, "type: date, ", "type: date, min: 1, "},
		{form, "type: text, ", "type: text, options: [{id: a, label: A, status: ok}], "},
		{form, "min: 0", "min: \"0\""},
		{form, "aliases: [partage]", "aliases: partage"},
		{form, "id: hors_site, label: Hors du cabinet, ", "id: hors_site, "},
		{model, "emoji: ⚖, weight: 40", "emoji: ⚖, weight: 0"},
		{model, "risks: {doss_secret: 4}", "risks: {doss_secret: 5}"},
		{model, "risks: {doss_secret: 4}", "risks: {}"},
		{model, "pick: worst", "pick: mean"},
		{model, "coffre: 4", "coffre: 5"},
		{model, "coffre: 4", "coffre: \"4\""},
		{model, "id: doss_acces\n", "id: Doss_acces\n"},
		{model, "weight: 3", "weight: 4"},
		{model, "references: [llca_13]", "references: llca_13"},
		{model, "only: [aucune]", "just: [aucune]"},
		{model, "only: [aucune]", "only: [aucune, aucune]"},
		{model, "only: [aucune]", "only: aucune"},
		{model, "less_than: 2", "less_than: deux"},
		{model, "{all: [{dossiers.canaux", "{every: [{dossiers.canaux"},
		{model, "{not_applicable: true, when:", "{not_applicable: true, level: 0, when:"},
		{model, "horizon: court", "horizon: long"},
		{model, "effort: 3", "effort: 4"},
		{model, "id: act_doss_acces", "id: doss_acces_act"},
		{model, "raises: {doss_acces: 4}", "raises: {}"},
		{model, "raises: {doss_acces: 4}", "raises: {doss_acces: 0}"},
		{model, "on_unknown: true", "on_unknown: 1"},
		{model, "owner: direction", "propriétaire: direction"},
		{words, "    unknown: On ignore où reposent les pièces.\n", ""},
		{words, "unknown: On ignore où reposent", "inconnu: On ignore où reposent"},
		{words, "objective: Chacun", "objectif: Chacun"},
		{words, "steps: [Dresser la liste des accès, Retirer ceux de trop]", "steps: Dresser la liste des accès"},
		{words, "conclusions: {gap: À fermer, ", "conclusions: {"},
		{list, "jurisdiction: FR", "jurisdiction: France"},
		{list, "kind: obligation", "kind: loi"},
		{list, "checked_on: 2026-11-22", "checked_on: 22.11.2026"},
		{list, "checked_on: 2026-11-22", "checked_on: 2026-13-22"},
		{list, "id: rin_2", "id: act_rin_2"},
		{screens, "  and: et", "  et: et"},
		{screens, "dont_know: Ne sait pas", "dont_know: \"\""},
		{screens, "gap: \"❌\", ", ""},
		{screens, "reason: {", "reason: {perhaps: peut-être, "},
		{screens, "obligation: obligation", "obligation: \"%% obligation\""},
		{periods, "country: CH", "country: Suisse"},
		{periods, "status: obligation", "status: loi"},
		{periods, "min_years: 10", "min_years: 0"},
		{periods, "min_years: 10, ", ""},
		{periods, "by_canton: true", "by_canton: oui"},
		{periods, "checked_on: 2026-11-22", "checked_on: 22.11.2026"},
		{talk, "respondent:", "repondant:"},
		{talk, "  intro:", "  introduction:"},
		{tries, "cases:", "exemples:"},
		{tries, "controls: {doss_acces: 0}", "controls: {doss_acces: 5}"},
		{tries, "controls: {doss_acces: 0}", "controls: {doss_acces: nothing}"},
		{tries, "kind: gap", "kind: hole"},
		{tries, "severity: 16", "severity: 17"},
		{tries, "actions: [act_doss_acces]", "actions: act_doss_acces"},
		{tries, "dossiers.acces: [partage]", "dossiers.acces: []"},
		{tries, "client: {country: CH, canton: VD}", "client: {country: Suisse}"},
	}
}

// faultsOfTables are those of the periods, the frameworks and the channels, and of what controls say of them.
func faultsOfTables() []broken {
	const model, kept, frames, ways = "model/dossiers.yaml", assess.PeriodsFile, assess.FrameworksFile, assess.ChannelsFile
	return []broken{
		{model, "[llca_13, rin_2]\n", "[llca_13, rin_2]\n    frameworks: [anssi]\n"},
		{model, "[llca_13, rin_2]\n", "[llca_13, rin_2]\n    frameworks: {anssi: []}\n"},
		{model, "[llca_13, rin_2]\n", "[llca_13, rin_2]\n    frameworks: {anssi: [\"8\", \"8\"]}\n"},
		{frames, "      R1: ", "      R 1: "},
		{frames, "jurisdiction: CH", "jurisdiction: Suisse"},
		{frames, "    version: onze recommandations\n", ""},
		{frames, "checked_on: 2026-11-22", "checked_on: 22.11.2026"},
		{kept, "min_years: 10, ", "min_years: 0, "},
		{kept, ", min_years: 10", ""},
		{kept, "status: obligation", "status: loi"},
		{kept, "by_canton: true", "by_canton: oui"},
		{kept, "country: FR", "country: France"},
		{ways, "{verdict: ko", "{verdict: non"},
		{ways, "domains: [hin.ch]", "domains: [\"@hin.ch\"]"},
		{ways, "names: [bluewin], domains: [bluewin.ch, bluewin.com]", "names: []"},
		{ways, "    readers: Le fournisseur du service, et quiconque ouvre la boîte\n", ""},
		{ways, "checked_on: 2026-11-22", "checked_on: hier"},
		{ways, "jurisdiction: INT", "jurisdiction: monde"},
	}
}

// A fault of form is refused by the schema, so that an editor shows it, and by the program alike.
func TestFaultsOfFormAreRefusedByBoth(t *testing.T) {
	compiled := compileAll(t)
	for _, f := range append(formFaults(), faultsOfTables()...) {
		files := copyOf(t, os.DirFS(lawOffice))
		if files[f.file] == nil { // it belongs to no field: the shipped one
			data, err := fs.ReadFile(catalog.Shipped(), f.file)
			if err != nil {
				t.Fatal(err)
			}
			files[f.file] = &fstest.MapFile{Data: data}
		}
		text := string(files[f.file].Data)
		changed := strings.Replace(text, f.old, f.new, 1)
		if changed == text {
			t.Errorf("%s holds no %q", f.file, f.old)
			continue
		}
		files[f.file] = &fstest.MapFile{Data: []byte(changed)}
		if compiled[schemaOf(f.file)].Validate(instance(t, changed)) == nil {
			t.Errorf("%s: the schema takes %q", f.file, f.new)
		}
		if !refused(files, f.file) {
			t.Errorf("%s: the program takes %q", f.file, f.new)
		}
	}
}

// refused reports whether reading the catalogue tells a problem of the file.
func refused(files fs.FS, name string) bool {
	content := catalog.Over(files)
	model, problems := assess.Load(content, "fr")
	_, more := compose.Load(content, "fr")
	problems = append(problems, more...)
	_, more = interview.LoadWords(content, "fr")
	problems = append(problems, more...)
	if model != nil {
		_, more = cases.Load(content, model)
		problems = append(problems, more...)
	}
	return slices.ContainsFunc(problems, func(p vault.Problem) bool { return p.Path == name })
}

func copyOf(t *testing.T, fsys fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
