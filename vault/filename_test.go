package vault

import (
	"strings"
	"testing"
)

func TestFileName(t *testing.T) {
	tests := []struct{ words, want string }{
		{"Correspondance – CDP", "Correspondance – CDP"},
		{"🖥\uFE0F  Accès\u00A0IT ", "🖥 Accès IT"},
		{"e\u0301te\u0301", "été"},
		{"AC/DC: live? \"yes\" <no> *", "AC-DC live yes no"},
		{"a#b^c|d[e]", "a b c-d e"},
		{"100 %% sure", "100 sure"},
		{"..hidden", "hidden"},
		{"The end... ", "The end"},
		{"con", "con_"},
		{"Aux.1", "Aux_.1"},
		{"COM¹", "COM¹_"},
		{"console", "console"},
		{"a\u202Eb\u200Dc", "abc"},
		{"tab\tnew\nline", "tab new line"},
		{"???", "_"},
		{"", "_"},
		{"..", "_"},
		{strings.Repeat("é", 101), strings.Repeat("é", 100)},
		{strings.Repeat("a", 199) + "é", strings.Repeat("a", 199)},
		{strings.Repeat("a", 199) + " b", strings.Repeat("a", 199)},
	}
	for _, test := range tests {
		if got := FileName(test.words); got != test.want {
			t.Errorf("%q gives %q, want %q", test.words, got, test.want)
		}
	}
}

func TestFileNameOfHostileText(t *testing.T) {
	for id, text := range hostileStrings(t) {
		checkFileName(t, id, text)
	}
}

func checkFileName(t *testing.T, id, words string) {
	t.Helper()
	name := FileName(words)
	if err := Portable(name + ".md"); err != nil {
		t.Errorf("%s: %v", id, err)
	}
	if again := FileName(name); again != name {
		t.Errorf("%s: %q becomes %q when made again", id, name, again)
	}
	if len(name) > maxMadeName+1 || strings.ContainsAny(name, `/\#^[]|`) || strings.Contains(name, "%%") {
		t.Errorf("%s: the name is %q", id, name)
	}
}

func TestPortable(t *testing.T) {
	tests := []struct{ path, want string }{
		{"Clients/Étude 🧭/Note (2).md", ""},
		{"a b/[x] #y.md", ""},
		{"", "empty"},
		{"/a.md", "empty part"},
		{"a//b.md", "empty part"},
		{"a/", "empty part"},
		{"../a.md", "begins with a dot"},
		{"a/./b.md", "begins with a dot"},
		{".obsidian/a.md", "begins with a dot"},
		{"a./b.md", "ends in a dot"},
		{"a /b.md", "ends in a dot or a space"},
		{"con.md", "device"},
		{"x/LPT9 .txt/a.md", "device"},
		{"CONOUT$", "device"},
		{"C:/a.md", "':'"},
		{`a\b.md`, `'\\'`},
		{"a\nb.md", `'\n'`},
		{"a?.md", "'?'"},
		{"\xff.md", "UTF-8"},
		{strings.Repeat("a", 253) + ".md", "255 bytes"},
		{strings.Repeat("abcdefghi/", 100) + "a.md", "1000 bytes"},
	}
	for _, test := range tests {
		err := Portable(test.path)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.path, err, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	same := [][2]string{
		{"LOG", "log"}, {"Été", "e\u0301te\u0301"}, {"ΣΑΣ", "σας"}, {"\u212A", "k"}, {"ſ", "S"}, {"ẞ", "ß"},
	}
	for _, pair := range same {
		if fold(pair[0]) != fold(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	differ := [][2]string{{"ß", "ss"}, {"İ", "i"}, {"ı", "i"}, {"é", "e"}, {"a", "b"}}
	for _, pair := range differ {
		if fold(pair[0]) == fold(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
	if got := fold("Folder/NOTE.MD"); got != "folder/note.md" {
		t.Errorf("ASCII folds to %q", got)
	}
}
