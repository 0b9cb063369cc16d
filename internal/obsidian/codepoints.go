package obsidian

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// codePoints counts as utf8.RuneCount does, which copies the text. Characters
// of one byte or two are counted several at a time.
func codePoints(text []byte) (count int) {
	for at := 0; at < len(text); {
		for at+8 <= len(text) {
			eight := binary.LittleEndian.Uint64(text[at:])
			high := eight & highest
			if high == 0 {
				at, count = at+8, count+8
				continue
			}
			first, second := firstOfTwo(eight), high&^(eight<<1)
			if first|second != high || second != first<<8 { // a longer character, or none
				break
			}
			cut := int(first >> 63) // one more begins at the end
			at, count = at+8-cut, count+8-cut-bits.OnesCount64(second)
		}
		if at == len(text) {
			break
		}
		size := 1
		if text[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(text[at:])
		}
		at, count = at+size, count+1
	}
	return count
}

// highest has the highest bit of each of eight bytes.
const highest = 0x8080808080808080

// firstOfTwo gives the highest bit of each of eight bytes with which a
// character of two begins: 110xxxxx, from C2 on.
func firstOfTwo(eight uint64) uint64 {
	return highest & eight & (eight << 1) &^ (eight << 2) & (eight<<3 | eight<<4 | eight<<5 | eight<<6)
}
