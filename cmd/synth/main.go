// Command synth turns the answers that medical and dental practices give to IT questionnaires, kept as notes in an
// Obsidian vault, into analyses, and shows where each statement comes from. See README.md.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

const (
	// firstCollection is the size of the heap, in MiB, below which nothing is looked through for what is no longer needed:
	// most runs end before, and those of many clients spent a fifth of their time on looking. The largest vaults leave that
	// much memory.
	firstCollection = 64
	smallestHeap    = 4 // MiB, what the runtime waits for at 100 percent
	usualPercent    = 100
)

func main() {
	if os.Getenv("GOGC") == "" {
		waitWithCollecting()
	}
	os.Exit(newApp().run(os.Args[1:]))
}

// waitWithCollecting puts the first garbage collection off until the heap has firstCollection; the first one, which finds
// the mark, goes back to what is usual.
func waitWithCollecting() {
	debug.SetGCPercent(usualPercent * firstCollection / smallestHeap)
	runtime.AddCleanup(new([32]byte), func(percent int) { debug.SetGCPercent(percent) }, usualPercent)
}
