package intake

import "testing"

// Every shape of a moment that a form, a mail or a spreadsheet gives, worked out by hand; what cannot be told is refused.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		text, day string
		sure      zone
	}{
		{"2018-11-03T07:28:29.707632", "2018-11-03", assumed},
		{"2026-04-20T20:22:43.449977+00:00", "2026-04-20", given},
		{"2026-04-20T23:22:43-05:00", "2026-04-21", given},
		{"10:08 AM - 30 May 2026", "2026-05-30", assumed},
		{"09:15 AM UTC - 30 May 2019", "2019-05-30", given},
		{"2024-08-11 23:25:40", "2024-08-11", assumed},
		{"46200.5", "2026-06-27", assumed},
		{"2025/07/31 12:00:00", "2025-07-31", assumed},
		{"2025/07/31", "2025-07-31", given},
		{"2026/04/20 12:30:12 AM UTC+1", "2026-04-19", given},
		{"2026/04/20 11:30:12 PM GMT-10", "2026-04-21", given},
		{"Mon, 2 Mar 2026 23:30:00 -0200", "2026-03-03", given},
		{"Mon, 02 Mar 2026 10:00:00 GMT", "2026-03-02", given},
		{"31/12/2025 10:00", "2025-12-31", dayFirst},
		{"31.12.2025 10:00", "2025-12-31", assumed},
		{"31.12.2025", "2025-12-31", given},
	} {
		if iso, sure, ok := day(c.text); !ok || iso != c.day || sure != c.sure {
			t.Errorf("%q: %q, %d, %v", c.text, iso, sure, ok)
		}
	}
	for _, text := range []string{"12/31/2025 10:00", "5/6/2025 3:04:05 PM", "2026/04/20 12:30:12 AM CET", "2025-13-40", "hier", "30 mai 2026", "1776715363"} {
		if iso, _, ok := day(text); ok {
			t.Errorf("%q is taken for %s", text, iso)
		}
	}
}
