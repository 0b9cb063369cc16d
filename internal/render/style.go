package render

import "fmt"

// palette holds the colours that set a style apart, as numbers of the 256 colours that nearly every terminal has. The last
// ones are those of callouts, marked text and links that lead nowhere.
type palette struct {
	heading, link, code, dim                       string
	mark, lost                                     string
	blue, cyan, green, yellow, orange, red, purple string
}

// palette gives the colours of a style, none for Plain.
func (s Style) palette() (palette, error) {
	switch s {
	case Plain, "":
		return palette{}, nil
	case Dark:
		return palette{heading: "39", link: "75", code: "216", dim: "245", mark: "58", lost: "139",
			blue: "39", cyan: "43", green: "78", yellow: "221", orange: "215", red: "203", purple: "141"}, nil
	case Light:
		return palette{heading: "26", link: "25", code: "130", dim: "242", mark: "229", lost: "96",
			blue: "26", cyan: "30", green: "28", yellow: "136", orange: "166", red: "160", purple: "97"}, nil
	}
	return palette{}, fmt.Errorf("style %q is none of dark, light and plain", string(s))
}
