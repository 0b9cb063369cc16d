package main

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/synth-vault/synth/internal/intake"
	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// shelf knows which submissions have their notes, where those lie and where new ones go.
type shelf struct {
	notes   map[string]shelved        // by the submission's id
	clients map[string]string         // the path of the client's note, by code
	folders map[string]map[string]int // by client: how many questionnaires lie in a folder
	rounds  map[string]int            // by client and questionnaire: how many notes there are
	taken   map[string]bool           // the names of all notes, folded
	next    map[string]int            // by name and day: the number of the next note
	chosen  map[string]string         // by client: the folder of new notes
	fixed   string                    // the settings' folder, "" for none
	sources map[string]bool           // notes of questionnaires that are to be imported themselves
}

// shelved is the note of a submission.
type shelved struct {
	path, questionnaire, client string
	sum                         string // of a note of this run, "" of one that was there
}

func newShelf(set *questionnaire.Set, p *place, files []string) *shelf {
	s := &shelf{notes: map[string]shelved{}, folders: map[string]map[string]int{}, rounds: map[string]int{}, taken: map[string]bool{},
		next: map[string]int{}, chosen: map[string]string{}, fixed: p.settings.Folders[questionnaireKind], sources: map[string]bool{}}
	index := set.Index(p.vault)
	s.clients = index.Clients
	for _, card := range index.Cards {
		if _, twice := s.notes[card.Submission]; card.Submission != "" && !twice {
			s.notes[card.Submission] = shelved{path: card.Path, questionnaire: card.Questionnaire, client: card.Client}
		}
		if slices.Contains(files, card.Path) {
			s.sources[card.Path] = true
			continue // its answers are about to stand in a note that can be read
		}
		s.rounds[card.Client+"."+card.Questionnaire]++
		if s.folders[card.Client] == nil {
			s.folders[card.Client] = map[string]int{}
		}
		s.folders[card.Client][folderOf(card.Path)]++
	}
	for _, n := range p.vault.Notes() {
		s.taken[sameName(n.Name())] = true
	}
	return s
}

func folderOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}

// folder says where a client's new notes go: where the settings say, else where most of his questionnaires lie, else
// beside his note, else in a folder of his own.
func (s *shelf) folder(client string) string {
	if s.fixed != "" {
		return s.fixed
	}
	if folder, ok := s.chosen[client]; ok {
		return folder
	}
	folder := path.Join("Clients", vault.FileName(strings.ToUpper(client)))
	if held := s.folders[client]; len(held) > 0 {
		all := slices.Sorted(maps.Keys(held))
		folder = slices.MaxFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(held[a], held[b]), cmp.Compare(b, a)) })
	} else if note, ok := s.clients[client]; ok {
		folder = folderOf(note)
	}
	s.chosen[client] = folder
	return folder
}

// place chooses the path of a submission's new note: a name that no note of the vault bears, so that no link changes
// its meaning. A note that was lost, or that a stopped run had chosen a path for, takes that path.
func (s *shelf) place(reader *intake.Intake, f intake.Filed, lost string) string {
	round := f.Sheet.Client + "." + f.Sheet.Questionnaire
	if name := strings.TrimSuffix(path.Base(lost), ".md"); vault.Portable(lost) == nil && !s.taken[sameName(name)] {
		return s.keep(round, name, lost, f)
	}
	nth := 0
	if s.rounds[round] > 0 {
		nth = max(1, s.next[round+f.Sheet.Date])
	}
	name := reader.Name(f.Sheet, nth)
	for s.taken[sameName(name)] {
		nth++
		name = reader.Name(f.Sheet, nth)
	}
	s.next[round+f.Sheet.Date] = nth + 1
	return s.keep(round, name, path.Join(s.folder(f.Sheet.Client), name+".md"), f)
}

// keep remembers that a submission has its note now.
func (s *shelf) keep(round, name, file string, f intake.Filed) string {
	s.rounds[round]++
	s.taken[sameName(name)] = true
	s.notes[f.ID] = shelved{path: file, questionnaire: f.Sheet.Questionnaire, client: f.Sheet.Client, sum: f.Sum}
	return file
}

// stranger warns of a client that the vault does not know yet: a code may be misspelt.
func (s *shelf) stranger(f intake.Filed) (vault.Problem, bool) {
	client := f.Sheet.Client
	if _, known := s.clients[client]; known || len(s.folders[client]) > 0 || s.chosen[client] != "" {
		return vault.Problem{}, false
	}
	hint := "give it a note with category: client and code: " + client
	if near := strictyaml.Nearest(client, slices.Sorted(maps.Keys(s.clients))); near != "" {
		hint = "did you mean " + near + "? Else " + hint
	}
	return vault.Problem{Path: f.File, Line: f.Line, Severity: vault.Warning, Code: "client_new",
		Message: "the vault holds nothing of the client " + client + " yet", Hint: hint}, true
}
