package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/vault"
)

// An action that the model has lost is told: where it stands as generated, and where a person's own text holds it.
func TestUnknownActions(t *testing.T) {
	note := string(vault.Draft{
		Properties: []vault.Property{{Name: "synth_seal", Values: []vault.Value{{Text: "answers:1"}}}},
		Regions: []vault.Region{
			{ID: "court", Text: "- [ ] Chiffrer ^act-known\n- [x] Faxer ^act-fax"},
			{ID: "fait", Text: "- [x] Copier ^act-copy"},
		},
	}.Bytes())
	note = strings.Replace(note, "Copier", "Tout copier", 1) + "\n- [ ] À moi ^act-mine\n- [ ] À moi ^active\n"
	files := map[string]string{"Route.md": note, "Mine.md": "- [ ] x ^act-elsewhere\n"}
	want := []string{
		`9:13: the model has no action ^act-fax (action_unknown) run synth build, which takes it out`,
		`15:19: the model has no action ^act-copy, and the line is in a text of yours (action_unknown) take ^act-copy away to keep the line as your own, or the whole line: nothing reads its tick any more`,
		`21:13: the model has no action ^act-mine, and the line is in a text of yours (action_unknown) take ^act-mine away to keep the line as your own, or the whole line: nothing reads its tick any more`,
	}
	only := func(actions []string) []string {
		found := lookAt(t, files, func(in *Input) { in.Actions = actions })
		var out []vault.Problem
		for _, p := range found {
			if p.Code == "action_unknown" {
				out = append(out, p)
			}
		}
		return hints(out)
	}
	if diff := cmp.Diff(want, only([]string{"act-known"})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := only(nil); got != nil {
		t.Errorf("without a model: %v", got)
	}
}

// A sync service's copies are told whatever they are copies of.
func TestConflictCopies(t *testing.T) {
	files := map[string]string{
		"Plan (Conflicted copy phone 202601021530).png":          "",
		"Karte.sync-conflict-20260102-153000-ABCDEFG.canvas":     "",
		"Note (Conflicted copy phone 202601021530).md":           "",
		"Scan (Anne's conflicted copy 2026-01-02).PDF":           "",
		"A talk about conflicts.pdf":                             "",
		".obsidian/app.sync-conflict-20260102-153000-ABCDE.json": "",
	}
	var got []string
	for _, p := range lookAt(t, files, func(in *Input) { in.Told = in.Vault.Problems() }) {
		got = append(got, p.Path+" "+p.Code)
	}
	want := []string{
		"Karte.sync-conflict-20260102-153000-ABCDEFG.canvas conflict_copy",
		"Note (Conflicted copy phone 202601021530).md conflict_copy",
		"Plan (Conflicted copy phone 202601021530).png conflict_copy",
		"Scan (Anne's conflicted copy 2026-01-02).PDF conflict_copy",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A level that the vault's owner has chosen is a finding's, whatever the rule and the teller say.
func TestLevels(t *testing.T) {
	files := map[string]string{"a.md": "[[Nowhere]] [[#Gone]]\n"}
	found := lookAt(t, files, func(in *Input) {
		in.Levels = map[string]vault.Severity{"link_broken": vault.Error, "head_nested": vault.Warning}
		in.Told = []vault.Problem{{Path: "b.md", Code: "head_nested", Severity: vault.Error, Message: "stops a client"}}
	})
	var got []string
	for _, p := range found {
		got = append(got, p.Code+" "+string(p.Severity))
	}
	if diff := cmp.Diff([]string{"link_broken error", "link_heading_broken warning", "head_nested warning"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
