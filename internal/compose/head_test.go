package compose

import (
	"strings"
	"testing"
)

func TestFormIDs(t *testing.T) {
	for id, want := range map[string]bool{
		"acces_it_cdt": true, "A-1": true, strings.Repeat("a", 64): true,
		"": false, "a b": false, "a.b": false, "é": false, "a\n": false, strings.Repeat("a", 65): false,
	} {
		if got := isFormID(id); got != want {
			t.Errorf("%q is a form's id: %t, want %t", id, got, want)
		}
	}
}
