// Package schemas carries the JSON Schemas (2020-12) of the formats that synth makes public: the documents that it
// prints, a vault's settings, and every file of a catalogue.
package schemas

import (
	"embed"
	"io/fs"
)

// The names of the schemas in [FS].
const (
	Result   = "result.schema.json"     // what "synth build --json" prints
	List     = "model-list.schema.json" // what "synth model list --json" prints
	Explain  = "explain.schema.json"    // what "synth explain --json" prints
	Status   = "status.schema.json"     // what "synth status --json" prints
	Plan     = "plan.schema.json"       // what "synth plan --json" prints
	Verify   = "verify.schema.json"     // what "synth verify --json" prints
	Compare  = "compare.schema.json"    // what "synth compare --json" prints
	Intake   = "intake.schema.json"     // what "synth intake --json" prints
	Check    = "check.schema.json"      // what "synth check --json" prints
	Rules    = "rules.schema.json"      // what "synth check --rules --json" prints
	Settings = "synth.schema.json"      // a vault's synth.yaml

	// The files of a catalogue.
	Model         = "model.schema.json"         // model/model.yaml
	Questionnaire = "questionnaire.schema.json" // questionnaires/<id>.yaml
	Domain        = "domain.schema.json"        // model/<domain>.yaml
	Words         = "words.schema.json"         // <language>/<domain>.yaml
	Screens       = "screens.schema.json"       // <language>/screens.yaml
	References    = "references.schema.json"    // references.yaml
	Retention     = "retention.schema.json"     // retention.yaml
	Interview     = "interview.schema.json"     // <language>/interview.yaml
	Kit           = "kit.schema.json"           // <language>/kit/kit.yaml
	Cases         = "cases.schema.json"         // cases/<domain>.yaml
	Frameworks    = "frameworks.schema.json"    // frameworks.yaml
	Channels      = "channels.schema.json"      // channels.yaml
)

// OfCatalogue lists the schemas of a catalogue's files, which an editor is to find beside them.
func OfCatalogue() []string {
	return []string{Model, Questionnaire, Domain, Words, Screens, References, Retention, Frameworks, Channels, Interview, Kit, Cases}
}

//go:embed *.schema.json
var files embed.FS

// FS holds the schemas by name, in one folder.
func FS() fs.FS { return files }
