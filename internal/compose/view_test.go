package compose

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"text/template"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// canaries hands out texts that no catalogue holds, each with the bytes that must never be written.
type canaries struct{ all []string }

// token is the part of every canary that no sanitising takes away.
const token = "canari"

func (c *canaries) next(format string) string {
	c.all = append(c.all, fmt.Sprintf(format, fmt.Sprintf("%s%03d", token, len(c.all))))
	return c.all[len(c.all)-1]
}

// Every text that comes from outside reaches the templates as vault.Untrusted or vault.Name, or not at all. A name that
// fits may stand in a sentence, escaped, and in a property; a client's title in the names of his notes, plain words only.
func TestTemplatesReachNoTextFromOutside(t *testing.T) {
	model, composer := loadModel(t, content(t))
	var c canaries
	title := c.next("<b>%s</b>")
	names := map[string]bool{}
	files := notes{"Cabinet.md": client("cdt", "title: "+title, "consultant: "+c.next("{{%s}}"), "country: CH", "as_of: 2026-02-01")}
	for i, q := range model.Set.Questionnaires {
		fits := i%2 == 1
		sheet := worst(q, func(question *questionnaire.Question) vault.Untrusted {
			if question.Type == questionnaire.Named && fits {
				name := c.next("Dr. %s-Nom")
				names[name] = true
				return vault.Received(name)
			}
			return vault.Received(c.next("<%% %s %%>"))
		})
		for _, a := range sheet.Answers {
			sheet.Remarks = append(sheet.Remarks, questionnaire.Remark{Ref: a.Ref, Text: vault.Received(c.next("[[%s]]"))})
		}
		sheet.Remarks = append(sheet.Remarks, questionnaire.Remark{Text: vault.Received(c.next("`= %s`"))})
		body := strings.Replace(sent(model.Set, "cdt", sheet, "respondant: "+c.next("<%s>"), "consultant: "+c.next("[%s](x)"),
			"source: "+c.next("$%s$")), "### ", "### "+c.next("$$%s$$")+" ", 1)
		files[q.ID+".md"] = body + "\n## " + c.next("<%% %s %%>") + "\n\nÀ moi.\n"
		files[q.ID+" 2025.md"] = strings.ReplaceAll(body, "date_reception: \"2026", "date_reception: \"2025")
	}
	var seen []reached
	for kind, l := range composer.layouts {
		l.body = template.Must(template.New("").Funcs(template.FuncMap{"capture": func(view any) string {
			seen = append(seen, reach(kind, reflect.ValueOf(view))...)
			return ""
		}}).Parse(capturing(l.regions)))
	}
	built := stage(t, model, composer, files)
	allowed := []string{vault.FileName(fileWords(vault.Received(title)))} // in the names of the client's notes, which links hold
	for name := range names {
		allowed = append(allowed, vault.Received(name).String())
	}
	for _, d := range built.drafts {
		for _, p := range d.Properties {
			seen = append(seen, reach(d.Path+" "+p.Name, reflect.ValueOf(p))...)
		}
	}
	remarks, quoted, told := 0, 0, map[string]bool{}
	for _, r := range seen {
		if r.opaque {
			remarks += strings.Count(r.text, token)
			continue
		}
		if without(r.text, allowed[1:]) != r.text {
			quoted++
		}
		if strings.Contains(without(r.text, allowed), token) && !told[r.path] {
			told[r.path] = true
			t.Errorf("%s is a %s that shows %q", r.path, r.typ, r.text)
		}
	}
	if remarks == 0 || quoted == 0 {
		t.Errorf("the templates reach %d remarks and %d names: this test sees nothing", remarks, quoted)
	}
}

// without takes words out of a text.
func without(text string, words []string) string {
	for _, w := range words {
		text = strings.ReplaceAll(text, w, "")
	}
	return text
}

// capturing is a layout's body whose every region gives its view away.
func capturing(regions []string) string {
	var b strings.Builder
	for _, region := range regions {
		fmt.Fprintf(&b, "{{define %q}}{{capture .}}{{end}}", region)
	}
	return b.String()
}

// reached is a text that a template can get hold of.
type reached struct {
	path, typ, text string
	opaque          bool // a vault.Untrusted or a vault.Name, which shows itself escaped
}

// maxReach is how many fields, elements and results deep a template is tried.
const maxReach = 12

// unknowable is the text of what a template may get hold of and no test can foresee: the results of functions, of
// methods with arguments, and what comes out of a channel.
const unknowable = token + " that cannot be foreseen"

// reach lists every text that a template can get from a value: exported fields, entries of maps, elements, and what
// exported methods without arguments give; and what is in the other fields, which are printed with the value that they
// are part of, whatever their type's own way to print.
func reach(path string, v reflect.Value) []reached {
	return (&walker{seen: map[uintptr]bool{}}).walk(path, v, maxReach)
}

type walker struct{ seen map[uintptr]bool }

func (w *walker) walk(path string, v reflect.Value, depth int) []reached {
	if !v.IsValid() || depth == 0 {
		return nil
	}
	if v.CanInterface() {
		switch text := v.Interface().(type) {
		case vault.Untrusted:
			return []reached{{path, v.Type().String(), vault.Raw(text), true}}
		case vault.Name:
			return []reached{{path, v.Type().String(), vault.PlainName(text), true}}
		}
	}
	out := w.results(path, v, depth)
	switch v.Kind() {
	case reflect.String:
		return append(out, reached{path, v.Type().String(), v.String(), false})
	case reflect.Pointer:
		if v.IsNil() || w.seen[v.Pointer()] {
			return out
		}
		w.seen[v.Pointer()] = true
		return append(out, w.walk(path, v.Elem(), depth-1)...)
	case reflect.Interface:
		return append(out, w.walk(path, v.Elem(), depth-1)...)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return append(out, reached{path, v.Type().String(), fmt.Sprintf("%s", v), false})
		}
		for i := range v.Len() {
			out = append(out, w.walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i), depth-1)...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			out = append(out, w.walk(path+" key", key, depth-1)...)
			out = append(out, w.walk(fmt.Sprintf("%s[%v]", path, key), v.MapIndex(key), depth-1)...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// The fields of an embedded struct are the outer one's, even if its type is not exported.
			f := v.Type().Field(i)
			if f.IsExported() || f.Anonymous {
				out = append(out, w.walk(path+"."+f.Name, v.Field(i), depth-1)...)
			}
			if !f.IsExported() {
				out = append(out, printed(path+"."+f.Name, v.Field(i), depth-1)...)
			}
		}
	case reflect.Func, reflect.Chan:
		if !v.IsNil() {
			out = append(out, reached{path, v.Type().String(), unknowable, false})
		}
	}
	return out
}

// printed lists the texts that fmt shows of a field that is not exported. It looks behind no pointer, and asks no type
// how it wants to be printed.
func printed(path string, v reflect.Value, depth int) []reached {
	if depth == 0 {
		return nil
	}
	var out []reached
	switch v.Kind() {
	case reflect.String:
		return []reached{{path, v.Type().String(), v.String(), false}}
	case reflect.Interface:
		return printed(path, v.Elem(), depth-1)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, printed(fmt.Sprintf("%s[%d]", path, i), v.Index(i), depth-1)...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			out = append(out, printed(path+" key", key, depth-1)...)
			out = append(out, printed(path+" value", v.MapIndex(key), depth-1)...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, printed(path+"."+v.Type().Field(i).Name, v.Field(i), depth-1)...)
		}
	}
	return out
}

// results walks what the exported methods of a value give.
func (w *walker) results(path string, v reflect.Value, depth int) []reached {
	if v.CanAddr() {
		v = v.Addr()
	}
	if !v.CanInterface() || v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	var out []reached
	for i := range v.NumMethod() {
		m := v.Method(i)
		name := path + "." + v.Type().Method(i).Name + "()"
		if m.Type().NumOut() == 0 {
			continue
		}
		if m.Type().NumIn() != 0 {
			out = append(out, reached{name, m.Type().String(), unknowable, false})
			continue
		}
		for _, result := range m.Call(nil) {
			out = append(out, w.walk(name, result, depth-1)...)
		}
	}
	return out
}

// leaky has a text in every place that a template can look into.
type leaky struct {
	Plain   string
	Written Markdown
	List    []any
	Map     map[string]*leaky
	Bytes   []byte
	Opaque  vault.Untrusted
	Func    func() string
	Channel chan string
	hidden  string
	within  []any
	embedded
}

type embedded struct{ Deep string }

func (leaky) Result() (string, error)  { return token + "result", nil }
func (*leaky) ByPointer() Markdown     { return token + "pointer" }
func (leaky) WithArgument(string) bool { return true }

// The test above sees what it has to see.
func TestReachFindsEveryText(t *testing.T) {
	view := &leaky{Plain: token + "plain", Written: token + "markdown", List: []any{1, token + "element"}, Bytes: []byte(token + "bytes"),
		Map: map[string]*leaky{token + "key": {Plain: token + "value"}}, Opaque: vault.Received(token + "opaque"),
		Func: func() string { return "" }, Channel: make(chan string),
		hidden: token + "hidden", within: []any{vault.Received(token + "printed")}, embedded: embedded{token + "embedded"}}
	got, unforeseen := map[string]bool{}, map[string]bool{}
	for _, r := range reach("view", reflect.ValueOf(view)) {
		unforeseen[r.path] = unforeseen[r.path] || r.text == unknowable
		if text, ok := strings.CutPrefix(r.text, token); ok {
			got[text] = r.opaque
		}
	}
	for _, want := range []string{"plain", "markdown", "element", "bytes", "key", "value", "embedded", "result", "pointer", "hidden", "printed"} {
		if opaque, ok := got[want]; !ok || opaque {
			t.Errorf("the text %q is not found", want)
		}
	}
	if !got["opaque"] {
		t.Error("the untrusted text is not told from the others")
	}
	for _, want := range []string{"view.WithArgument()", "view.Func", "view.Channel"} {
		if !unforeseen[want] {
			t.Errorf("%s may give anything, and is not found", want)
		}
	}
	// The templates' own way to print a value is what the test follows.
	var page strings.Builder
	if err := template.Must(template.New("").Parse("{{.}}")).Execute(&page, view); err != nil || !strings.Contains(page.String(), token+"printed") {
		t.Errorf("printed: %s, error %v", page.String(), err)
	}
}
