package render

import (
	"html"
	"strings"
)

// htmlText gives what a reader sees of HTML: no tags, no comments, no scripts, and a line for each block.
func htmlText(source string) string {
	var b strings.Builder
	for source != "" {
		open := strings.IndexByte(source, '<')
		if open < 0 {
			break
		}
		b.WriteString(html.UnescapeString(source[:open]))
		source = source[open:]
		size := tagSize(source)
		name, closing := tagName(source[:size])
		switch {
		case size == 0:
			b.WriteByte('<')
			size = 1
		case !closing && (name == "script" || name == "style"):
			size = len(source) - len(after(source, "</"+name))
		case breaksLine(name):
			b.WriteByte('\n')
		}
		source = source[size:]
	}
	b.WriteString(html.UnescapeString(source))
	return b.String()
}

// after gives what follows the first place of a word, "" without one; case does not matter for ASCII.
func after(source, word string) string {
	for at := 0; at+len(word) <= len(source); at++ {
		if strings.EqualFold(source[at:at+len(word)], word) {
			return source[at:]
		}
	}
	return ""
}

// tagSize measures the tag or comment at the start of a text, 0 if there is none.
func tagSize(source string) int {
	if strings.HasPrefix(source, "<!--") {
		if end := strings.Index(source, "-->"); end >= 0 {
			return end + len("-->")
		}
		return len(source)
	}
	if len(source) < 2 || !strings.ContainsRune("/!?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", rune(source[1])) {
		return 0
	}
	const longest = 1000 // so that many that never end take no more than linear time
	var quote byte
	for i := 1; i < min(len(source), longest); i++ {
		switch c := source[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return 0
}

// tagName gives the name of the element that a tag opens or closes, in lower case.
func tagName(tag string) (name string, closing bool) {
	tag, closing = strings.CutPrefix(strings.TrimPrefix(tag, "<"), "/")
	end := strings.IndexFunc(tag, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') })
	if end >= 0 {
		tag = tag[:end]
	}
	return strings.ToLower(tag), closing
}

func breaksLine(name string) bool {
	switch name {
	case "br", "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "details", "hr", "blockquote", "pre":
		return true
	}
	return false
}
