package check

import (
	"path"
	"strings"

	"github.com/synth-vault/synth/vault"
)

// attachments are the endings of the files, other than notes, that Obsidian opens.
const attachments = " avif base bmp canvas flac gif jpeg jpg m4a mkv mov mp3 mp4 3gp oga ogg ogv opus pdf png svg wav webm webp "

// missing is the hint for a link to something that is nowhere, and whose name nothing resembles.
func missing(l vault.Link) string {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(l.Target), "."))
	switch {
	case l.Markdown && strings.HasPrefix(strings.ToLower(l.Target), "www."):
		return "write https:// in front of an address on the Web"
	case ending != "" && strings.Contains(attachments, " "+ending+" "):
		return "put the file back, or take the link away"
	}
	return "make the note, or take the link away"
}
