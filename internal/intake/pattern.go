package intake

import (
	"regexp"
	"sync"
)

// pattern gives a regular expression that is compiled when it is first asked for: most commands read no submission, and
// every one would pay for it at its start.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
