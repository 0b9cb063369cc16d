package compose

import (
	"io/fs"
	"path"
	"strings"
	"text/template"
)

// Plain fills in the template of a screen that says nothing of reports, such as what was undone: it needs no model and
// is no part of the notes' seal. The view may hold no text from outside but as vault.Untrusted.
func Plain(fsys fs.FS, lang, name string, view any) (string, error) {
	text, err := fs.ReadFile(fsys, path.Join(lang, "templates", "screen_"+name+".md"))
	if err != nil {
		return "", err
	}
	t, err := template.New(name).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, view)
	return b.String(), err
}

// Phrases reads a screen's template that holds phrases by their names instead of a whole screen, and gives the function
// that fills one in. Its first problem, a phrase that is missing among them, is kept for the end.
func Phrases(fsys fs.FS, lang, name string) (say func(phrase string, about any) string, problem func() error, err error) {
	text, err := fs.ReadFile(fsys, path.Join(lang, "templates", "screen_"+name+".md"))
	if err != nil {
		return nil, nil, err
	}
	t, err := template.New(name).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, nil, err
	}
	var first error
	say = func(phrase string, about any) string {
		var b strings.Builder
		if err := t.ExecuteTemplate(&b, phrase, about); err != nil && first == nil {
			first = err
		}
		return b.String()
	}
	return say, func() error { return first }, nil
}
