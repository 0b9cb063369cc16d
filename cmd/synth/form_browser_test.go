package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/synth-vault/synth/internal/assess"
	"github.com/synth-vault/synth/internal/catalog"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
)

// answering is a server that shows a form and keeps what is posted.
type answering struct {
	*httptest.Server
	page   []byte
	posted chan url.Values
}

// serveForm serves a questionnaire's form as synth prints it.
func serveForm(t *testing.T, args ...string) *answering {
	t.Helper()
	s := &answering{posted: make(chan url.Values, 10)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.Method == http.MethodPost && r.URL.Path == "/f/abcdefgh":
			if err := r.ParseForm(); err != nil {
				t.Error(err)
			}
			s.posted <- r.PostForm
			fmt.Fprint(w, "<!doctype html><title>Merci</title><h1>Merci</h1>")
		case r.Method == http.MethodGet && r.URL.Path == "/":
			_, _ = w.Write(s.page)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	s.page = []byte(printed(t, append([]string{"form", "--endpoint", s.URL + "/f/abcdefgh"}, args...)...))
	return s
}

// printed runs a command line that must succeed and gives what it prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	status, stdout, stderr := runSynth(t, args...)
	if status != exitDone {
		t.Fatalf("synth %s: exit status %d\n%s", strings.Join(args, " "), status, stderr)
	}
	return stdout
}

// tabStop is where the focus stands.
type tabStop struct {
	ID, Tag, Type, Name string
	Ring                int // the width of what marks the focus, in pixels
	Top                 int
}

// focused tells where the focus stands.
const focused = `(() => { const e = document.activeElement, s = getComputedStyle(e); return {ID: e.id, Tag: e.localName,
	Type: e.type || "", Name: e.name || e.textContent.trim(), Ring: s.outlineStyle == "none" ? 0 : Math.round(parseFloat(s.outlineWidth)),
	Top: Math.round(e.getBoundingClientRect().top + scrollY)} })()`

// tabThrough goes through the page by the tab key, from its top to its submit button, and does at each stop what the stop asks.
func tabThrough(c *chromium, at func(tabStop)) {
	c.t.Helper()
	for range 1000 {
		c.press(keyTab)
		var s tabStop
		c.eval(focused, &s)
		if at(s); s.Type == "submit" {
			return
		}
	}
	c.t.Fatal("the tab key never reaches the button")
}

// The form as somebody without a mouse fills it in: everything is reached by the tab key in the order in which it
// stands, what was answered arrives, and synth reads it as the answers that were given.
func TestFormByKeyboard(t *testing.T) {
	c := startChromium(t)
	s := serveForm(t, "acces_it", "--client", "cdt")
	c.visit(s.URL)

	// Nothing is sent before the one field that must be filled in is: the browser leads there and says why.
	var missing []string
	c.eval(`document.querySelector("form").requestSubmit()`, nil)
	c.eval(`[document.activeElement.id, document.activeElement.validationMessage == "" ? "silent" : "told"]`, &missing)
	if diff := cmp.Diff([]string{"respondant", "told"}, missing); diff != "" {
		t.Error(diff)
	}
	if len(s.posted) > 0 {
		t.Error("a form without the respondent is sent")
	}
	c.visit(s.URL)

	written := map[string]string{"respondant": "Secrétariat", "q-nb_personnes": "6", "q-admin_detenteur": "Prestataire",
		"remarque-sessions": "Sauf à l’accueil :\n- [x] une seule", "remarques": "<script>alert(1)</script> [[x]]"}
	ticked := []string{"q-mots_de_passe-longs", "q-mots_de_passe-notes", "q-mfa-nsp"}
	tabThrough(c, func(at tabStop) {
		switch {
		case at.Ring < 2:
			t.Errorf("nothing marks the focus on %s", at.ID)
		case written[at.ID] != "":
			c.write(written[at.ID])
		case slices.Contains(ticked, at.ID):
			c.press(keySpace)
		case at.ID == "q-sessions-individuelles": // the third option of a group whose first has the focus
			c.press(keyDown)
			c.press(keyDown)
		case at.ID == "q-verrouillage-max_5":
			c.press(keySpace)
		case at.Name == "Ajouter une remarque à la question 3":
			c.press(keyEnter)
		}
	})
	var fit bool
	if c.eval(`document.querySelector("form").checkValidity()`, &fit); !fit {
		t.Fatal("the browser does not let the form go")
	}
	c.press(keyEnter)
	got := <-s.posted
	version := got.Get("form_version")
	if len(version) != 16 {
		t.Errorf("the form's version is %q", version)
	}
	filled := url.Values{}
	for name, values := range got {
		if slices.ContainsFunc(values, func(v string) bool { return v != "" }) && name != "form_version" {
			filled[name] = values
		}
	}
	want := url.Values{"form_id": {"acces_it_cdt"}, "_language": {"fr"}, "respondant": {"Secrétariat"}, "nb_personnes": {"6"},
		"sessions": {"partagee"}, "sessions_remarque": {"Sauf à l’accueil :\r\n- [x] une seule"}, "verrouillage": {"max_5"},
		"admin_detenteur": {"Prestataire"}, "mots_de_passe": {"longs", "notes"}, "mfa": {"nsp"}, "remarques": {"<script>alert(1)</script> [[x]]"}}
	if diff := cmp.Diff(want, filled); diff != "" {
		t.Error(diff)
	}
	if len(c.refused) > 0 {
		t.Error(c.refused)
	}
	importPosted(t, got)
}

// importPosted takes what a form posted into a vault, as Formspree delivers it, and checks that the answers are those
// that were given.
func importPosted(t *testing.T, posted url.Values) {
	t.Helper()
	submission := map[string]any{"_date": "2025-09-05T10:00:00+00:00"}
	for name, values := range posted {
		submission[name] = values
		if len(values) == 1 {
			submission[name] = values[0]
		}
	}
	data, err := json.Marshal(map[string]any{"form": "abcdefgh", "submission": submission})
	fatalIf(t, err)
	dir := t.TempDir()
	file := filepath.Join(dir, "submission.json")
	fatalIf(t, os.WriteFile(file, data, 0o600))
	place := filepath.Join(dir, "vault")
	fatalIf(t, os.Mkdir(place, 0o700))
	printed(t, "intake", file, "--vault", place)
	v, err := vault.Open(place, vault.Options{})
	fatalIf(t, err)
	model, problems := assess.Load(catalog.Shipped(), "fr")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	engagements, problems := model.Set.Read(v)
	if len(problems) > 0 || len(engagements) != 1 || engagements[0].Client.Code != "cdt" {
		t.Fatal(engagements, problems)
	}
	latest := engagements[0].Latest("acces_it")
	if respondent := vault.Raw(latest.First().Respondent); respondent != "Secrétariat" {
		t.Errorf("the respondent is %q", respondent)
	}
	var remarks []string
	for _, r := range latest.Remarks() {
		remarks = append(remarks, r.Ref.Question+": "+vault.Raw(r.Text))
	}
	if diff := cmp.Diff([]string{"sessions: Sauf à l’accueil :\n- [x] une seule", ": <script>alert(1)</script> [[x]]"}, remarks); diff != "" {
		t.Error(diff)
	}
	for question, want := range map[string]string{"nb_personnes": "6 []", "sessions": "0 [partagee]", "verrouillage": "0 [max_5]",
		"mots_de_passe": "0 [longs notes]", "mfa": "0 []", "nb_postes": "0 []"} {
		a := latest.Answer(questionnaire.Ref{Questionnaire: "acces_it", Question: question})
		if got := fmt.Sprint(a.Number, " ", a.Options); got != want {
			t.Errorf("%s is answered %s, not %s", question, got, want)
		}
	}
	if a := latest.Answer(questionnaire.Ref{Questionnaire: "acces_it", Question: "mfa"}); !a.Asked {
		t.Error("that the answer is not known is lost")
	}
	printed(t, "build", place)
}

// A date arrives as notes write it, whatever the order in which the browser asks for its parts, and a number outside its
// range does not leave.
func TestFormDatesAndNumbers(t *testing.T) {
	c := startChromium(t)
	s := serveForm(t, "facturation")
	c.visit(s.URL)
	var kept bool
	c.eval(`(() => { const e = document.querySelector("[type=number]"); e.value = e.min - 1; const kept = !e.checkValidity(); e.value = ""; return kept })()`, &kept)
	if !kept {
		t.Error("a number below its range would be sent")
	}
	typed := false
	tabThrough(c, func(at tabStop) {
		switch {
		case at.ID == "respondant":
			c.write("Accueil")
		case at.Type == "date" && !typed:
			typed = true
			for _, digit := range "05052025" {
				c.press(keystroke{Key: string(digit), Code: "Digit" + string(digit), VK: int(digit), Text: string(digit)})
			}
		}
	})
	c.press(keyEnter)
	got := <-s.posted
	if diff := cmp.Diff([]string{"2025-05-05", "facturation"}, []string{got.Get("date_revue"), got.Get("form_id")}); diff != "" {
		t.Error(diff)
	}
	if _, sent := got["client"]; sent {
		t.Error("a form of no client names one")
	}
}

// The tab key stops at everything that can be operated and at nothing else, in the order of the document, which is
// that of the page.
func TestFormFocusOrder(t *testing.T) {
	c := startChromium(t)
	c.visit(serveForm(t, "facturation").URL)
	var want []string
	c.eval(`(() => { const seen = new Set(); return [...document.querySelectorAll("input, textarea, select, button, summary, a[href]")].filter(e => {
		if (e.type == "hidden" || e.tabIndex < 0 || !e.checkVisibility()) return false;
		if (e.type != "radio") return true;
		const first = !seen.has(e.name); seen.add(e.name); return first }).map(e => e.id || e.textContent.trim()) })()`, &want)
	var got []string
	top := 0
	tabThrough(c, func(s tabStop) {
		name := s.ID
		if name == "" {
			name = s.Name
		}
		if got = append(got, name); len(got) > 1 && got[len(got)-2] == name && s.Type == "date" {
			got = got[:len(got)-1] // a date has a stop for each of its parts
		}
		if s.Top < top {
			t.Errorf("the focus goes back up to %s", name)
		}
		top = s.Top
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if slices.Contains(got, "leurre") {
		t.Error("the trap for machines is in the way of people")
	}
}

// Whoever does not see the page hears what each control and each group of controls is for.
func TestFormAccessibilityTree(t *testing.T) {
	c := startChromium(t)
	s := serveForm(t, "acces_it")
	c.visit(s.URL)
	c.eval(`document.querySelectorAll("details").forEach(e => e.open = true)`, nil)
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name struct{ Value string }
		}
	}
	c.call("Accessibility.getFullAXTree", nil, &tree)
	named := []string{"textbox", "spinbutton", "checkbox", "radio", "button", "group", "DisclosureTriangle", "RootWebArea", "heading", "region"}
	count, names := map[string]int{}, map[string]bool{}
	for _, n := range tree.Nodes {
		role, name := n.Role.Value, strings.TrimSpace(n.Name.Value)
		if role == "group" && name == "" {
			role = "details" // has none: its summary says what it is
		}
		if count[role]++; n.Ignored || !slices.Contains(named, role) {
			continue
		}
		if name == "" {
			t.Errorf("a %s has no name", role)
		}
		if twice := role + name; slices.Contains([]string{"textbox", "spinbutton", "group", "DisclosureTriangle"}, role) {
			if names[twice] {
				t.Errorf("two of %s are called %q", role, name)
			}
			names[twice] = true
		}
		if strings.Contains(name, "Ne remplissez pas") {
			t.Error("the trap for machines is read out")
		}
	}
	var shown map[string]int
	c.eval(`Object.fromEntries(Object.entries({radio: "[type=radio]", checkbox: "[type=checkbox]", spinbutton: "[type=number]",
		textbox: "[type=text]:not([tabindex]), textarea", button: "button", DisclosureTriangle: "summary", details: "details", group: "fieldset"}).map(([k, v]) => [k, document.querySelectorAll(v).length]))`, &shown)
	for role, n := range shown {
		if count[role] != n {
			t.Errorf("%d of %s on the page, %d in the accessibility tree", n, role, count[role])
		}
	}
	if count["heading"] != 5 || count["main"] != 1 || count["region"] != 3 {
		t.Errorf("the page's structure is %v", count)
	}
	var page struct {
		Lang, Title    string
		Headings       int
		Twice          int // ids
		Described      int // controls and groups that refer to a text that is not there
		Groups, Choice int
	}
	c.eval(`({Lang: document.documentElement.lang, Title: document.title, Headings: document.querySelectorAll("h1").length,
		Twice: document.querySelectorAll("[id]").length - new Set([...document.querySelectorAll("[id]")].map(e => e.id)).size,
		Described: [...document.querySelectorAll("[aria-describedby]")].flatMap(e => e.getAttribute("aria-describedby").trim().split(/\s+/)).filter(id => !document.getElementById(id)).length,
		Groups: document.querySelectorAll("fieldset > legend:first-child").length, Choice: new Set([...document.querySelectorAll("[type=radio], [type=checkbox]")].map(e => e.name)).size})`, &page)
	if page.Lang != "fr" || page.Title != "Accès informatique et sécurité" || page.Headings != 1 || page.Twice != 0 || page.Described != 0 || page.Groups != page.Choice {
		t.Errorf("%+v", page)
	}
}

// contrasts lists the texts and the borders of fields that stand out too little, by the formula of WCAG.
const contrasts = `(() => {
	const parse = c => c.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const ratio = (a, b) => { const [x, y] = [light(parse(a)), light(parse(b))]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05) };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parse(c)[3] !== 0) return c } return "rgb(255, 255, 255)" };
	const weak = [];
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let seen = 0;
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest(".ecart")) continue;
		seen++;
		const r = ratio(getComputedStyle(e).color, behind(e));
		if (r < 4.5) weak.push(r.toFixed(2) + " " + texts.currentNode.data.trim());
	}
	for (const e of document.querySelectorAll("[type=text], [type=number], [type=date], textarea")) {
		const r = ratio(getComputedStyle(e).borderTopColor, behind(e.parentElement));
		if (r < 3) weak.push(r.toFixed(2) + " border of " + e.id);
	}
	return seen < 50 ? ["only " + seen + " texts seen"] : weak })()`

// cramped lists what is too small to be hit, or leads out of the window's width.
const cramped = `[...document.querySelectorAll("input:not([type=hidden]), textarea, button, summary, label, legend, p, h1")].filter(e => !e.closest(".ecart") && e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
	.filter(([e, r]) => r.right > innerWidth || r.left < 0 || e.matches("input, textarea, button, summary") && (r.width < 24 || r.height < 24)).map(([e, r]) => (e.id || e.textContent) + " " + r.width + "×" + r.height)`

// The page can be read and hit: in daylight and in the dark, on a desk and on the narrowest telephone.
func TestFormLooks(t *testing.T) {
	c := startChromium(t)
	c.visit(serveForm(t, "organisation_fichiers", "--client", "cdt").URL)
	var width string
	if c.eval(`getComputedStyle(document.querySelector("main")).maxWidth`, &width); width != "736px" {
		t.Fatalf("the page's own style does not reach it: main is %s wide", width)
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 1280} {
			c.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
			c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false}, nil)
			c.eval(`document.querySelectorAll("details").forEach(e => e.open = true)`, nil)
			var weak, small []string
			c.eval(contrasts, &weak)
			c.eval(cramped, &small)
			var scroll int
			c.eval(`document.documentElement.scrollWidth`, &scroll)
			if len(weak) > 0 || len(small) > 0 || scroll > width {
				t.Errorf("%s, %d px wide: too weak %v, too small %v, scrolls to %d", scheme, width, weak, small, scroll)
			}
		}
	}
}
