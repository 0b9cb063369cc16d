package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/result"
	"github.com/synth-vault/synth/internal/strictyaml"
)

const examples = "../../examples"

// exampleVaults lists the folders of examples/ that are vaults.
func exampleVaults(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(examples, "*", "synth.yaml"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no example: %v", err)
	}
	for i, f := range found {
		found[i] = filepath.Dir(f)
	}
	return found
}

// copyVault copies a vault; without its generated notes, as before the first build.
func copyVault(t *testing.T, from string) (to string, generated []string) {
	t.Helper()
	to = t.TempDir()
	err := filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if bytes.Contains(data, []byte("\nsynth_seal:")) {
			generated = append(generated, rel)
			return nil
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to, generated
}

// runSynth runs a command line and gives what it printed.
func runSynth(t testing.TB, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }, workDir: t.TempDir(),
		margin: 1000 * time.Hour} // so that no cache is left, however slow the machine is
	return a.run(args), out.String(), errs.String()
}

// The notes of the examples are what build writes, byte for byte, into a vault that has none yet.
func TestExamplesAreWhatBuildWrites(t *testing.T) {
	for _, vault := range exampleVaults(t) {
		t.Run(filepath.Base(vault), func(t *testing.T) {
			fresh, generated := copyVault(t, vault)
			if len(generated) == 0 {
				t.Fatal("the example holds no generated note")
			}
			if status, _, stderr := runSynth(t, "build", fresh); status != exitDone {
				t.Fatalf("exit status %d: %s", status, stderr)
			}
			for _, rel := range generated {
				got, err := os.ReadFile(filepath.Join(fresh, rel))
				if err != nil {
					t.Fatal(err)
				}
				target := filepath.Join(vault, rel)
				if *update {
					if err := os.WriteFile(target, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(target)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Errorf("%s (-committed +built):\n%s", rel, diff)
				}
			}
		})
	}
}

// The JSON of an example is compared with the golden beside its vault.
func TestExampleResults(t *testing.T) {
	for _, vault := range exampleVaults(t) {
		fresh, _ := copyVault(t, vault)
		got := buildJSON(t, fresh)
		golden := vault + ".json"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-committed +built):\n%s", golden, diff)
		}
	}
}

func buildJSON(t *testing.T, vault string) string {
	t.Helper()
	status, stdout, stderr := runSynth(t, "build", "--json", vault)
	if status != exitDone {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	return stdout
}

// The numbers of one domain of the example were worked out by hand, step by step, in the file beside it, before the
// program printed them. Its last block holds them for this test, which sends that domain's questionnaire alone.
func TestExampleNumbersAreThoseWorkedOutByHand(t *testing.T) {
	const domain = "correspondance"
	vault := filepath.Join(examples, "suisse")
	text, err := os.ReadFile(vault + ".calcul.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(string(text), "```yaml\n")
	block, _, closed := strings.Cut(block, "```")
	if !ok || !closed {
		t.Fatal("the calculation ends in no yaml block")
	}
	hand, err := strictyaml.Parse([]byte(block), 1, strictyaml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d result.Document
	if err := json.Unmarshal([]byte(buildJSON(t, oneQuestionnaire(t, vault))), &d); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines(hand), strings.Join(numbers(only(d.Clients[0], domain)), "\n")); diff != "" {
		t.Errorf("-by hand +by the program:\n%s", diff)
	}
}

// oneQuestionnaire copies of a vault the first client's note and the one questionnaire that the calculation is about.
func oneQuestionnaire(t *testing.T, vault string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{"Cabinet des Tilleuls.md", "Correspondance_CDT.md"} {
		data, err := os.ReadFile(filepath.Join(vault, "Clients", "Cabinet des Tilleuls", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// only keeps of a client's result what is of one domain, and gives the domain's score for the client's.
func only(c result.Client, domain string) result.Client {
	for _, d := range c.Domains {
		if d.ID == domain {
			c.Score = d.Score
		}
	}
	c.Controls = slices.DeleteFunc(c.Controls, func(x result.Control) bool { return x.Domain != domain })
	own := map[string]bool{}
	for _, x := range c.Controls {
		own[x.ID] = true
	}
	c.Findings = slices.DeleteFunc(c.Findings, func(x result.Finding) bool { return !own[x.ID] })
	c.Risks = slices.DeleteFunc(c.Risks, func(x result.Risk) bool { return x.Domain != domain })
	c.Actions = slices.DeleteFunc(c.Actions, func(x result.Action) bool { return x.Domain != domain })
	return c
}

// lines writes a calculation's block one value a line: the path to it, then the value.
func lines(n *strictyaml.Node) string {
	var out []string
	var visit func(path string, n *strictyaml.Node)
	visit = func(path string, n *strictyaml.Node) {
		switch n.Kind {
		case strictyaml.Mapping:
			for _, e := range n.Entries() {
				visit(path+" "+e.Key.Value, e.Value)
			}
		case strictyaml.Sequence:
			for i, item := range n.Items() {
				visit(path+" "+strconv.Itoa(i+1), item)
			}
		default:
			out = append(out, strings.TrimSpace(path)+" = "+n.Value)
		}
	}
	visit("", n)
	return strings.Join(out, "\n")
}

// numbers writes a client's result in the same form.
func numbers(c result.Client) []string {
	var out []string
	add := func(value string, path ...string) { out = append(out, strings.Join(path, " ")+" = "+value) }
	for _, control := range c.Controls {
		level := map[string]string{"unknown": "unknown", "contradictory": "contradictory", "not_applicable": "na"}[control.State]
		if control.Level != nil {
			level = strconv.Itoa(*control.Level)
		}
		add(level, "controls", control.ID)
	}
	for i, f := range c.Findings {
		at := strconv.Itoa(i + 1)
		add(f.ID, "findings", at, "id")
		add(f.Kind, "findings", at, "kind")
		add(strconv.Itoa(f.Severity), "findings", at, "severity")
	}
	for _, n := range []struct {
		name  string
		value *int
	}{{"proven", c.Score.Proven}, {"possible", c.Score.Possible}, {"coverage", &c.Score.Coverage}, {"cap", c.Score.Cap},
		{"cap_best", c.Score.CapBest}, {"final", c.Score.Final}, {"best", c.Score.Best}} {
		add(strconv.Itoa(*n.value), "score", n.name)
	}
	add(c.Score.Confidence, "score", "confidence")
	for i, id := range c.Score.CappedBy {
		add(id, "score", "capped_by", strconv.Itoa(i+1))
	}
	for i, r := range c.Risks {
		add(r.ID, "risks", strconv.Itoa(i+1), "id")
		add(strconv.Itoa(r.Severity), "risks", strconv.Itoa(i+1), "severity")
	}
	for i, a := range c.Actions {
		at := strconv.Itoa(i + 1)
		add(a.ID, "actions", at, "id")
		add(a.Horizon, "actions", at, "horizon")
		add(strconv.Itoa(a.Rank), "actions", at, "rank")
		add(strconv.Itoa(a.Benefit), "actions", at, "benefit")
		add(*a.Due, "actions", at, "due")
	}
	for i, q := range c.Questions {
		at := strconv.Itoa(i + 1)
		add(q.Question, "questions", at, "question")
		add(q.Reason, "questions", at, "reason")
		add(strconv.Itoa(q.Swing), "questions", at, "swing")
	}
	return out
}
