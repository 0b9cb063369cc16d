package vault

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// stamp is what the system tells of a file without reading it. Whatever is done
// to a file gives it another stamp: the time of its last change cannot be set
// back, and a file that took another's name has another inode.
type stamp struct {
	size, inode, device uint64
	mode                uint32
	changed, modified   instant
}

// append adds the stamp's bytes, always the same number. What lies on another
// device is refused elsewhere.
func (s stamp) append(to []byte) []byte {
	for _, n := range [...]uint64{s.size, s.inode, uint64(s.mode),
		uint64(s.changed.seconds), uint64(s.changed.nanoseconds), uint64(s.modified.seconds), uint64(s.modified.nanoseconds)} {
		to = binary.LittleEndian.AppendUint64(to, n)
	}
	return to
}

// instant is a time as the file system keeps it.
type instant struct{ seconds, nanoseconds int64 }

func (t instant) compare(other instant) int {
	return cmp.Or(cmp.Compare(t.seconds, other.seconds), cmp.Compare(t.nanoseconds, other.nanoseconds))
}

func (t instant) latest(other instant) instant {
	if t.compare(other) < 0 {
		return other
	}
	return t
}

// settled tells whether the newest of some files is older by a margin than now,
// which is a time of the same file system: from then on a change gives another
// time. A file that changed just now may change again within one tick of the
// clock, so that nothing tells the two from each other.
func settled(newest, now instant, margin time.Duration) bool {
	limit := time.Unix(now.seconds, now.nanoseconds).Add(-margin)
	return newest.compare(instant{limit.Unix(), int64(limit.Nanosecond())}) < 0
}

// stamps is the stamps of many files.
type stamps struct {
	digest [sha256.Size]byte
	newest instant
	whole  bool // nothing is missing
}

// stampFiles gives the stamps of files, wherever they lie.
func stampFiles(names []string) stamps {
	sum := stamps{whole: true}
	var record []byte
	for _, name := range names {
		s, err := stampOf(name)
		if err != nil {
			return stamps{}
		}
		record = s.append(binary.LittleEndian.AppendUint64(record, s.device))
		sum.newest = sum.newest.latest(s.changed).latest(s.modified)
	}
	sum.digest = sha256.Sum256(record)
	return sum
}

// walkStamped walks and gives the stamps of everything, the root included. They
// are not whole where a folder could not be listed; where a symbolic link
// leads to what is not looked at; and where a part lies on another disk than
// the rest, whose clock or whose ways are unknown.
func (w *walker) walkStamped() (listed, stamps) {
	root, err := stampOf(w.dir)
	w.device = cmp.Or(w.device, root.device)
	w.stamped = err == nil && root.device == w.device && isTrusted(w.dir)
	found := w.walk()
	sum := stamps{newest: root.changed.latest(root.modified), whole: w.stamped}
	record := root.append(nil)
	for _, f := range found.folders {
		record = append(append(record, f.path...), 0)
		record = append(record, f.stamps.digest[:]...)
		sum.newest = sum.newest.latest(f.stamps.newest)
		sum.whole = sum.whole && f.stamps.whole
	}
	sum.digest = sha256.Sum256(record)
	return found, sum
}

// stampFolder gives the stamps of all that is in a folder of a vault, hidden
// files included.
func stampFolder(l *Listing, name string) stamps {
	if !fs.ValidPath(name) || name == "." {
		return stamps{} // what synth itself keeps would be in it
	}
	for at := name; at != "."; at = path.Dir(at) {
		info, err := os.Lstat(filepath.Join(l.dir, filepath.FromSlash(at)))
		if err != nil || !info.IsDir() {
			return stamps{}
		}
	}
	w := walker{dir: filepath.Join(l.dir, filepath.FromSlash(name)), hidden: true, device: l.device}
	_, sum := w.walkStamped()
	return sum
}
