package questionnaire

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// Read finds the clients and the questionnaires of a vault. It gives the engagements by code, and every problem with
// its place. A client with an error among the problems of his notes is left out: what would be written of him would
// not be what he answered. Clients without any questionnaire are given too.
func (s *Set) Read(v *vault.Vault) ([]*Engagement, []vault.Problem) {
	in := collector{set: s, vault: v, clients: map[string]*Client{}, sheets: map[string][]*Sheet{}, waiting: map[string][]*Sheet{}, broken: map[string]bool{}}
	var notes []*vault.Note
	for _, n := range ours(v.Notes()) {
		switch in.category(n) {
		case categoryClient:
			in.client(n)
		case categoryQuestionnaire:
			notes = append(notes, n)
		}
	}
	in.onlyCode = in.only(notes)
	for _, one := range in.readAll(notes) {
		in.sheet(one)
	}
	for _, n := range in.unread {
		in.broken[in.owner(n)] = true
	}
	engagements := in.engagements()
	vault.SortProblems(in.problems)
	return engagements, in.problems
}

// collector gathers what the notes of a vault say of clients.
type collector struct {
	set      *Set
	vault    *vault.Vault
	clients  map[string]*Client  // by code, by path where the note gives none
	sheets   map[string][]*Sheet // by client
	waiting  map[string][]*Sheet // by client, those that nobody has begun to answer
	unread   []*vault.Note       // notes of ours whose head cannot be read
	broken   map[string]bool     // clients that cannot be assessed from what their notes say
	onlyCode string              // the vault's only client, empty where there is none or more than one
	problems []vault.Problem
}

// only gives the one code that a vault's notes name, the clients' and the questionnaires'.
func (in *collector) only(notes []*vault.Note) string {
	codes := map[string]bool{}
	for code := range in.clients {
		codes[code] = true
	}
	for _, n := range notes {
		named := text(n, "client")
		if named == "" {
			if _, named = in.set.FromFormID(text(n, "form_id")); numberPattern.MatchString(named) {
				continue
			}
		}
		if code, ok := FoldCode(named); ok {
			codes[code] = true
		}
	}
	if len(codes) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(codes))[0]
}

// templateKeys are the properties by which a note of ours is known: a placeholder in one makes it a template. In any
// other it may be an answer's.
var templateKeys = []string{"code", "form_id", "client", "questionnaire", "date_reception"}

// isTemplate reports whether a note only becomes a client's or a questionnaire's once somebody fills it in.
func isTemplate(n *vault.Note) bool {
	if !n.IsTemplate() {
		return false
	}
	_, err := n.Properties()
	return slices.ContainsFunc(templateKeys, func(name string) bool {
		value := text(n, name)
		if err != nil {
			value, _ = meantProperty(n.Head(), name)
		}
		return strings.Contains(value, "{{") || strings.Contains(value, "<%")
	})
}

// category gives a note's category. A head that cannot be read is a problem where it claims to be one of ours: the
// vault's other notes are none of synth's business.
func (in *collector) category(n *vault.Note) string {
	if p, ok := n.Property("category"); ok {
		if isTemplate(n) {
			return ""
		}
		return p.Text()
	}
	if claims(meantHead(n)) && !isTemplate(n) {
		if _, err := n.Properties(); err != nil {
			in.add(n, err)
			in.unread = append(in.unread, n)
		}
	}
	return ""
}

// meantHead is a note's head; where it is never closed, what stands up to the first blank line.
func meantHead(n *vault.Note) []byte {
	if n.Head() != nil {
		return n.Head()
	}
	if _, err := n.Properties(); err == nil {
		return nil // there is none
	}
	data, err := n.Bytes()
	if err != nil {
		return nil
	}
	size := 0
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		size += len(line)
	}
	return data[:size]
}

// add keeps the problems of a note's head.
func (in *collector) add(n *vault.Note, err error) {
	if head, ok := err.(*vault.HeadError); ok {
		in.problems = append(in.problems, head.Problems...)
		return
	}
	in.problems = append(in.problems, asProblem(n.Path(), err))
}

// claims reports whether a head that is no YAML means to be a client's or a questionnaire's.
func claims(head []byte) bool {
	if _, ok := meantProperty(head, "form_id"); ok {
		return true
	}
	category, _ := meantProperty(head, "category")
	return category == categoryClient || category == categoryQuestionnaire
}

// meantProperty finds a property in a head that is no YAML.
func meantProperty(head []byte, name string) (string, bool) {
	if !bytes.Contains(head, []byte(name)) {
		return "", false
	}
	for line := range bytes.Lines(head) {
		if key, value, ok := bytes.Cut(line, []byte(":")); ok && string(key) == name {
			return string(bytes.Trim(value, " \t\r\n\"'")), true
		}
	}
	return "", false
}

// owner guesses whose note it is that cannot be read: without it, nothing can be said of that client.
func (in *collector) owner(n *vault.Note) string {
	head := meantHead(n)
	for _, name := range []string{"code", "client"} {
		value, _ := meantProperty(head, name)
		if code, ok := FoldCode(value); ok {
			return code
		}
	}
	form, _ := meantProperty(head, "form_id")
	_, rest := in.set.FromFormID(form)
	code, _ := in.clientOf(n, rest)
	return code
}

func (in *collector) client(n *vault.Note) {
	c, problems := readClient(n)
	in.problems = append(in.problems, problems...)
	if c.Code == "" {
		c.Code = n.Path() // no code is like it: what lies in the note's folder is nobody else's
	}
	if other, twice := in.clients[c.Code]; twice {
		code, _ := n.Property("code")
		in.problems = append(in.problems, at(n.Path(), code, "client_twice",
			"the code "+c.Code+" is the client's in "+other.Note+" too", "give each client a code of its own"))
		in.broken[c.Code] = true
		return
	}
	in.clients[c.Code] = &c
	if len(problems) > 0 {
		in.broken[c.Code] = true
	}
}

func (in *collector) sheet(one reading) {
	if one.problem != nil {
		in.problems = append(in.problems, *one.problem)
	}
	if one.sheet == nil {
		if code, found := in.clientOf(one.note, one.rest); found == nil {
			in.broken[code] = true // one of his questionnaires cannot be told
		}
		return
	}
	code, problem := in.clientOf(one.note, one.rest)
	if problem != nil {
		in.problems = append(in.problems, *problem)
	}
	if waiting := one.sheet.waiting(one.problems); waiting != nil {
		one.sheet.Client = code
		in.waiting[code] = append(in.waiting[code], one.sheet)
		in.problems = append(in.problems, waiting...)
		return
	}
	in.problems = append(in.problems, one.problems...)
	if code == "" {
		return
	}
	one.sheet.Client = code
	in.sheets[code] = append(in.sheets[code], one.sheet)
	if slices.ContainsFunc(one.problems, func(p vault.Problem) bool { return p.Severity == vault.Error }) {
		in.broken[code] = true
	}
}

// identify tells which questionnaire a note answers, and what its form_id says of the client.
func (in *collector) identify(n *vault.Note) (*Questionnaire, string, *vault.Problem) {
	form, hasForm := n.Property("form_id")
	q, rest := in.set.FromFormID(form.Text())
	if explicit, ok := n.Property("questionnaire"); ok && explicit.Text() != "" {
		if q = in.set.Questionnaire(foldID(explicit.Text())); q == nil || q.ID == ClientID {
			p := at(n.Path(), explicit, "questionnaire_unknown", "there is no questionnaire "+quoted(explicit.Text()), in.nearestForm(explicit.Text()))
			return nil, rest, &p
		}
		return q, rest, nil
	}
	if q != nil {
		return q, rest, nil
	}
	if !hasForm || form.Text() == "" {
		return nil, "", &vault.Problem{Path: n.Path(), Line: 1, Column: 1, Severity: vault.Error, Code: "form_missing",
			Message: "the questionnaire has neither form_id nor questionnaire", Hint: "add form_id: " + in.set.Questionnaires[0].ID + "_ and the client's code"}
	}
	p := at(n.Path(), form, "questionnaire_unknown", "the form_id "+quoted(form.Text())+" begins with no known questionnaire", in.nearestForm(form.Text()))
	return nil, "", &p
}

func (in *collector) nearestForm(id string) string {
	var known []string
	for _, q := range in.set.Questionnaires {
		known = append(known, q.ID)
	}
	head, _, _ := strings.Cut(foldID(id), "_")
	if near := nearestOf(known, foldID(id), head, strings.TrimRight(foldID(id)[:max(0, strings.LastIndexByte(foldID(id), '_'))], "_")); near != "" {
		return "did you mean " + near + "?"
	}
	return "the questionnaires are " + strings.Join(known, ", ")
}

// foldID gives the form in which form ids are compared: case, and the difference between - and _, do not count.
func foldID(id string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(id)), "-", "_")
}

// FromFormID gives the questionnaire whose id is the longest that a form's id begins with, and the rest, which names
// the client; nil when there is none.
func (s *Set) FromFormID(formID string) (*Questionnaire, string) {
	folded := foldID(formID)
	var best *Questionnaire
	for _, q := range s.Questionnaires {
		rest, ok := strings.CutPrefix(folded, foldID(q.ID))
		if ok && (rest == "" || rest[0] == '_') && (best == nil || len(q.ID) > len(best.ID)) {
			best = q
		}
	}
	if best == nil {
		return nil, ""
	}
	return best, strings.TrimPrefix(folded[len(best.ID):], "_")
}

// clientOf tells whose answers a note holds: the property says it, else the rest of the form's id, else the nearest
// client's note up the folders, else the vault's only client.
func (in *collector) clientOf(n *vault.Note, rest string) (string, *vault.Problem) {
	if p, ok := n.Property("client"); ok && p.Text() != "" {
		return in.explicit(n, p)
	}
	if rest != "" && !numberPattern.MatchString(rest) {
		code, ok := FoldCode(rest)
		if !ok {
			form, _ := n.Property("form_id")
			p := at(n.Path(), form, "client_code_invalid", "the form_id names the client "+quoted(rest)+", which is not 1 to 16 of a-z, 0-9 and -",
				"name the client with a property such as client: cdt")
			return "", &p
		}
		return code, nil
	}
	if code := in.nearestClient(n.Folder()); code != "" {
		return code, nil
	}
	if in.onlyCode != "" {
		return in.onlyCode, nil
	}
	return "", &vault.Problem{Path: n.Path(), Line: 1, Column: 1, Severity: vault.Error, Code: "client_unknown",
		Message: "nothing says whose answers these are", Hint: "add a property such as client: cdt, or put the client's note into this folder"}
}

// explicit reads the property client: a code, or a link to the client's note.
func (in *collector) explicit(n *vault.Note, p vault.Property) (string, *vault.Problem) {
	value := p.Text()
	if link, ok := vault.ParseLink(value); ok {
		target := in.vault.Resolve(n.Path(), link).Path
		for code, c := range in.clients {
			if c.Note == target {
				return code, nil
			}
		}
		problem := at(n.Path(), p, "client_unknown", "the link "+quoted(value)+" leads to no client's note", "link a note with category: client, or write its code")
		return "", &problem
	}
	if code, ok := FoldCode(value); ok {
		return code, nil
	}
	problem := invalidCode(n.Path(), p)
	return "", &problem
}

// nearestClient is the client whose note lies in the folder or in the nearest folder above; empty where there is
// none, or two in one folder.
func (in *collector) nearestClient(folder string) string {
	for {
		var here []string
		for code, c := range in.clients {
			dir := path.Dir(c.Note)
			if dir == "." {
				dir = ""
			}
			if dir == folder {
				here = append(here, code)
			}
		}
		if len(here) == 1 {
			return here[0]
		}
		if len(here) > 1 || folder == "" {
			return ""
		}
		if folder = path.Dir(folder); folder == "." {
			folder = ""
		}
	}
}

// engagements puts the clients together that can be assessed, by code.
func (in *collector) engagements() []*Engagement {
	codes := map[string]bool{}
	for code := range in.clients {
		codes[code] = true
	}
	for code := range in.sheets {
		codes[code] = true
	}
	for code := range in.waiting {
		codes[code] = code != ""
	}
	delete(codes, "")
	var out []*Engagement
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if in.broken[code] {
			continue
		}
		e := &Engagement{Client: Client{Code: code}, Assessments: map[string][]*Assessment{}, Waiting: in.waiting[code]}
		if c := in.clients[code]; c != nil {
			e.Client = *c
		}
		byForm := map[string][]*Sheet{}
		for _, s := range in.sheets[code] {
			byForm[s.Questionnaire] = append(byForm[s.Questionnaire], s)
		}
		for form, sheets := range byForm {
			rounds, problems := group(in.set, sheets)
			e.Assessments[form] = rounds
			in.problems = append(in.problems, problems...)
		}
		out = append(out, e)
	}
	return out
}
