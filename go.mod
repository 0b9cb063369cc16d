module github.com/synth-vault/synth

go 1.26.0

require (
	// runs the interview on the whole screen; version 1 asks the terminal for its colours before any command begins
	charm.land/bubbletea/v2 v2.0.2
	// asks the interview's questions
	charm.land/huh/v2 v2.0.3
	// splits the head off the catalogue's own templates
	github.com/adrg/frontmatter v0.2.0
	// tests: the peer that drawing is measured against
	github.com/charmbracelet/glamour v1.0.0
	// tells of changed files, for build --watch
	github.com/fsnotify/fsnotify v1.10.1
	// keeps two runs of synth from writing to one vault at once
	github.com/gofrs/flock v0.13.1
	// tests: shows how two values differ
	github.com/google/go-cmp v0.7.0
	// tells how wide a character is in a terminal
	github.com/rivo/uniseg v0.4.7
	// unified diffs for build --diff; tests: testscript
	github.com/rogpeppe/go-internal v1.16.0
	// tests: checks the JSON against its public schema
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	// the command line: flags, help, completion
	github.com/spf13/cobra v1.10.2
	// parses the bodies of notes as CommonMark
	github.com/yuin/goldmark v1.8.7
	// renames a new note into place only where its name is free
	golang.org/x/sys v0.49.0
	// tells a terminal and its width
	golang.org/x/term v0.47.0
	// Unicode normalisation and case folding of names
	golang.org/x/text v0.43.0
	// parses YAML into nodes, behind internal/strictyaml
	gopkg.in/yaml.v3 v3.0.1
)

require (
	charm.land/bubbles/v2 v2.0.0 // indirect
	charm.land/lipgloss/v2 v2.0.1 // indirect
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/alecthomas/chroma/v2 v2.20.0 // indirect
	github.com/atotto/clipboard v0.1.4 // indirect
	github.com/aymanbagabas/go-osc52/v2 v2.0.1 // indirect
	github.com/aymerick/douceur v0.2.0 // indirect
	github.com/catppuccin/go v0.3.0 // indirect
	github.com/charmbracelet/colorprofile v0.4.2 // indirect
	github.com/charmbracelet/lipgloss v1.1.1-0.20250404203927-76690c660834 // indirect
	github.com/charmbracelet/ultraviolet v0.0.0-20260205113103-524a6607adb8 // indirect
	github.com/charmbracelet/x/ansi v0.11.6 // indirect
	github.com/charmbracelet/x/cellbuf v0.0.15 // indirect
	github.com/charmbracelet/x/exp/ordered v0.1.0 // indirect
	github.com/charmbracelet/x/exp/slice v0.0.0-20250327172914-2fdc97757edf // indirect
	github.com/charmbracelet/x/exp/strings v0.0.0-20240722160745-212f7b056ed0 // indirect
	github.com/charmbracelet/x/term v0.2.2 // indirect
	github.com/charmbracelet/x/termios v0.1.1 // indirect
	github.com/charmbracelet/x/windows v0.2.2 // indirect
	github.com/clipperhouse/displaywidth v0.11.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/dlclark/regexp2 v1.11.5 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/gorilla/css v1.0.1 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/lucasb-eyer/go-colorful v1.3.0 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	github.com/mattn/go-runewidth v0.0.20 // indirect
	github.com/microcosm-cc/bluemonday v1.0.27 // indirect
	github.com/mitchellh/hashstructure/v2 v2.0.2 // indirect
	github.com/muesli/cancelreader v0.2.2 // indirect
	github.com/muesli/reflow v0.3.0 // indirect
	github.com/muesli/termenv v0.16.0 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	github.com/xo/terminfo v0.0.0-20220910002029-abceb7e1c41e // indirect
	github.com/yuin/goldmark-emoji v1.0.6 // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/net v0.59.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
	gopkg.in/yaml.v2 v2.3.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
)

tool honnef.co/go/tools/cmd/staticcheck
