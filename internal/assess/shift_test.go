package assess

import "testing"

func TestShiftDirection(t *testing.T) {
	known := func(level int) *Finding { return &Finding{Reading: Reading{Level: level}} }
	unknown := &Finding{Hypothesis: true}
	tests := []struct {
		name          string
		before, after *Finding
		want          Direction
	}{
		{"never applied", nil, nil, ""},
		{"applies now", nil, known(0), Concerned},
		{"applies no more", unknown, nil, Unconcerned},
		{"still not known", unknown, unknown, ""},
		{"known now", unknown, known(4), Settled},
		{"known no more", known(4), unknown, Unsettled},
		{"better within a kind", known(0), known(1), Improved},
		{"worse", known(4), known(3), Worsened},
		{"the same", known(2), known(2), ""},
	}
	for _, test := range tests {
		if got := (Shift{Before: test.before, After: test.after}).direction(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
