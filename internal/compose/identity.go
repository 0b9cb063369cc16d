package compose

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/synth-vault/synth/vault"
)

// Identity says which note of which client a generated note is. The questionnaire is empty but for analyses.
type Identity struct{ Kind, Client, Questionnaire string }

// Identify reads from a note's properties which note it is, and its seal; false where it is not, or no longer, a
// generated one.
func Identify(properties []vault.Property) (id Identity, seal string, ok bool) {
	text := func(name string) (string, bool) {
		i := slices.IndexFunc(properties, func(p vault.Property) bool { return p.Name == name })
		if i < 0 {
			return "", false
		}
		return properties[i].Text(), true
	}
	id.Kind, _ = text("category")
	id.Questionnaire, _ = text("synth_questionnaire")
	id.Client, ok = text("synth_client")
	seal, sealed := text("synth_seal")
	return id, seal, ok && sealed
}

// SealPart is what a part of a seal says as it was recorded and as it is today; empty where that is not known.
type SealPart struct{ Name, Recorded, Current string }

// Moved tells that what the part stands for has changed, or was not recorded.
func (p SealPart) Moved() bool { return p.Recorded != p.Current }

var sealPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^answers:([0-9a-f]{16}) client:([0-9a-f]{16}) model:([0-9a-f]{16}) words:([0-9a-f]{16}) asof:([0-9-]*) format:([0-9]+)$`)
})

// sealParts are the names of a seal's parts, in its order.
func sealParts() []string { return []string{"answers", "client", "model", "words", "asof", "format"} }

// CompareSeals sets what a note's seal recorded beside what it would be today, part by part. A seal that nobody could
// have made has recorded nothing.
func CompareSeals(recorded, current string) []SealPart {
	was, is := sealPattern().FindStringSubmatch(strings.TrimSpace(recorded)), sealPattern().FindStringSubmatch(current)
	parts := make([]SealPart, len(sealParts()))
	for i, name := range sealParts() {
		parts[i].Name = name
		if was != nil {
			parts[i].Recorded = was[i+1]
		}
		if is != nil {
			parts[i].Current = is[i+1]
		}
	}
	return parts
}
