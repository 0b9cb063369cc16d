// Package schemas carries the JSON Schemas (2020-12) of the formats that synth makes public: the documents that its
// commands print with --json, and a vault's settings.
package schemas

import (
	"embed"
	"io/fs"
)

// The names of the schemas in [FS].
const (
	Result   = "result.schema.json"  // what "synth build --json" prints
	Explain  = "explain.schema.json" // what "synth explain --json" prints
	Status   = "status.schema.json"  // what "synth status --json" prints
	Plan     = "plan.schema.json"    // what "synth plan --json" prints
	Intake   = "intake.schema.json"  // what "synth intake --json" prints
	Settings = "synth.schema.json"   // a vault's synth.yaml
)

//go:embed *.schema.json
var files embed.FS

// FS holds the schemas by name, in one folder.
func FS() fs.FS { return files }
