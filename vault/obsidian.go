package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// settingsFile is the file of Obsidian's configuration folder with what the
// user has chosen for the vault. A choice that is the default is not in it.
const settingsFile = "app.json"

// maxSettings bounds what is read of it.
const maxSettings = 1 << 20

// writesPaths tells whether the user has Obsidian write links as paths from the
// vault's root. Its configuration folder is .obsidian, or another hidden one
// that the user has chosen. What cannot be read says nothing.
func writesPaths(dir string, hidden []string) bool {
	slices.Sort(hidden)
	if i := slices.Index(hidden, ".obsidian"); i > 0 {
		hidden = slices.Insert(slices.Delete(hidden, i, i+1), 0, ".obsidian")
	}
	for _, folder := range hidden {
		name := filepath.Join(dir, folder, settingsFile)
		info, err := os.Lstat(name)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxSettings {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var settings struct {
			NewLinkFormat string `json:"newLinkFormat"`
		}
		return json.Unmarshal(data, &settings) == nil && settings.NewLinkFormat == "absolute"
	}
	return false
}
