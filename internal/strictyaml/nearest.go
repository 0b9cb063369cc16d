package strictyaml

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Nearest returns the known word that a misspelt one most likely stands for,
// or "" when none is near. Case and accents do not count; beyond that, one
// change is allowed for every three letters of the word, and at least one. A
// change is a letter added, dropped or replaced, or two neighbours swapped.
// Among equally near words the first wins.
func Nearest(word string, known []string) string {
	letters := folded(word)
	if len(letters) == 0 {
		return ""
	}
	nearest := ""
	least := max(1, len(letters)/3) + 1
	for _, candidate := range known {
		other := folded(candidate)
		if gap := len(letters) - len(other); gap >= least || -gap >= least {
			continue
		}
		if changes := distance(letters, other); changes < least {
			nearest, least = candidate, changes
		}
	}
	return nearest
}

// folded returns the letters of a word in lower case and without accents.
func folded(word string) []rune {
	var letters []rune
	for _, char := range norm.NFD.String(strings.ToLower(word)) {
		if !unicode.Is(unicode.Mn, char) {
			letters = append(letters, char)
		}
	}
	return letters
}

// distance counts the changes from one word to another, none of them within a
// pair of letters that was swapped (optimal string alignment). It keeps three
// rows of the table of distances between their beginnings.
func distance(from, to []rune) int {
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(from); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(to); j++ {
			replaced := last[j-1]
			if from[i-1] != to[j-1] {
				replaced++
			}
			row[j] = min(replaced, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(to)]
}
