package vaultgen

import "strings"

func (w *writer) write(p planned) {
	switch {
	case p.sheet:
		w.sheetHead(p)
		w.addf("# %s\n\n[[%s]]\n\n", p.title, p.client)
		for number := 1; number <= 5 || w.text.Len() < p.size; number++ {
			w.question(number)
		}
		return
	case w.random.IntN(10) < 8: // the others have no head
		w.noteHead(p)
	}
	w.addf("# %s\n\n", p.title)
	for section := 1; w.text.Len() < p.size; section++ {
		w.addf("%s %s %d\n\n", "####"[:2+w.random.IntN(3)], w.any("section"), section)
		for range 1 + w.random.IntN(6) {
			w.block()
		}
	}
}

func (w *writer) noteHead(p planned) {
	w.addf("---\ntitle: %q\naliases: [%s, %s]\ntags:\n  - %s\n  - %s/%s\ndate: %s\n---\n\n",
		p.title, w.any("word"), w.any("word"), w.any("theme"), w.any("theme"), w.any("word"), w.day())
}

// sheetHead writes properties with the names that synth asks for and values that it does not know.
func (w *writer) sheetHead(p planned) {
	theme := w.any("theme")
	w.addf("---\ntitle: %q\nform_id: FORM-%03d\ncategory: %s\ndate_reception: %s\nrespondant: \"%s (%s)\"\ntags:\n  - %s\nbacklinks:\n",
		p.title, w.random.IntN(60), theme, w.day(), w.any("respondent"), w.any("word"), theme)
	for range 1 + w.random.IntN(3) {
		w.addf("  - \"[[%s]]\"\n", w.link())
	}
	w.addf("---\n\n")
}

func (w *writer) question(number int) {
	w.addf("### %d. %s %s ?\n\n", number, w.any("question"), w.any("word"))
	switch w.random.IntN(4) {
	case 0:
		w.addf("**%s :** %d/10\n\n", w.any("answer"), w.random.IntN(11))
	case 1:
		ticked := w.any("scale")
		for _, option := range w.words["scale"] {
			mark := " "
			if option == ticked {
				mark = "x"
			}
			w.addf("- [%s] %s\n", mark, option)
		}
		w.addf("\n")
	case 2:
		w.addf("> [!question] %s\n> %s : %s\n\n", w.any("answer"), w.any("scale"), w.sentence())
	default:
		w.paragraph()
	}
}

func (w *writer) block() {
	switch w.random.IntN(12) {
	case 0, 1:
		w.list()
	case 2:
		w.addf("> [!note]- %s\n> %s\n> - %s\n\n", w.any("word"), w.sentence(), w.sentence())
	case 3:
		w.table()
	case 4:
		w.addf("```go\n%s\nreturn %d\n```\n\n", strings.Join(w.words["code"], "\n"), w.random.IntN(1000))
	case 5:
		w.addf("![[%s]]\n\n![%s](images/%%C3%%A9tage.png)\n\n", w.link(), w.any("image"))
	case 6:
		w.addf("%s [%s](https://example.org/%d), `[[code]]` ^b%04d\n\n", w.any("see"), w.any("word"), w.random.IntN(1000), w.random.IntN(10_000))
	default:
		w.paragraph()
	}
}

func (w *writer) list() {
	marker := []string{"- ", "- [ ] ", "- [x] ", "1. "}[w.random.IntN(4)]
	for range 2 + w.random.IntN(6) {
		w.addf("%s%s\n", marker, w.sentence())
	}
	w.addf("\n")
}

func (w *writer) table() {
	w.addf("| %s | %s | %s |\n| --- | ---: | --- |\n", w.any("word"), w.any("word"), w.any("word"))
	for range 2 + w.random.IntN(6) {
		w.addf("| %s | %d | %s %s |\n", w.any("word"), w.random.IntN(100), w.any("word"), w.any("word"))
	}
	w.addf("\n")
}

func (w *writer) paragraph() {
	for range 1 + w.random.IntN(4) {
		w.addf("%s ", w.sentence())
	}
	w.addf("\n\n")
}

// sentence gives 6 to 19 words, one in 33 of them a link, a tag or bold.
func (w *writer) sentence() string {
	var words []string
	for range 6 + w.random.IntN(14) {
		word := w.any("word")
		switch w.random.IntN(100) {
		case 0:
			word = "[[" + w.link() + "]]"
		case 1:
			word = "#" + word + "/" + w.any("theme")
		case 2:
			word = "**" + word + "**"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ") + "."
}
