// Package schemas carries the JSON Schemas (2020-12) of the formats that synth makes public: the document that
// "synth build --json" prints, that of "synth plan --json", and a vault's settings.
package schemas

import (
	"embed"
	"io/fs"
)

// The names of the schemas in [FS].
const (
	Result   = "result.schema.json" // what "synth build --json" prints
	Plan     = "plan.schema.json"   // what "synth plan --json" prints
	Settings = "synth.schema.json"  // a vault's synth.yaml
)

//go:embed *.schema.json
var files embed.FS

// FS holds the schemas by name, in one folder.
func FS() fs.FS { return files }
