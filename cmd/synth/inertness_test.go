package main

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/synth-vault/synth/vault"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extensionast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// inertness checks generated notes: nothing in them acts but what synth itself puts there.
type inertness struct {
	vault  *vault.Vault
	blocks map[string][]string // the block ids of each note that something links to
}

// triggers are bytes that Markdown, Obsidian or a plugin acts on and that no note of ours needs.
var triggers = []string{"<%", "{{", "::", "~~~", "<!--", "$$", "://", "\x1b"}

var (
	marker  = regexp.MustCompile(`^%% synth:(begin [a-z-]+ [0-9a-f]{16}|end [a-z-]+|regions( [a-z-]+)+) %%$`)
	callout = regexp.MustCompile(`^(> )?\[![a-z]+\]`)
	code    = regexp.MustCompile(`^[A-Z0-9-]{1,16}$`)
	fence   = regexp.MustCompile("^```(mermaid)?$")
)

func (c *inertness) check(t *testing.T, n *vault.Note) {
	t.Helper()
	data, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := n.Property("category")
	c.checkBytes(t, n.Path(), string(data))
	c.checkProperties(t, n)
	c.checkTree(t, n.Path(), kind.Text() == "feuille_de_route", data)
	c.checkLinks(t, n)
}

func (c *inertness) checkBytes(t *testing.T, name, note string) {
	t.Helper()
	for _, trigger := range triggers {
		if i := strings.Index(note, trigger); i >= 0 {
			t.Errorf("%q holds %q: %q", name, trigger, note[max(0, i-40):min(len(note), i+40)])
		}
	}
	for line := range strings.SplitSeq(note, "\n") {
		switch {
		case strings.Contains(line, "%%") && !marker.MatchString(line),
			strings.Contains(line, "```") && !fence.MatchString(line),
			strings.Count(line, "[!") > len(callout.FindAllString(line, 1)):
			t.Errorf("%q holds the line %q", name, line)
		}
		for rest := line; ; {
			_, after, found := strings.Cut(rest, "](")
			if !found {
				break
			}
			destination, _, _ := strings.Cut(after, ")")
			c.checkDestination(t, name, destination)
			rest = after
		}
	}
}

// checkDestination wants a Markdown link to lead to a note of the vault: synth writes one where a file's name would
// act in a wikilink.
func (c *inertness) checkDestination(t *testing.T, name, destination string) {
	t.Helper()
	file, _, _ := strings.Cut(destination, "#")
	decoded, err := url.PathUnescape(file)
	if _, ok := c.vault.Note(decoded); err != nil || !ok || strings.ContainsAny(destination, "<>{}[]$~:` ") {
		t.Errorf("%q links to %q", name, destination)
	}
}

func (c *inertness) checkProperties(t *testing.T, n *vault.Note) {
	t.Helper()
	properties, err := n.Properties()
	if err != nil {
		t.Error(err)
	}
	for _, p := range properties {
		for _, v := range p.Values {
			form, known := propertyForms[p.Name]
			switch {
			case known && form.MatchString(v.Text):
			case slices.Contains(nameProperties, p.Name) && isName(v.Text):
			case p.Name == "backlinks":
				if link, ok := vault.ParseLink(v.Text); ok && c.vault.Resolve(n.Path(), link).Path != "" {
					continue
				}
				fallthrough
			default:
				t.Errorf("%q: the property %s holds %q", n.Path(), p.Name, v.Text)
			}
		}
	}
}

// isName reports whether a text is a name or a client's code, or words of ours followed by one.
func isName(text string) bool {
	if _, name, found := strings.Cut(text, " – "); found {
		text = name
	}
	_, ok := vault.NewName(vault.Received(text))
	return ok || code.MatchString(text)
}

var commonMark = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()

// checkTree fails on every construct that no note of ours needs. A roadmap has tasks, and a chart in a fence.
func (c *inertness) checkTree(t *testing.T, name string, roadmap bool, note []byte) {
	t.Helper()
	_, body, _ := strings.Cut(string(note), "\n---\n")
	src := []byte(body)
	quotes := 0
	err := ast.Walk(commonMark.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch v := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML, *ast.CodeBlock, *ast.CodeSpan, *ast.Image, *ast.AutoLink, *ast.ThematicBreak,
			*extensionast.FootnoteLink, *extensionast.Footnote, *extensionast.DefinitionList, *extensionast.Strikethrough:
			t.Errorf("%q has a %s", name, n.Kind())
		case *ast.FencedCodeBlock:
			if !roadmap || string(v.Language(src)) != "mermaid" {
				t.Errorf("%q has a code block", name)
			}
		case *extensionast.TaskCheckBox:
			if !roadmap || quotes > 0 {
				t.Errorf("%q has a task", name)
			}
		case *ast.Link:
			c.checkDestination(t, name, string(v.Destination))
		case *ast.Heading:
			if quotes > 0 {
				t.Errorf("%q has a heading in a quote", name)
			}
		case *ast.Blockquote:
			if entering {
				quotes++
			} else {
				quotes--
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, remarks, _ := strings.Cut(body, "%% synth:begin remarques ")
	remarks, _, _ = strings.Cut(remarks, "%% synth:end remarques ")
	checkQuotes(t, name, []byte(remarks))
}

// checkQuotes wants nothing but text in the quotes of a respondent's remarks.
func checkQuotes(t *testing.T, name string, remarks []byte) {
	t.Helper()
	inside := 0
	_ = ast.Walk(commonMark.Parse(text.NewReader(remarks)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if _, ok := n.(*ast.Blockquote); ok {
			inside--
			if entering {
				inside += 2
			}
			return ast.WalkContinue, nil
		}
		switch n.(type) {
		case *ast.Paragraph, *ast.Text:
		default:
			if inside > 0 {
				t.Errorf("%q: a remark is read as a %s", name, n.Kind())
			}
		}
		return ast.WalkContinue, nil
	})
}

// checkLinks wants every link to lead somewhere, and one to a block to lead to that block.
func (c *inertness) checkLinks(t *testing.T, n *vault.Note) {
	t.Helper()
	links, err := n.Links()
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		target := c.vault.Resolve(n.Path(), link).Path
		id, isBlock := strings.CutPrefix(link.Subpath, "^")
		if target == "" || isBlock && !slices.Contains(c.blockIDs(t, target), id) {
			t.Errorf("%q: nothing is at %+v", n.Path(), link)
		}
		if path.Ext(target) != ".md" || link.Embed {
			t.Errorf("%q: %+v is not a link to a note", n.Path(), link)
		}
	}
}

func (c *inertness) blockIDs(t *testing.T, name string) []string {
	t.Helper()
	if ids, ok := c.blocks[name]; ok {
		return ids
	}
	n, _ := c.vault.Note(name)
	blocks, err := n.Blocks()
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, b := range blocks {
		if b.ID != "" {
			ids = append(ids, b.ID)
		}
	}
	c.blocks[name] = ids
	return ids
}
