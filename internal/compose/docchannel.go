package compose

import "github.com/synth-vault/synth/internal/assess"

// docCited is what a control contributes to in one framework.
type docCited struct {
	Title Markdown
	Lines []Markdown
}

// docFramework is a framework, with the number of its lines behind which a control stands.
type docFramework struct {
	ID, Title, Version, Licence Markdown
	Jurisdiction                string
	Lines, Covered              int
}

// docClass is a class of channels.
type docClass struct {
	ID, Title Markdown
	Traits    docTraits
	Uses      []docUse
	Channels  []docChannel
}

// docTraits is what is known of channels.
type docTraits struct{ Readers, Hosting, Encryption Markdown }

type docUse struct {
	Purpose, Reason, Source Markdown
	Verdict                 assess.Verdict
}

// docChannel is a channel. Its traits and uses are those in which it differs from its class.
type docChannel struct {
	Title        Markdown
	Jurisdiction string
	Known        []Markdown // the names and domains that tell of it
	Traits       docTraits
	Uses         []docUse
}

func (d *documenter) cited(c *assess.Control) []docCited {
	var out []docCited
	for _, cited := range c.Frameworks {
		one := docCited{Title: words(d.model.Framework(cited.Framework).Title)}
		for _, line := range cited.Lines {
			one.Lines = append(one.Lines, words(line))
		}
		out = append(out, one)
	}
	return out
}

func (d *documenter) frameworks() []docFramework {
	var out []docFramework
	for _, f := range d.model.Frameworks {
		one := docFramework{words(f.ID), words(f.Title), words(f.Version), words(f.Licence), f.Jurisdiction, len(f.Lines), 0}
		for _, line := range f.Lines {
			if len(d.model.Behind(f.ID, line.ID)) > 0 {
				one.Covered++
			}
		}
		out = append(out, one)
	}
	return out
}

func (d *documenter) classes() []docClass {
	var out []docClass
	for _, class := range d.model.Classes {
		one := docClass{ID: words(class.ID), Title: words(class.Title), Traits: traits(class.Traits, assess.Traits{}), Uses: d.uses(class.Uses, nil)}
		for _, c := range d.model.Channels {
			if c.Class == class.ID {
				one.Channels = append(one.Channels, d.channel(c, class))
			}
		}
		out = append(out, one)
	}
	return out
}

func (d *documenter) channel(c assess.Channel, class assess.Class) docChannel {
	one := docChannel{Title: words(c.Title), Jurisdiction: c.Jurisdiction, Traits: traits(c.Traits, class.Traits), Uses: d.uses(c.Uses, class.Uses)}
	for _, name := range c.Names {
		one.Known = append(one.Known, words(name))
	}
	for _, domain := range c.Domains {
		one.Known = append(one.Known, words(domain))
	}
	return one
}

// traits gives those that differ from others.
func traits(own, from assess.Traits) docTraits {
	var out docTraits
	differ := func(to *Markdown, own, from string) {
		if own != from {
			*to = words(own)
		}
	}
	differ(&out.Readers, own.Readers, from.Readers)
	differ(&out.Hosting, own.Hosting, from.Hosting)
	differ(&out.Encryption, own.Encryption, from.Encryption)
	return out
}

// uses gives the verdicts that differ from others.
func (d *documenter) uses(own, from []assess.Use) []docUse {
	var out []docUse
	for i, u := range own {
		if i < len(from) && u == from[i] {
			continue
		}
		out = append(out, docUse{words(d.model.Purpose(u.Purpose)), words(u.Reason), words(u.Source), u.Verdict})
	}
	return out
}
