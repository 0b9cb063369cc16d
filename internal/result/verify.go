package result

// VerifySchema is the name and version of what "synth verify --json" prints.
const VerifySchema = "synth/verify/v1"

// Verification tells of generated notes whether they are what their answers and the model give today.
type Verification struct {
	Schema   string     `json:"schema"`
	Model    Model      `json:"model"`
	Notes    []Verified `json:"notes"`    // by path
	Problems []Problem  `json:"problems"` // by place
}

// Verified is one note, or a copy of one that somebody was given.
type Verified struct {
	Path          string      `json:"path"`
	File          *string     `json:"file"` // the copy that was compared in the note's place
	Kind          string      `json:"kind"`
	Client        string      `json:"client"`
	Questionnaire *string     `json:"questionnaire"`
	Status        string      `json:"status"`
	Exact         bool        `json:"exact"`      // byte for byte, but for line endings and a byte order mark
	Seal          []SealPart  `json:"seal"`       // every part, in the seal's order
	Deviations    []Deviation `json:"deviations"` // properties, then regions, in the note's order
}

// SealPart is what a part of the seal says. Recorded is null in a note without a sound seal, current where the note
// would not be made today.
type SealPart struct {
	Part     string  `json:"part"`
	Recorded *string `json:"recorded"`
	Current  *string `json:"current"`
}

// Deviation is a part of the note that is not what would be generated. Region and property are null where it is about
// the other, both where it is about what stands beside them.
type Deviation struct {
	Verdict    string  `json:"verdict"`
	Region     *string `json:"region"`
	Property   *string `json:"property"`
	Line       *int    `json:"line"`
	Recomputed bool    `json:"recomputed"` // of an edit: the text before it is known
	Diff       *string `json:"diff"`       // unified
}
