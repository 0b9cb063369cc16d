package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/compose"
	"github.com/synth-vault/synth/internal/render"
)

func TestPage(t *testing.T) {
	const long, short = "un\ndeux\ntrois\n", "un\n"
	tests := []struct {
		name, pager, text string
		terminal, never   bool
		want              string
	}{
		{"longer than the screen", "tr a-z A-Z", long, true, false, "UN\nDEUX\nTROIS\n"},
		{"short", "tr a-z A-Z", short, true, false, short},
		{"a pipe", "tr a-z A-Z", long, false, false, long},
		{"not wanted", "tr a-z A-Z", long, true, true, long},
		{"cat", "cat", long, true, false, long},
		{"no shell reads it", "no-such-pager; echo x", long, true, false, long},
		{"left early", "true", long, true, false, ""},
	}
	for _, test := range tests {
		var out, errs bytes.Buffer
		a := &app{out: &out, err: &errs, terminal: test.terminal, height: 3, env: environment(map[string]string{"PAGER": test.pager})}
		if err := a.page(test.text, test.never); err != nil || out.String() != test.want || errs.Len() > 0 {
			t.Errorf("%s: %q, want %q (error %v, %q)", test.name, out.String(), test.want, err, errs.String())
		}
	}
}

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestShowDrawing(t *testing.T) {
	tests := []struct {
		name     string
		options  showOptions
		terminal bool
		env      map[string]string
		style    render.Style
		links    bool
		width    int
	}{
		{"a pipe", showOptions{}, false, nil, render.Plain, false, 100},
		{"a terminal", showOptions{}, true, nil, render.Dark, true, 90},
		{"a light one", showOptions{}, true, map[string]string{"COLORFGBG": "0;15"}, render.Light, true, 90},
		{"a dark one", showOptions{}, true, map[string]string{"COLORFGBG": "15;default;0"}, render.Dark, true, 90},
		{"light wanted", showOptions{style: "light", width: 60}, true, nil, render.Light, true, 60},
		{"dark wanted", showOptions{style: "dark"}, true, map[string]string{"COLORFGBG": "0;15"}, render.Dark, true, 90},
		{"no colour", showOptions{}, true, map[string]string{"NO_COLOR": "1"}, render.Plain, true, 90},
		{"no colour, said otherwise", showOptions{}, true, map[string]string{"CLICOLOR": "0"}, render.Plain, true, 90},
		{"never", showOptions{color: "never", links: "never"}, true, nil, render.Plain, false, 90},
		{"always", showOptions{color: "always", links: "always"}, false, map[string]string{"NO_COLOR": "1"}, render.Dark, true, 100},
		{"a dumb terminal", showOptions{}, true, map[string]string{"TERM": "dumb"}, render.Plain, false, 90},
		{"a console", showOptions{}, true, map[string]string{"TERM": "linux"}, render.Dark, false, 90},
	}
	for _, test := range tests {
		o := test.options
		o.app = &app{terminal: test.terminal, width: 90, env: environment(test.env)}
		for _, flag := range []*string{&o.color, &o.style, &o.links} {
			if *flag == "" {
				*flag = "auto"
			}
		}
		got, err := o.drawing()
		if err != nil || got.Style != test.style || got.Links != test.links || got.Width != test.width {
			t.Errorf("%s: %s, links %t, %d columns, error %v", test.name, got.Style, got.Links, got.Width, err)
		}
	}
}

func TestShowHasItsPhrases(t *testing.T) {
	say, problem, err := compose.Phrases(catalog.Shipped(), "fr", "show")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{"cut": "", "head": "", "as_written": "", "deep": "Note", "cycle": "Note", "missing": "Note", "image": "a.png", "file": "a.pdf"}
	for phrase, about := range tests {
		if got := say(phrase, about); !strings.Contains(got, about) || len(got) < 8 {
			t.Errorf("%s of %q is %q", phrase, about, got)
		}
	}
	if one, several := say("folded", 1), say("folded", 2); one != "… 1 ligne repliée (--unfold pour lire)" || several != "… 2 lignes repliées (--unfold pour lire)" {
		t.Errorf("folded: %q, %q", one, several)
	}
	if err := problem(); err != nil {
		t.Error(err)
	}
	if say("unheard", ""); problem() == nil {
		t.Error("a phrase that is missing is no problem")
	}
}
