// Package catalog carries the content shipped in the binary: questionnaires, model, references, cases, and for each
// language the words and the templates of notes and screens. A consultant may lay a folder of his own over it, file by file:
// what stands there replaces the shipped file of that name, and what does not stays as shipped.
//
// It gives file systems and reads nothing itself: the packages that use the content check it.
package catalog

import (
	"embed"
	"errors"
	"io/fs"
)

//go:embed questionnaires model references.yaml retention.yaml frameworks.yaml channels.yaml cases fr
var shipped embed.FS

// Shipped is the content of the binary.
func Shipped() fs.FS { return content{shipped} }

// Over lays a folder over the shipped content.
func Over(folder fs.FS) fs.FS { return overlay{folder, content{shipped}} }

// content is what came with the program.
type content struct{ embed.FS }

// Shipped reports whether a file of that name came with the program, whose tests have read it.
func (c content) Shipped(name string) bool {
	_, err := fs.Stat(c.FS, name)
	return err == nil
}

// overlay opens a file in the upper file system, and in the lower one where the upper has none.
type overlay struct {
	upper fs.FS
	lower content
}

// Shipped reports whether a file is the one that came with the program.
func (o overlay) Shipped(name string) bool {
	_, err := fs.Stat(o.upper, name)
	return errors.Is(err, fs.ErrNotExist) && o.lower.Shipped(name)
}

// Open opens the upper file of that name. A file that is there and cannot be read is an error, never replaced in
// silence by the shipped one.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.upper.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.lower.Open(name)
	}
	return f, err
}

//go:embed start
var start embed.FS

// Start is what a catalogue of one's own begins with: a small domain of each file, to be laid over the shipped content.
// model/model.yaml is a text/template over what the shipped model names.
func Start() (fs.FS, error) { return fs.Sub(start, "start") }
