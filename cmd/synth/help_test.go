package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// notSo are the examples of the help that end in another status than 0 where the test runs them, with the reason.
var notSo = map[string]int{
	"synth intake --again --client cdt --questionnaire correspondance": exitNotSo, // nothing waits in the inbox
	"synth intake --again --client cdt":                                exitNotSo,
	"synth model doc modele -o ~/Vault/Documentation --check":          exitNotSo, // nothing is written there yet
}

// endless are the examples that run until they are interrupted, which their own tests do.
var endless = []string{"synth build --watch examples/suisse"}

// before are the lines that make the folder one in which the examples of a command mean something.
var before = map[string]string{
	"synth model":       "synth model init modele",
	"synth model check": "synth model init modele",
	"synth model list":  "synth model init modele",
	"synth model doc":   "synth model init modele",
	"synth model test":  "synth model init modele",
	"synth verify":      "cp examples/suisse/Clients/*Tilleuls/*Synthèse*.md copy.md",
	"synth undo":        "for v in examples/suisse ~/Vault; do rm $v/Clients/*/*Synthèse*.md && synth build $v; done",
}

// Every command shows at least two examples, says what its exit status means, and each example runs as it stands there:
// in a shell, beside examples/, or in the folder of a vault where it names no other.
func TestHelpExamplesRun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the examples are lines for a shell")
	}
	for _, cmd := range commands(newRoot(newApp())) {
		t.Run(strings.ReplaceAll(cmd.CommandPath(), " ", "_"), func(t *testing.T) {
			t.Parallel()
			examples := strings.Split(strings.TrimSpace(cmd.Example), "\n")
			if len(examples) < 2 || !strings.Contains(cmd.Example, cmd.CommandPath()) {
				t.Errorf("%s shows %d examples: %s", cmd.CommandPath(), len(examples), cmd.Example)
			}
			if !cmd.HasSubCommands() && !strings.Contains(cmd.Long, "Exit status: 0 ") {
				t.Errorf("%s does not say what its exit status means", cmd.CommandPath())
			}
			project := exampleProject(t)
			if line, ok := before[cmd.CommandPath()]; ok {
				if status, output := project.run("cd " + project.dir + " && " + line); status != exitDone {
					t.Fatalf("%s: exit status %d:\n%s", line, status, output)
				}
			}
			for _, line := range examples {
				line = strings.TrimSpace(line)
				if slices.Contains(endless, line) {
					continue
				}
				run := strings.Replace(line, " --ask ", " --ask --accessible ", 1) // there is no terminal here
				if status, output := project.run(run); status != notSo[line] {
					t.Errorf("%s: exit status %d, want %d:\n%s", line, status, notSo[line], output)
				}
			}
		})
	}
}

// commands lists a command and all below it, but for cobra's own.
func commands(root *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{root}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "completion" && c.Name() != "help" {
			out = append(out, commands(c)...)
		}
	}
	return out
}

// project is a folder with all that the examples name: examples/, modele/, and a vault in the home folder.
type project struct {
	t              *testing.T
	dir, home, bin string
}

func exampleProject(t *testing.T) project {
	t.Helper()
	p := project{t, t.TempDir(), t.TempDir(), t.TempDir()}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.Symlink(self, filepath.Join(p.bin, "synth")),
		os.CopyFS(filepath.Join(p.dir, "examples"), os.DirFS(examples)),
		os.CopyFS(filepath.Join(p.home, "Vault"), os.DirFS(filepath.Join(examples, "suisse"))),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// run runs a line in a shell and gives its exit status.
func (p project) run(line string) (status int, output string) {
	p.t.Helper()
	words := strings.Fields(line)
	dir := filepath.Join(p.home, "Vault")
	for _, word := range words {
		if strings.HasPrefix(word, "examples/") || word == "modele" {
			dir = p.dir
		}
	}
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader("q\n")
	cmd.Env = append(os.Environ(), "HOME="+p.home, "PATH="+p.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		p.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
