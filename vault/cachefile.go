package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
)

// The cache, what it is written to before it takes its name, and its first
// words, which change with its form.
const (
	cacheFile   = ownFolder + "/cache"
	cacheDraft  = ownFolder + "/cache.tmp"
	cacheFormat = "synth cache 1 "
)

// maxCache bounds what is kept, and what is read of it.
const maxCache = 16 << 20

// kept is a cache file: a line with the format and a hash of all that follows,
// a line of JSON, and the answer.
type kept struct {
	Fingerprint []byte   `json:"fingerprint"`
	Folders     []string `json:"folders"`
	answer      []byte
}

func (k kept) bytes() ([]byte, error) {
	head, err := json.Marshal(k)
	if err != nil {
		return nil, err
	}
	rest := append(append(head, '\n'), k.answer...)
	sum := sha256.Sum256(rest)
	return append([]byte(cacheFormat+hex.EncodeToString(sum[:])+"\n"), rest...), nil
}

// parseKept tells nothing of a file that is not, to its last byte, what bytes
// gave.
func parseKept(data []byte) (k kept, ok bool) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	sum := sha256.Sum256(rest)
	if string(first) != cacheFormat+hex.EncodeToString(sum[:]) {
		return kept{}, false
	}
	head, answer, _ := bytes.Cut(rest, []byte("\n"))
	err := json.Unmarshal(head, &k)
	k.answer = answer
	return k, err == nil
}

// readKept reads a vault's cache. There is one, good or not, if it is found.
func readKept(root *os.Root) (k kept, found bool) {
	info, err := root.Lstat(cacheFile)
	if err != nil || !info.Mode().IsRegular() {
		return kept{}, false
	}
	f, err := root.Open(cacheFile)
	if err != nil {
		return kept{}, true
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxCache+1))
	if err != nil || len(data) > maxCache {
		return kept{}, true
	}
	k, _ = parseKept(data)
	return k, true
}
