package intake

import (
	"strconv"
	"strings"
	"time"

	"github.com/synth-vault/synth/internal/questionnaire"
)

// The shapes of a moment, by whether they say their zone.
var (
	zonedShapes = []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 Z0700",
		"3:04 PM UTC - 2 January 2006", "2006-01-02 15:04:05 UTC", "2006/01/02", "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 GMT",
		"2006/01/02 3:04:05 PM -07", "2006/01/02 15:04:05 -07"}
	bareShapes = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "3:04 PM - 2 January 2006", "2006/01/02 15:04:05", "2006/01/02 15:04", "2006/01/02 3:04:05 PM",
		"02.01.2006 15:04:05", "02.01.2006 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04"}
	slashDate    = pattern(`^(\d{1,2}/\d{1,2}/\d{4})[ ,]+\d{1,2}:\d{2}(:\d{2})?$`)
	zoneDistance = pattern(`^(.* )(?:UTC|GMT)([+-])(\d{1,2})$`)
	spreadsheet  = pattern(`^(\d{5})([.,]\d+)?$`)
)

// numbered writes a zone that stands as its distance to UTC, "UTC+1", as a number alone: no other name of a zone means the
// same everywhere.
func numbered(s string) string {
	m := zoneDistance().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	return m[1] + m[2] + strings.Repeat("0", 2-len(m[3])) + m[3]
}

// zone says how sure a day is.
type zone uint8

const (
	given    zone = iota // the moment says its zone, or is a day only
	assumed              // it does not: taken for UTC
	dayFirst             // taken for UTC, and its day is taken to stand before its month
)

// day reads the moment at which a submission was sent and gives the day in UTC. There is no guessing: where month and
// day cannot be told apart by the shape, the day stands first, as everywhere in a vault.
func day(s string) (iso string, sure zone, ok bool) {
	s = strings.TrimSpace(s)
	for _, shape := range zonedShapes {
		if t, err := time.Parse(shape, numbered(s)); err == nil {
			return plausible(t.UTC(), given)
		}
	}
	for _, shape := range bareShapes {
		if t, err := time.Parse(shape, s); err == nil {
			return plausible(t, assumed)
		}
	}
	if m := slashDate().FindStringSubmatch(s); m != nil {
		iso, ok := questionnaire.ParseDate(m[1])
		return iso, dayFirst, ok
	}
	if m := spreadsheet().FindStringSubmatch(s); m != nil {
		if days, err := strconv.Atoi(m[1]); err == nil {
			return plausible(time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC), assumed)
		}
	}
	iso, ok = questionnaire.ParseDate(s)
	if strings.Contains(s, "/") {
		return iso, dayFirst, ok
	}
	return iso, given, ok
}

// plausible keeps to years of four digits, as notes do.
func plausible(t time.Time, sure zone) (string, zone, bool) {
	return t.Format(time.DateOnly), sure, t.Year() >= 1000 && t.Year() <= 9999
}
