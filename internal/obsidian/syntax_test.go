package obsidian

import "testing"

func TestComment(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"in a line", "a %%b%% c", `paragraph("a " comment("%%b%%") " c")`},
		{"over two lines", "a %%b\nc%% d", `paragraph("a " comment("%%b\nc%%") " d")`},
		{"two in a line", "%%a%% b %%c%%", `paragraph(comment("%%a%%") " b " comment("%%c%%"))`},
		{"not closed in the paragraph", "a %%b\n\nc", `paragraph("a %%b") paragraph("c")`},
		{"empty", "a %%%% b", `paragraph("a " comment("%%%%") " b")`},
		{"one sign", "50 % and 60 %", `paragraph("50 % and 60 %")`},
		{"escaped", `\%%a%%`, `paragraph("\\%%a%%")`},
		{"a line of its own", "%% a %%\n- b", `commentblock("%% a %%\n") list(listitem(textblock("b")))`},
		{"a line in a paragraph", "a\n%% b %%\nc", `paragraph("a\n" comment("%% b %%") "\nc")`},
		{"a block with a heading", "%%\n# a\n\n- b\n%%\nc", `commentblock("%%\n# a\n\n- b\n%%\n") paragraph("c")`},
		{"a block after a paragraph", "a\n%%\n# b\n%%", `paragraph("a") commentblock("%%\n# b\n%%")`},
		{"text after the end", "%%\na\n%% b", `commentblock("%%\na\n%%") paragraph("b")`},
		{"never closed", "%% a\n\nb", `commentblock("%% a\n\nb")`},
		{"in a quote", "> %%\n> a\n> %%\n> b", `blockquote(commentblock("%%\na\n%%\n") paragraph("b"))`},
		{"in an item", "- a\n\n  %% b %%", `list(listitem(paragraph("a") commentblock("%% b %%")))`},
		{"in code", "`%%a%%`", `paragraph(codespan("%%a%%"))`},
		{"CRLF", "%%\r\na\r\n%%\r\nb\r\n", `commentblock("%%\r\na\r\n%%\r\n") paragraph("b")`},
	})
}

func TestMath(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"formula", "a $x_1$ b", `paragraph("a " math("$x_1$") " b")`},
		{"amounts", "$5 and $6", `paragraph("$5 and $6")`},
		{"a digit follows", "$a$5", `paragraph("$a$5")`},
		{"spaced", "$ a $", `paragraph("$ a $")`},
		{"escaped dollar inside", `$a\$b$`, `paragraph(math("$a\\$b$"))`},
		{"display in a line", "a $$x$$ b", `paragraph("a " math("$$x$$") " b")`},
		{"block", "$$\na\n- b\n$$\nc", `mathblock("$$\na\n- b\n$$\n") paragraph("c")`},
		{"block in a line", "$$a$$", `mathblock("$$a$$")`},
	})
}

func TestCallout(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"title and body", "> [!danger] A *b*\n> c", `callout:danger(callouttitle("A " emphasis("b")) paragraph("c"))`},
		{"open", "> [!Tip]+ A", `callout:tip+(callouttitle("A"))`},
		{"folded without title", "> [!note]-\n> a", `callout:note-(paragraph("a"))`},
		{"type alone", "> [!note]", "callout:note()"},
		{"meta", "> [!note|wide] A", `callout:note|wide(callouttitle("A"))`},
		{"unknown type", "> [!my type] A", `callout:my type(callouttitle("A"))`},
		{"nested", "> [!a]\n> > [!b] B\n> > c", `callout:a(callout:b(callouttitle("B") paragraph("c")))`},
		{"in an item", "- > [!a] A", `list(listitem(callout:a(callouttitle("A"))))`},
		{"after a paragraph", "a\n> [!b]", `paragraph("a") callout:b()`},
		{"list in it", "> [!a]\n> - b", `callout:a(list(listitem(textblock("b"))))`},
		{"CRLF", "> [!a] A\r\n> b\r\n", `callout:a(callouttitle("A") paragraph("b"))`},
		{"second line", "> a\n> [!note]", `blockquote(paragraph("a\n[!note]"))`},
		{"no type", "> [!] a", `blockquote(paragraph("[!] a"))`},
		{"blank type", "> [! ] a", `blockquote(paragraph("[! ] a"))`},
		{"glued title", "> [!note]a", `blockquote(paragraph("[!note]a"))`},
		{"escaped", `> \[!note\] a`, `blockquote(paragraph("\\[!note\\] a"))`},
		{"plain quote", "> a", `blockquote(paragraph("a"))`},
	})
}

func TestHighlight(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"words", "a ==b c== d", `paragraph("a " highlight("b c") " d")`},
		{"markup inside", "==a *b*==", `paragraph(highlight("a " emphasis("b")))`},
		{"spaced", "a == b == c", `paragraph("a == b == c")`},
		{"three signs", "===a===", `paragraph("===a===")`},
		{"one sign", "a=b=c", `paragraph("a=b=c")`},
		{"in code", "`==a==`", `paragraph(codespan("==a=="))`},
	})
}

func TestTag(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"word", "a #b c", `paragraph("a " tag(b) " c")`},
		{"at the start", "#a", `paragraph(tag(a))`},
		{"nested", "#a/b-c_d", `paragraph(tag(a/b-c_d))`},
		{"accents and emoji", "#été🌞", `paragraph(tag(été🌞))`},
		{"digits alone", "#1984", `paragraph("#1984")`},
		{"digits and a letter", "#y1984", `paragraph(tag(y1984))`},
		{"ends at punctuation", "#a, b", `paragraph(tag(a) ", b")`},
		{"inside a word", "C#a", `paragraph("C#a")`},
		{"escaped", `\#a`, `paragraph("\\#a")`},
		{"heading", "# a", `heading("a")`},
	})
}

func TestBlockID(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"paragraph", "a ^b-1", `paragraph("a " blockid(b-1))`},
		{"blanks after", "a ^b  \n", `paragraph("a " blockid(b))`},
		{"heading", "# a ^b", `heading("a " blockid(b))`},
		{"item", "- a ^b\n- c", `list(listitem(textblock("a " blockid(b))) listitem(textblock("c")))`},
		{"alone", "- a\n\n^b", `list(listitem(textblock("a"))) paragraph(loneblockid(b))`},
		{"alone below text", "a\n^b", `paragraph("a\n" loneblockid(b))`},
		{"CRLF", "a ^b\r\n", `paragraph("a " blockid(b))`},
		{"not the last line", "a ^b\nc", `paragraph("a ^b\nc")`},
		{"not the end", "a ^b c", `paragraph("a ^b c")`},
		{"glued", "a^b", `paragraph("a^b")`},
		{"underscore", "a ^b_c", `paragraph("a ^b_c")`},
		{"escaped", `a \^b`, `paragraph("a \\^b")`},
		{"callout title", "> [!a] A ^b", `callout:a(callouttitle("A ^b"))`},
	})
}

func TestTaskMark(t *testing.T) {
	testOutlines(t, []outlineCase{
		{"open", "- [ ] a", `list(listitem(textblock(taskmark(" ") " a")))`},
		{"done", "* [x] a", `list(listitem(textblock(taskmark("x") " a")))`},
		{"any mark", "1. [é] a", `list(listitem(textblock(taskmark("é") " a")))`},
		{"nothing after", "- [-]", `list(listitem(textblock(taskmark("-"))))`},
		{"loose list", "- [x] a\n\n- b", `list(listitem(paragraph(taskmark("x") " a")) listitem(paragraph("b")))`},
		{"second paragraph", "- a\n\n  [x] b", `list(listitem(paragraph("a") paragraph("[x] b")))`},
		{"no list", "[x] a", `paragraph("[x] a")`},
		{"two characters", "- [xx] a", `list(listitem(textblock("[xx] a")))`},
		{"no mark", "- [] a", `list(listitem(textblock("[] a")))`},
		{"link", "- [x](u)", `list(listitem(textblock(link("x"))))`},
		{"wikilink", "- [[x]] a", `list(listitem(textblock(wikilink([[x]]) " a")))`},
	})
}
