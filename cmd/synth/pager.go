package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
)

// page prints a text, in the user's pager if it is longer than the screen.
func (a *app) page(text string, never bool) error {
	if command := a.pager(); !never && a.terminal && a.height > 0 && strings.Count(text, "\n") >= a.height && len(command) > 0 {
		return a.paged(text, command)
	}
	_, err := fmt.Fprint(a.out, text)
	return err
}

// pager gives the words of the pager's command, none to do without: $PAGER, else less where it is installed. No shell
// reads them.
func (a *app) pager() []string {
	if set := strings.Fields(a.env("PAGER")); len(set) > 0 {
		if set[0] == "cat" {
			return nil
		}
		return set
	}
	if _, err := exec.LookPath("less"); err != nil {
		return nil
	}
	return []string{"less", "-R", "-F", "-X"}
}

// paged runs the pager. Whoever leaves it early wants no error; where it cannot run, the text is printed.
func (a *app) paged(text string, command []string) error {
	pager := exec.Command(command[0], command[1:]...)
	pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), a.out, a.err
	pager.Env = os.Environ()
	if a.env("LESS") == "" {
		pager.Env = append(pager.Env, "LESS=FRX")
	}
	interrupts := make(chan os.Signal, 1) // are the pager's to obey: it would be left without its parent
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	err := pager.Run()
	var ended *exec.ExitError
	switch {
	case err == nil || errors.As(err, &ended) || pager.Process != nil:
		return nil
	default:
		_, err = fmt.Fprint(a.out, text)
		return err
	}
}
