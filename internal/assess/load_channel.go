package assess

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"

	"github.com/synth-vault/synth/internal/questionnaire"
	"github.com/synth-vault/synth/internal/strictyaml"
)

// mailDomain is a domain of addresses, in lower case; *. before it stands for what lies below.
var mailDomain = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)

// loadChannels reads the channels, if the catalogue has any.
func (l *loader) loadChannels() {
	if _, err := fs.Stat(l.fsys, ChannelsFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	f := l.open(ChannelsFile)
	if f == nil {
		return
	}
	root := strictyaml.Open(f.root, &f.sink)
	root.String("checked_on")
	l.day(f, root.Node("checked_on"))
	for _, e := range root.Map("uses") {
		if !isLowerID(e.Key.Value) {
			f.add(e.Key, "id_invalid", "the id %q holds something else than lower-case letters, digits and _", e.Key.Value)
		}
		l.model.Purposes = append(l.model.Purposes, Purpose{e.Key.Value, strictyaml.Text(e.Value, &f.sink)})
	}
	each(root.List("classes"), f, l.readClass)
	each(root.List("channels"), f, l.readChannel)
	root.Close()
}

func (l *loader) readClass(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	c := Class{ID: l.claim(f, fields, kindClass), Title: fields.String("title"),
		Traits: Traits{fields.String("readers"), fields.String("hosting"), fields.String("encryption")}, Uses: l.uses(f, fields)}
	for _, p := range l.model.Purposes {
		if find(c.Uses, func(u *Use) bool { return u.Purpose == p.ID }) == nil {
			f.add(n, "use_missing", "the class %q has no verdict on %q", c.ID, p.ID)
		}
	}
	fields.Close()
	l.model.Classes = append(l.model.Classes, c)
}

func (l *loader) readChannel(f *file, n *strictyaml.Node) {
	fields := strictyaml.Open(n, &f.sink)
	c := Channel{ID: l.claim(f, fields, kindChannel), Title: fields.String("title"), Class: fields.String("class"),
		Jurisdiction: fields.String("jurisdiction"), Names: fields.Strings("names"), Domains: fields.Strings("domains"),
		Traits: Traits{fields.OptString("readers"), fields.OptString("hosting"), fields.OptString("encryption")}, Uses: l.uses(f, fields)}
	l.among(f, fields.Node("jurisdiction"), Jurisdictions()...)
	if len(c.Names)+len(c.Domains) == 0 {
		f.add(n, "channel_nameless", "no name and no domain tells of the channel %q", c.ID)
	}
	for _, name := range c.Names {
		words := foldWords(name)
		c.folded = append(c.folded, words)
		if len(words) == 0 {
			f.add(fields.Node("names"), "name_invalid", "%q holds no word", name)
		}
	}
	for _, domain := range c.Domains {
		l.checkMailDomain(f, fields.Node("domains"), domain, c)
	}
	if class := l.model.Class(c.Class); class != nil {
		c.inherit(class)
	} else if c.Class != "" {
		f.add(fields.Node("class"), "class_unknown", "there is no class of channels %q", c.Class).Hint = near(c.Class, l.model.classIDs())
	}
	fields.Close()
	l.model.Channels = append(l.model.Channels, c)
}

func (l *loader) checkMailDomain(f *file, n *strictyaml.Node, domain string, c Channel) {
	if !mailDomain.MatchString(domain) {
		f.add(n, "domain_invalid", "%q is no domain of addresses", domain).Hint = "write it in small letters: example.org, or *.example.org"
	}
	twice := func(other *Channel) bool {
		count := 0
		for _, d := range other.Domains {
			if d == domain {
				count++
			}
		}
		return other.ID != c.ID && count > 0 || count > 1
	}
	if find(l.model.Channels, twice) != nil || twice(&c) {
		f.add(n, "domain_twice", "the domain %q stands twice", domain)
	}
}

// inherit takes from the class what the channel does not say.
func (c *Channel) inherit(class *Class) {
	inherit := func(own *string, from string) {
		if *own == "" {
			*own = from
		}
	}
	inherit(&c.Traits.Readers, class.Traits.Readers)
	inherit(&c.Traits.Hosting, class.Traits.Hosting)
	inherit(&c.Traits.Encryption, class.Traits.Encryption)
	uses := slices.Clone(class.Uses)
	for i, u := range uses {
		if own := find(c.Uses, func(o *Use) bool { return o.Purpose == u.Purpose }); own != nil {
			uses[i] = *own
		}
	}
	c.Uses = uses
}

// uses reads the verdicts, in the order of the purposes.
func (l *loader) uses(f *file, fields *strictyaml.Fields) []Use {
	given := map[string]Use{}
	for _, e := range fields.Map("uses") {
		if find(l.model.Purposes, func(p *Purpose) bool { return p.ID == e.Key.Value }) == nil {
			f.add(e.Key, "use_unknown", "%q is none of the uses that the file begins with", e.Key.Value)
			continue
		}
		one := strictyaml.Open(e.Value, &f.sink)
		given[e.Key.Value] = Use{e.Key.Value, Verdict(one.String("verdict")), one.String("reason"), one.String("source")}
		var words []string
		for _, v := range Verdicts() {
			words = append(words, string(v))
		}
		l.among(f, one.Node("verdict"), words...)
		one.Close()
	}
	var out []Use
	for _, p := range l.model.Purposes {
		if u, ok := given[p.ID]; ok {
			out = append(out, u)
		}
	}
	return out
}

// channelLeaf reads a condition about the channels that an answer names.
func (l *loader) channelLeaf(f *file, q *questionnaire.Question, ref questionnaire.Ref, n *strictyaml.Node) *Condition {
	if q.Type != questionnaire.Text && q.Type != questionnaire.Named {
		f.add(n, "condition_type", "%s asks an answer in words, and %s is a %s", OnChannel, ref, q.Type)
		return nil
	}
	class := strictyaml.Text(n, &f.sink)
	channels := l.model.inClass(class)
	if len(channels) == 0 {
		f.add(n, "class_unknown", "no channel in %s is of the class %q", ChannelsFile, class).Hint = near(class, l.model.classIDs())
		return nil
	}
	return &Condition{Op: OnChannel, Question: ref, Class: class, channels: channels}
}

func (m *Model) classIDs() []string {
	var out []string
	for _, c := range m.Classes {
		out = append(out, c.ID)
	}
	return out
}
