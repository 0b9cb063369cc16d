package vault

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"time"
)

// CacheMargin is how much older than a run everything must be for its answer to
// be kept, unless CacheOptions say otherwise. No file system that is trusted
// has a clock that coarse.
const CacheMargin = 2 * time.Second

// CacheOptions says what an answer depends on besides the vault.
type CacheOptions struct {
	Key    string        // such as the options of the run
	Files  []string      // files anywhere, such as the program itself
	Margin time.Duration // see CacheMargin, which 0 stands for; tests may set a negative one
}

// Cache remembers what a run said of a vault, for as long as a run would say
// the same. It is one answer, in the vault's .synth/cache, and a fingerprint of
// everything that it depends on:
//
//   - the cache's format, the user, and the key;
//   - the stamp of each of the named files: size, mode, inode, and the times
//     of its last change and of its last writing;
//   - the name and the stamp of the vault's folder and of every file and folder
//     in it that is not hidden, ignored ones and attachments too;
//   - the same, hidden or not, of the folders that were included;
//   - what Obsidian's settings say of links, which is all that is read of them.
//
// Of .synth it is only looked whether a run was interrupted: then there is no
// answer, and none is kept.
//
// The stamps are taken before anything is read, and an answer is only kept if
// all of them were older by then than the file system's clock by a margin. So
// whatever changes later gets another stamp, also where its size and its time
// of writing are set back. An answer is neither used nor kept where stamps say
// too little: on systems and file systems that are not known to keep them, in
// a vault with symbolic links, and in one that lies on several disks.
//
// The cache may be deleted at any time. One that is torn, damaged or another
// version's counts as none, as does one that came from elsewhere: nobody knows
// the stamps that a vault will get on another machine.
type Cache struct {
	listing *Listing
	root    *os.Root // nil where nothing can be kept
	margin  time.Duration
	base    [sha256.Size]byte // of all but the included folders
	folders []includedFolder
	answer  []byte
	known   bool
}

// includedFolder is one that an answer depends on, too.
type includedFolder struct {
	name string
	stamps
}

// OpenCache lists a vault as [List] does and looks for the answer that was
// kept. It fails where Open does. The cache must be closed.
func OpenCache(dir string, o CacheOptions) (*Cache, error) {
	root := openOwn(dir)
	named := stampFiles(o.Files)
	listing, err := listFolder(dir, root != nil)
	if err != nil {
		closeRoot(root)
		return nil, err
	}
	c := &Cache{listing: listing, root: root, margin: cmp.Or(o.Margin, CacheMargin)}
	if root == nil {
		return c, nil
	}
	whole := named.whole && listing.stamps.whole && !interrupted(dir, listing.found.stale)
	c.base = o.base(named, listing)
	before, found := readKept(root)
	if found && whole && c.agrees(before) {
		c.answer, c.known = before.answer, true
		return c, nil
	}
	if found {
		_ = root.Remove(cacheFile) // it says nothing of the vault as it is
	}
	c.keepIf(whole, named.newest.latest(listing.stamps.newest))
	return c, nil
}

// openOwn opens a vault that has a folder of ours, nil for any other.
func openOwn(dir string) *os.Root {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil
	}
	if info, err := root.Lstat(ownFolder); err != nil || !info.IsDir() {
		closeRoot(root)
		return nil
	}
	return root
}

// closeRoot needs no error: nothing was written to the folder itself.
func closeRoot(root *os.Root) {
	if root != nil {
		_ = root.Close()
	}
}

// base makes the fingerprint of all that is known from the beginning.
func (o CacheOptions) base(named stamps, l *Listing) [sha256.Size]byte {
	record := binary.LittleEndian.AppendUint64([]byte(cacheFormat), uint64(os.Geteuid()))
	record = append(append(record, named.digest[:]...), l.stamps.digest[:]...)
	if l.fullPaths {
		record = append(record, 1)
	} else {
		record = append(record, 0)
	}
	return sha256.Sum256(append(record, o.Key...))
}

// fingerprint adds the folders to the rest.
func (c *Cache) fingerprint(folders []includedFolder) []byte {
	record := c.base[:]
	for _, f := range folders {
		record = append(append(record, f.name...), 0)
		record = append(record, f.digest[:]...)
	}
	sum := sha256.Sum256(record)
	return sum[:]
}

// agrees tells whether what was kept is of the vault as it is.
func (c *Cache) agrees(before kept) bool {
	var folders []includedFolder
	for _, name := range before.Folders {
		sum := stampFolder(c.listing, name)
		if !sum.whole {
			return false
		}
		folders = append(folders, includedFolder{name, sum})
	}
	return bytes.Equal(before.Fingerprint, c.fingerprint(folders))
}

// keepIf allows an answer to be kept only if the stamps tell everything and
// are older than the present.
func (c *Cache) keepIf(whole bool, newest instant) {
	if whole {
		now, err := c.clock()
		whole = err == nil && settled(newest, now, c.margin)
	}
	if !whole {
		c.Close()
	}
}

// clock asks for the time that the file system gives to what changes now.
func (c *Cache) clock() (instant, error) {
	f, err := c.draft()
	if err != nil {
		return instant{}, err
	}
	s, err := stampOpen(f)
	return s.changed, errors.Join(err, f.Close(), c.root.Remove(cacheDraft))
}

// draft makes the file that is to become the cache, in the place of one that an
// interrupted run left.
func (c *Cache) draft() (*os.File, error) {
	_ = c.root.Remove(cacheDraft) // there hardly ever is one
	return c.root.OpenFile(cacheDraft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Listing gives what the vault holds, as it was before anything was read.
func (c *Cache) Listing() *Listing { return c.listing }

// Answer gives what was kept of the vault as it is now. The bytes must not be
// changed.
func (c *Cache) Answer() (answer []byte, known bool) { return c.answer, c.known }

// Include makes the answer depend on a folder of the vault, its hidden files
// too, by its slash-separated path. It must be called before anything in the
// folder is read.
func (c *Cache) Include(folder string) {
	if c.root == nil {
		return
	}
	sum := stampFolder(c.listing, folder)
	c.folders = append(c.folders, includedFolder{folder, sum})
	c.keepIf(sum.whole, sum.newest)
}

// Keep keeps what was said of the vault, where it may be kept. That it cannot be
// is no problem: the next run reads the vault.
func (c *Cache) Keep(answer []byte) {
	if c.root == nil || c.known {
		return
	}
	k := kept{Fingerprint: c.fingerprint(c.folders), answer: answer}
	for _, f := range c.folders {
		k.Folders = append(k.Folders, f.name)
	}
	data, err := k.bytes()
	if err != nil || len(data) > maxCache {
		return
	}
	f, err := c.draft()
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = c.root.Rename(cacheDraft, cacheFile)
	}
	if err != nil {
		_ = c.root.Remove(cacheDraft) // else the next run does
	}
}

// Close ends the use of the cache. What it gave stays good.
func (c *Cache) Close() {
	closeRoot(c.root)
	c.root = nil
}
