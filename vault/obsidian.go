package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	// usualConfig is the configuration folder of a user who has not chosen
	// another.
	usualConfig = ".obsidian"
	// appFile is the file in it that says what the user has chosen for the
	// vault. A choice that is the default is not in it.
	appFile = "app.json"
	// maxAppFile bounds what is read of it.
	maxAppFile = 1 << 20
)

// ConfigDir gives the name of the folder in which Obsidian keeps its settings
// of the vault in a folder: .obsidian, or another hidden one that the user has
// chosen instead, which its app.json tells. Of several .obsidian counts, else
// the first by name. Where there is none, found is false and the name the one
// that Obsidian would give it.
func ConfigDir(dir string) (name string, found bool) {
	if isRegular(filepath.Join(dir, usualConfig, appFile)) {
		return usualConfig, true
	}
	entries, _ := os.ReadDir(dir) // what cannot be read holds no settings
	var hidden []string
	for _, entry := range entries {
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") {
			hidden = append(hidden, entry.Name())
		}
	}
	return configAmong(dir, hidden)
}

// configAmong finds the configuration folder among the hidden ones.
func configAmong(dir string, hidden []string) (name string, found bool) {
	slices.Sort(hidden)
	for _, name := range append([]string{usualConfig}, hidden...) {
		if isRegular(filepath.Join(dir, name, appFile)) {
			return name, true
		}
	}
	info, err := os.Stat(filepath.Join(dir, usualConfig))
	return usualConfig, err == nil && info.IsDir()
}

func isRegular(file string) bool {
	info, err := os.Lstat(file)
	return err == nil && info.Mode().IsRegular()
}

// TypesFile gives the path, in the vault in a folder, of the file in which
// Obsidian keeps the types of properties. It is the one hidden file that may
// be created.
func TypesFile(dir string) string {
	name, _ := ConfigDir(dir)
	return name + "/types.json"
}

// linkFormat is what the user has Obsidian write as a link's target.
type linkFormat string

const (
	relativeFormat linkFormat = "relative" // the path from the note's folder
	absoluteFormat linkFormat = "absolute" // the path from the root
)

// appSettings are the choices of Obsidian's user that matter here. What cannot
// be read is as if it were not chosen.
type appSettings struct {
	format   linkFormat // "" for the default, the shortest
	markdown bool       // links are [shown](target)
	excluded []filter
}

// filter is one of the user's for files to exclude.
type filter struct {
	prefix  string
	pattern *regexp.Regexp // instead of the prefix
}

func readAppSettings(dir, config string) appSettings {
	name := filepath.Join(dir, config, appFile)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxAppFile {
		return appSettings{}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return appSettings{}
	}
	var file struct {
		Format   linkFormat `json:"newLinkFormat"`
		Markdown bool       `json:"useMarkdownLinks"`
		Excluded []string   `json:"userIgnoreFilters"`
	}
	_ = json.Unmarshal(data, &file) // one value of another type leaves the others
	s := appSettings{format: file.Format, markdown: file.Markdown}
	for _, text := range file.Excluded {
		if f, ok := newFilter(text); ok {
			s.excluded = append(s.excluded, f)
		}
	}
	return s
}

// newFilter reads a filter: the beginning of paths, or a pattern between
// slashes. A pattern that only JavaScript understands filters nothing.
func newFilter(text string) (filter, bool) {
	if len(text) > 2 && strings.HasPrefix(text, "/") && strings.HasSuffix(text, "/") {
		pattern, err := regexp.Compile(text[1 : len(text)-1])
		return filter{pattern: pattern}, err == nil
	}
	return filter{prefix: text}, text != ""
}

func (f filter) matches(path string) bool {
	if f.pattern != nil {
		return f.pattern.MatchString(path)
	}
	return strings.HasPrefix(path, f.prefix)
}

// Excluded tells whether the user has Obsidian leave the file at a path out of
// its searches and suggestions. Links lead to it all the same.
func (v *Vault) Excluded(path string) bool {
	return slices.ContainsFunc(v.app.excluded, func(f filter) bool { return f.matches(path) })
}
