// Command synth turns the answers that medical and dental practices give to IT questionnaires, kept as notes in an
// Obsidian vault, into analyses, and shows where each statement comes from. See README.md.
package main

import "os"

func main() { os.Exit(newApp().run(os.Args[1:])) }
