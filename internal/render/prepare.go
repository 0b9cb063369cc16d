package render

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// stretch is a piece of the source that goldmark takes for text.
type stretch struct {
	start, stop int
	code        bool // in a code span, where a backslash is one
}

// prepare readies a source for glamour, which reads text in its own way: it keeps most backslashes, and decodes
// references that are escaped, stand in code or are put together across markup. So in text each escape becomes a
// reference, which it does decode, and each ampersand that starts no reference becomes one to itself.
//
// Only what goldmark takes for text changes, and to characters that mean nothing to it, so the structure stays.
func prepare(source string) (ready string, err error) {
	defer func() {
		if p := recover(); p != nil {
			ready, err = "", fmt.Errorf("cannot read the document: %v", p)
		}
	}()
	source = visible(source)
	stretches, err := stretchesOf(source)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	done := 0
	for _, s := range stretches {
		if s.start < done {
			continue
		}
		b.WriteString(source[done:s.start])
		rewrite(&b, source, s)
		done = s.stop
	}
	b.WriteString(source[done:])
	return b.String(), nil
}

// stretchesOf finds the text of a document, in its order. The parser has glamour's extensions, so that both see the same.
func stretchesOf(source string) ([]stretch, error) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList))
	var out []stretch
	document := md.Parser().Parse(text.NewReader([]byte(source)))
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.String:
			// Glamour would print a warning on the standard output.
			return ast.WalkStop, fmt.Errorf("cannot draw a node of kind %s", n.Kind())
		case *ast.Image:
			return ast.WalkSkipChildren, nil // the one text that glamour does not decode
		case *ast.Text:
			_, code := n.Parent().(*ast.CodeSpan)
			out = append(out, stretch{n.Segment.Start, n.Segment.Stop, code})
		}
		return ast.WalkContinue, nil
	})
	slices.SortFunc(out, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })
	return out, err
}

// rewrite writes one stretch of text in the form that glamour reads right.
func rewrite(b *strings.Builder, source string, s stretch) {
	for i := s.start; i < s.stop; {
		rest := source[i:s.stop]
		r, length := utf8.DecodeRuneInString(rest)
		written := rest[:length]
		switch {
		case r == '&' && s.code:
			written = "&amp;"
		case r == '&':
			written, length = ampersand(rest)
		case r == '\\' && !s.code && len(rest) > 1 && isPunctuation(rest[1]):
			written, length = escaped(source, i), 2
		case !besideDelimiter(source, i, length):
			written = asCell(source, i, written)
		}
		b.WriteString(written)
		i += length
	}
}

// ampersand writes what starts with one, and tells how many bytes it stands for.
func ampersand(rest string) (written string, length int) {
	ref := reference.FindString(rest)
	if !strings.HasPrefix(rest, ref) || !strings.HasSuffix(ref, ";") {
		return "&amp;", 1
	}
	switch decoded := html.UnescapeString(ref); {
	case utf8.RuneCountInString(decoded) > 2:
		// No name that is known, or one that only begins so: "&notit;" would become "¬it;".
		return "&amp;", 1
	case decoded == `\`:
		return decimal('\\'), len(ref)
	case decoded == "\u00A0" || decoded == "\u202F":
		return toCells.Replace(decoded), len(ref)
	}
	return ref, len(ref)
}

// asCell gives a character the form in which no line breaks at it.
func asCell(source string, at int, character string) string {
	if cell := markCells.Replace(character); cell != character && !isLong(source, at) {
		return cell
	}
	return toCells.Replace(character)
}

// escaped gives what a backslash escapes in the form that shows it.
func escaped(source string, at int) string {
	character := source[at+1 : at+2]
	if cell := asCell(source, at, character); cell != character && !besideDelimiter(source, at, 2) {
		return cell
	}
	return decimal(character[0])
}

// besideDelimiter tells whether a character stands beside one that may open or close emphasis. Whether it does depends on
// the spaces around it, so a space there has to stay one.
func besideDelimiter(source string, at, length int) bool {
	const delimiters = "*_~"
	before := at > 0 && strings.IndexByte(delimiters, source[at-1]) >= 0
	return before || at+length < len(source) && strings.IndexByte(delimiters, source[at+length]) >= 0
}

// decimal gives the reference to a character of punctuation. A backslash is doubled: once references are decoded, glamour
// takes it for an escape.
func decimal(c byte) string {
	ref := "&#" + strconv.Itoa(int(c)) + ";"
	if c == '\\' {
		return ref + ref
	}
	return ref
}

// isPunctuation tells of ASCII punctuation, which is what a backslash escapes.
func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7F && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}
