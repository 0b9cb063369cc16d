package questionnaire

import (
	"regexp"
	"strconv"
	"time"

	"github.com/synth-vault/synth/vault"
)

var (
	isoDate      = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$`)
	dayFirstDate = regexp.MustCompile(`^(\d{1,2})[./](\d{1,2})[./](\d{4})$`)
)

// ParseDate reads 2025-07-31, with or without a time behind it, or day first 31.07.2025 and 31/07/2025, and gives
// YYYY-MM-DD. There is no guessing: month first is not accepted, and neither is a day that the calendar lacks.
func ParseDate(s string) (string, bool) {
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return s, true
	}
	var year, month, day string
	if m := isoDate.FindStringSubmatch(s); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := dayFirstDate.FindStringSubmatch(s); m != nil {
		year, month, day = m[3], pad(m[2]), pad(m[1])
	} else {
		return "", false
	}
	iso := year + "-" + month + "-" + day
	if _, err := time.Parse(time.DateOnly, iso); err != nil {
		return "", false
	}
	return iso, true
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// date reads a property that must be a date.
func date(path string, p vault.Property) (string, *vault.Problem) {
	if d, ok := ParseDate(p.Text()); ok {
		return d, nil
	}
	found := at(path, p, "date_invalid", p.Name+" "+quoted(p.Text())+" is not a date", "write it as 2025-07-31 or 31.07.2025")
	return "", &found
}

// quoted shows a text that may hold anything in a message.
func quoted(s string) string { return strconv.QuoteToGraphic(s) }

// DaysBetween counts the days from one ISO date to another; 0 where one of them is no date.
func DaysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}
