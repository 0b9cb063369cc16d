package assess

import (
	"maps"
	"slices"
	"testing"
)

// What a template of a sentence can call is what a sentence may use.
func TestSentencesHaveTheirFunctions(t *testing.T) {
	given := slices.Sorted(maps.Keys(functions(nil)))
	for _, name := range given {
		if !isFunction(name) {
			t.Errorf("no sentence may use %q", name)
		}
	}
	for name := range newLoader(nil, "fr").functions {
		if !isFunction(name) {
			t.Errorf("%q is read and refused", name)
		}
	}
	if isFunction("printf") {
		t.Error("a sentence may format what it likes")
	}
}
