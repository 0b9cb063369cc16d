package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/vault"
	"golang.org/x/text/unicode/norm"
)

// said is what one source says of questionnaire and client, each empty where it does not.
type said struct{ form, client string }

// resolve decides questionnaire and client: what the submission says itself counts before what the settings know of
// its form, that before the flags, and those before what the columns are called. Sources that contradict each other
// are refused: a form on the Internet can be made to say anything.
func (f *filer) resolve() {
	hidden, ok := f.hidden()
	f.client = hidden.client
	if !ok {
		return
	}
	known := f.options.Forms[f.s.Form]
	flags := said{f.options.Questionnaire, f.options.Client}
	settings := said{known.Questionnaire, known.Client}
	if f.contradict(hidden, flags, "--questionnaire and --client say") || f.contradict(hidden, settings, "the settings say of its form") ||
		f.contradict(settings, flags, "--questionnaire and --client say") {
		return
	}
	form := first(hidden.form, settings.form, flags.form)
	f.client = first(hidden.client, settings.client, flags.client)
	if form == "" {
		form = f.guess()
	}
	if f.plan = f.plans[form]; f.plan == nil {
		return
	}
	if f.client == "" {
		f.refuse("client_missing", "nothing says whose answers these are", "name the client with --client CODE, or the form under forms: in synth.yaml")
	}
}

func first(words ...string) string {
	i := slices.IndexFunc(words, func(w string) bool { return w != "" })
	if i < 0 {
		return ""
	}
	return words[i]
}

// contradict refuses a submission of which two sources say different things.
func (f *filer) contradict(a, b said, source string) bool {
	for _, pair := range [][2]string{{a.form, b.form}, {a.client, b.client}} {
		if pair[0] != "" && pair[1] != "" && pair[0] != pair[1] {
			f.refuse("origin_contradictory", fmt.Sprintf("the answers are of %q, and %s %q", pair[0], source, pair[1]), "leave the one that holds")
			return true
		}
	}
	return false
}

// hidden reads what the submission says itself.
func (f *filer) hidden() (out said, ok bool) {
	fields := map[fieldKind]Field{}
	for _, field := range f.s.Fields {
		if kind := f.known[fold(field.Name)]; kind == formID || kind == formName || kind == clientCode {
			if strings.TrimSpace(field.text()) != "" {
				fields[kind] = field
			}
		}
	}
	rest := ""
	if field, found := fields[formID]; found {
		q, left := f.set.FromFormID(field.text())
		rest = left
		if q != nil {
			out.form = q.ID
		} else if _, named := fields[formName]; !named && f.options.Questionnaire == "" {
			return f.unknownForm(field, fields)
		}
	}
	if field, found := fields[formName]; found {
		id := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(field.text())), "-", "_")
		if f.plans[id] == nil {
			return f.unknownForm(field, fields)
		}
		out.form = id
	}
	return f.hiddenClient(out, fields, rest)
}

func (f *filer) hiddenClient(out said, fields map[fieldKind]Field, rest string) (said, bool) {
	field, found := fields[clientCode]
	if !found {
		field, found = fields[formID], rest != "" && !numberOnly().MatchString(rest)
	} else {
		rest = field.text()
	}
	if !found {
		return out, true
	}
	code, valid := questionnaire.FoldCode(rest)
	if !valid {
		f.refuse("client_code_invalid", "column "+shown(field.Name)+": the client's code "+shown(rest)+" is not 1 to 16 of a-z, 0-9 and -, with a letter", "")
		return out, false
	}
	out.client = code
	return out, true
}

// unknownForm refuses a name that no questionnaire has. Whose answers they are may be known all the same.
func (f *filer) unknownForm(field Field, fields map[fieldKind]Field) (said, bool) {
	known := f.questionnaireIDs()
	value := strings.ToLower(strings.TrimSpace(field.text()))
	head, _, _ := strings.Cut(value, "_")
	hint := didYouMean(value, known, didYouMean(head, known, "the questionnaires are "+strings.Join(known, ", ")))
	f.refuse("questionnaire_unknown", "column "+shown(field.Name)+": "+shown(field.text())+" names no questionnaire", hint)
	client, _ := questionnaire.FoldCode(fields[clientCode].text())
	return said{client: client}, false
}

// guess tells the questionnaire by what the columns are called, and says so.
func (f *filer) guess() string {
	best, most, twice := "", 0, false
	for _, id := range f.questionnaireIDs() {
		switch n := f.plans[id].score(f.s.Fields); {
		case n > most:
			best, most, twice = id, n, false
		case n == most && n > 0:
			twice = true
		}
	}
	if best == "" || twice {
		f.refuse("questionnaire_missing", "nothing says which questionnaire it answers", "name it with --questionnaire ID: "+strings.Join(f.questionnaireIDs(), ", "))
		return ""
	}
	f.tell("questionnaire_guessed", fmt.Sprintf("nothing says which questionnaire it answers: %s, by %d of its columns", best, most),
		"name it with --questionnaire, or the form under forms: in synth.yaml")
	return best
}

// date finds the day on which the submission was sent.
func (f *filer) date() {
	var found []Field
	for _, field := range f.s.Fields {
		if c := f.plan.column(field.Name); c.kind == sentAt && strings.TrimSpace(field.text()) != "" {
			found = append(found, field)
		}
	}
	slices.SortStableFunc(found, func(a, b Field) int { return dateRank(a.Name) - dateRank(b.Name) })
	for _, field := range found {
		iso, sure, ok := day(field.text())
		if !ok {
			continue
		}
		f.sheet.Date = iso
		switch sure {
		case assumed:
			f.tell("zone_assumed", "column "+shown(field.Name)+": "+shown(field.text())+" says no time zone: it is taken for UTC", "")
		case dayFirst:
			f.tell("day_first", "column "+shown(field.Name)+": "+shown(field.text())+" is read day first", "export dates as 2025-07-31 where the month stands first")
		}
		return
	}
	switch {
	case f.options.Date != "":
		f.sheet.Date = f.options.Date
	case len(found) > 0:
		f.problems = append(f.problems, f.s.problem(vault.Error, "date_invalid", "column "+shown(found[0].Name)+": "+shown(found[0].text())+" is no date that can be told",
			"write it as 2025-07-31, or name the day with --date"))
	default:
		f.refuse("date_missing", "nothing says when the answers were sent", "name the day with --date YYYY-MM-DD")
	}
}

// dateRank puts the moment of sending before that of beginning or of storing.
func dateRank(name string) int {
	switch {
	case strings.TrimSpace(name) == "_date":
		return 0
	case fold(name) == "datestamp":
		return 2
	}
	return 1
}

// sum is the hash of what was answered: of questionnaire, client, day and fields, whatever shape they came in. What
// changes between two deliveries of one submission is no part of it.
func (f *filer) sum() string {
	var lines []string
	for _, field := range f.s.Fields {
		switch f.plan.column(field.Name).kind {
		case metadata, honeypot, sentAt, identity, formID, formName, formVersion, clientCode:
		default:
			value := norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(field.text(), "\r\n", "\n")))
			lines = append(lines, fold(field.Name)+"\x00"+value+"\x00")
		}
	}
	slices.Sort(lines)
	head := f.plan.form.ID + "\x00" + f.client + "\x00" + f.sheet.Date + "\x00"
	return hash(head + strings.Join(lines, ""))
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// plainID matches an id that may stand in a property as it is.
var plainID = pattern(`^[A-Za-z0-9][A-Za-z0-9._-]{3,63}$`)

// id is what identifies the submission: the id that the tool or our form gave it, else the hash of what was answered. A
// number alone is one only within its form.
func (f *filer) id(sum string) string {
	given := ""
	for _, field := range f.s.Fields {
		if c := f.plan.column(field.Name); c.kind == identity {
			value := strings.TrimSpace(field.text())
			if value != "" && (given == "" || fold(field.Name) == "submissionid") {
				given = value
			}
		}
	}
	switch {
	case given == "":
		return sum
	case numberOnly().MatchString(given) && len(given) <= 20:
		return f.plan.form.ID + "-" + f.client + "-" + given
	case plainID().MatchString(given):
		return given
	}
	return hash(given)
}
