// Package schemas carries the JSON Schemas (2020-12) of the formats that synth makes public: the documents that
// its commands print with --json, and a vault's settings.
package schemas

import (
	"embed"
	"io/fs"
)

// The names of the schemas in [FS].
const (
	Result   = "result.schema.json"  // what "synth build --json" prints
	Settings = "synth.schema.json"   // a vault's synth.yaml
	Compare  = "compare.schema.json" // what "synth compare --json" prints
	Verify   = "verify.schema.json"  // what "synth verify --json" prints
)

//go:embed *.schema.json
var files embed.FS

// FS holds the schemas by name, in one folder.
func FS() fs.FS { return files }
