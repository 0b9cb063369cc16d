package check

import (
	"path"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// copies tells of the files which a sync service has laid beside another that changed in two places. Of notes the vault
// itself has told.
func (f *finder) copies() {
	for _, file := range f.Vault.Files() {
		if vault.IsConflictCopy(file) && !strings.EqualFold(path.Ext(file), ".md") {
			f.take(vault.Problem{Path: file, Code: "conflict_copy", Message: "is a sync service's conflict copy",
				Hint: "keep the right one of the two files under the first one's name, then delete the copy"})
		}
	}
}
