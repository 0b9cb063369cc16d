package vault

import (
	"strings"
	"testing"
)

func TestObjectNames(t *testing.T) {
	for name, want := range map[string]bool{
		hash(nil): true, strings.Repeat("f", 64): true,
		"": false, strings.Repeat("f", 63): false, strings.Repeat("F", 64): false, strings.Repeat("f", 31) + "/../" + strings.Repeat("f", 29): false,
	} {
		if got := isObjectName(name); got != want {
			t.Errorf("%q names an object: %t, want %t", name, got, want)
		}
	}
}
