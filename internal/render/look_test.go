package render

import "testing"

// The sequences are those of "select graphic rendition": 38;5 and 48;5 for colours of the 256, 4 for underlined, 1 for bold,
// 3 for italic and 9 for struck.
func TestLookSequences(t *testing.T) {
	colours := palette{mark: "58"}
	tests := []struct {
		look look
		want string
	}{
		{look{}, ""},
		{look{color: "39"}, "\x1b[38;5;39m"},
		{look{effects: bold}, "\x1b[1m"},
		{look{effects: italic}, "\x1b[3m"},
		{look{effects: struck}, "\x1b[9m"},
		{look{effects: underlined}, "\x1b[4m"},
		{look{effects: marked}, "\x1b[48;5;58m"},
		{look{"39", bold | italic | struck | underlined | marked}, "\x1b[38;5;39;48;5;58;4;1;3;9m"},
	}
	dark, plain := newInks(Dark, colours), newInks(Plain, palette{})
	for _, test := range tests {
		for range 2 { // drawn and remembered
			if got := dark.sequence(test.look); got != test.want {
				t.Errorf("%+v is switched on by %q, want %q", test.look, got, test.want)
			}
		}
		if got := plain.sequence(test.look); got != "" {
			t.Errorf("%+v is switched on by %q without a style", test.look, got)
		}
	}
}
