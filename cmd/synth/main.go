// Command synth turns the answers that medical and dental practices give to IT questionnaires, kept as notes in an
// Obsidian vault, into analyses, and shows where each statement comes from. See README.md.
package main

import (
	"os"
	"runtime/debug"
)

// gcPercent lets the memory grow by half more than Go would before it is looked through for what is no longer needed: a
// tenth of the time of a check or of a build of many clients for a tenth of the memory, of which the largest vaults leave
// enough.
const gcPercent = 150

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(newApp().run(os.Args[1:]))
}
