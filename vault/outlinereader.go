package vault

// outlineReader makes outlines. It belongs to one goroutine.
type outlineReader struct{}

func (r *outlineReader) note(n *Note) Outline {
	var o Outline
	properties, err := n.Properties()
	o.Problems = append(o.Problems, problemsOf(err)...)
	for _, p := range properties {
		if p.Name != "tags" {
			continue
		}
		for _, value := range p.Values {
			o.Tags = append(o.Tags, Mark{Name: value.Text, Line: value.Line, Column: value.Column})
		}
	}
	blocks, err := n.Blocks()
	if err != nil {
		o.Problems = append(o.Problems, problemsOf(err)...)
		return o
	}
	for _, b := range blocks {
		if b.Kind == Heading {
			o.Sections = append(o.Sections, Section{Level: b.Level, Text: b.Text, Line: b.Line})
		}
		if b.ID != "" {
			o.Anchors = append(o.Anchors, Mark{Name: b.ID, Line: b.Line})
		}
	}
	o.Links, _ = n.Links()
	return o
}
