//go:build linux

package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/synth-vault/synth/internal/result"
)

// The name of a note may get lost when its folder cannot be synced. Then every note of that folder is told, and none of
// them is claimed to be written; those of other folders are.
func TestFailedSyncOfAFolderIsTold(t *testing.T) {
	dir := snapshot{}.lay(t)
	for _, code := range []string{"ble", "lac"} {
		write(t, dir, code+"/Client.md", "---\ncategory: client\ncode: "+code+"\ntitle: Cabinet "+code+"\ncountry: CH\n---\n")
		write(t, dir, code+"/Acces.md", sheet("acces_it_"+code, "2025-08-01", "- [x] nulle_part\n\n^mfa"))
	}
	tr := newTracer(t)
	tr.paths = []string{filepath.Join(dir, "ble")}
	r, err := tr.run("fsync:error=EIO", "build", "--json", dir)
	if err != nil || !r.fired || r.status != exitFault {
		t.Fatalf("fired: %v, exit status %d, error %v: %s", r.fired, r.status, err, r.stderr)
	}
	var d result.Document
	if err := json.Unmarshal([]byte(r.stdout), &d); err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, p := range d.Problems {
		told[p.Path] = p.Code
	}
	seen := 0
	for _, client := range d.Clients {
		for _, n := range client.Notes {
			want, code := "created", ""
			if strings.HasPrefix(n.Path, "ble/") {
				want, code = "refused", "unwritable"
			}
			if seen++; n.Status != want || told[n.Path] != code {
				t.Errorf("%s is %s, told as %q", n.Path, n.Status, told[n.Path])
			}
		}
	}
	if seen != 6 {
		t.Errorf("%d notes, not 3 for each of 2 clients", seen)
	}
}
