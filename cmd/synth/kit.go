package main

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
	"github.com/synth-vault/synth/vault"
)

// The kit's list of its files, and the types of properties.
const (
	kitList  = "kit.yaml"
	kitTypes = "types.json"
)

// kit is what a vault begins with, from the catalogue.
type kit struct {
	content       fs.FS
	folder        string // of the catalogue
	clients       string // folder of the vault for the clients' folders
	templates     string // folder of the vault for note templates
	files         []kitFile
	dashboard     kitFile
	client        kitFile // a template for the clients' notes
	questionnaire string  // the name of a questionnaire's template
}

// kitFile is a file of the kit and its place in the vault.
type kitFile struct{ from, to string }

// loadKit reads the list of what belongs to the kit. Note templates go where the vault's owner keeps his, if he does.
func (p *place) loadKit(templates string) (*kit, []vault.Problem) {
	k := &kit{content: p.content, folder: path.Join(p.settings.Language, "kit")}
	name := path.Join(k.folder, kitList)
	root, problems := questionnaire.ReadFile(p.content, name)
	if problems != nil {
		return nil, problems
	}
	var sink strictyaml.Sink
	f := strictyaml.Open(root, &sink)
	k.clients, k.templates, k.questionnaire = f.String("clients"), f.String("templates"), f.String("questionnaire")
	for _, node := range f.List("files") {
		k.files = append(k.files, readKitFile(node, &sink))
	}
	k.dashboard = readKitFile(f.Node("dashboard"), &sink)
	k.client = readKitFile(f.Node("client"), &sink)
	f.Close()
	if templates != "" {
		k.templates = templates
	}
	return k, questionnaire.InFile(name, sink.Problems())
}

// names lists the files of the catalogue that belong to the kit.
func (k *kit) names() []string {
	out := []string{path.Join(k.folder, kitList), path.Join(k.folder, kitTypes), path.Join(k.folder, "form.html"), path.Join(k.folder, "form.css")}
	for _, f := range append([]kitFile{k.dashboard, k.client}, k.files...) {
		out = append(out, path.Join(k.folder, f.from))
	}
	return out
}

func readKitFile(node *strictyaml.Node, sink *strictyaml.Sink) kitFile {
	f := strictyaml.Open(node, sink)
	out := kitFile{f.String("from"), f.String("to")}
	f.Close()
	return out
}

// text gives a file of the kit.
func (k *kit) text(name string) (string, error) {
	data, err := fs.ReadFile(k.content, path.Join(k.folder, name))
	return strings.ReplaceAll(string(data), "{templates}", k.templates), err
}

// drafts are the kit's files as they are to stand in the vault, by path.
func (k *kit) drafts(set *questionnaire.Set) ([]vault.Change, error) {
	client := kitFile{k.client.from, path.Join(k.templates, k.client.to)}
	var out []vault.Change
	for _, f := range append(k.files[:len(k.files):len(k.files)], k.dashboard, client) {
		text, err := k.text(f.from)
		if err != nil {
			return nil, err
		}
		out = append(out, vault.Change{Path: f.to, Status: vault.Created, New: []byte(text)})
	}
	for _, q := range set.Questionnaires {
		name := vault.FileName(strings.ReplaceAll(k.questionnaire, "{title}", q.Title)) + ".md"
		text := fill(string(set.Blank(q, questionnaire.Head{})), "date_reception", strconv.Quote("{{date:YYYY-MM-DD}}"))
		out = append(out, vault.Change{Path: path.Join(k.templates, name), Status: vault.Created, New: []byte(text)})
	}
	return out, nil
}

// clientNote makes a client's note out of the template: for a new client, in a folder of its own.
func (k *kit) clientNote(code string, name vault.Name, country string) (vault.Change, error) {
	text, err := k.text(k.client.from)
	if err != nil {
		return vault.Change{}, err
	}
	text = fill(fill(text, "code", code), "title", strconv.Quote(vault.PlainName(name)))
	if country != "" {
		text = fill(text, "country", country)
	}
	file := vault.FileName(vault.PlainName(name))
	return vault.Change{Path: path.Join(k.clients, file, file+".md"), Status: vault.Created, New: []byte(text)}, nil
}

// fill sets a property in the head of a text of ours.
func fill(text, property, value string) string {
	line := regexp.MustCompile(`(?m)^` + property + `:.*$`)
	at := line.FindStringIndex(text)
	if at == nil {
		return text
	}
	return text[:at[0]] + property + ": " + value + text[at[1]:]
}

// types are the kinds that Obsidian is to show our properties as.
func (k *kit) types() (map[string]string, error) {
	text, err := k.text(kitTypes)
	if err != nil {
		return nil, err
	}
	var out struct {
		Types map[string]string `json:"types"`
	}
	err = json.Unmarshal([]byte(text), &out)
	return out.Types, err
}
