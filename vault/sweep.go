package vault

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// isTemporary tells of the files that a writer makes beside those it writes.
func isTemporary(entry fs.DirEntry) bool {
	return isTemporaryName(entry.Name()) && entry.Type().IsRegular()
}

func isTemporaryName(name string) bool {
	return strings.HasPrefix(name, ".synth-") && strings.HasSuffix(name, ".tmp")
}

// Interrupted tells whether a run that wrote to the vault ended before its
// time, or is still writing. [Begin] tells the two apart.
func (v *Vault) Interrupted() bool { return interrupted(v.dir, v.stale) }

func interrupted(dir string, stale []string) bool {
	if len(stale) > 0 {
		return true
	}
	for _, folder := range []string{objectsFolder, runsFolder, unfiledFolder} {
		entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(folder)))
		if err == nil && slices.ContainsFunc(entries, isLeftBehind) {
			return true
		}
	}
	return false
}

// isLeftBehind tells of what is in the history's folders only while a run writes.
func isLeftBehind(entry fs.DirEntry) bool {
	return isTemporary(entry) || path.Ext(entry.Name()) == string(runOpen)
}

// Swept gives the paths of what interrupted runs left behind, sorted: temporary
// files, which are removed, and journals that were not ended, which are. It is
// empty where no run was interrupted.
func (s *Session) Swept() []string { return slices.Clone(s.swept) }

// sweep makes good what interrupted runs left behind. Nobody else writes now,
// so every temporary file that is still there is theirs.
func (s *Session) sweep(stale []string) {
	for _, folder := range []string{objectsFolder, runsFolder, unfiledFolder} {
		entries, err := s.history.list(folder)
		if err != nil {
			s.problems = append(s.problems, historyProblem(err))
		}
		for _, entry := range entries {
			if isTemporary(entry) {
				stale = append(stale, path.Join(folder, entry.Name()))
			}
		}
	}
	for _, name := range stale {
		s.note(name, s.w.root.Remove(name))
	}
	runs, err := s.history.runs()
	if err != nil {
		s.problems = append(s.problems, historyProblem(err))
	}
	for _, r := range runs {
		if r.state == runOpen {
			s.note(r.path(), s.history.move(r, runDone))
		}
	}
	slices.Sort(s.swept)
}

// note remembers what became of something left behind. What is gone by now was
// another run's, which has ended since the vault was read.
func (s *Session) note(name string, err error) {
	switch {
	case err == nil:
		s.swept = append(s.swept, name)
	case !errors.Is(err, fs.ErrNotExist):
		s.problems = append(s.problems, writeProblem(name, err))
	}
}
