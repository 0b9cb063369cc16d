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
		if at+8 <= len(text) {
			if n, size := shortCodePoints(binary.LittleEndian.Uint64(text[at:])); size > 0 {
				at, count = at+size, count+n
				continue
			}
		}
		count++
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return count
}

// shortCodePoints counts the characters in eight bytes, and gives the size of
// all of them but for one that the bytes cut off. It is 0 if a character has
// more than two bytes, or is none.
func shortCodePoints(eight uint64) (count, size int) {
	const highest = 0x8080808080808080
	high := eight & highest
	if high == 0 {
		return 8, 8
	}
	second := high &^ (eight << 1)                                                             // 10xxxxxx
	first := high & (eight << 1) &^ (eight << 2) & (eight<<3 | eight<<4 | eight<<5 | eight<<6) // 110xxxxx from C2 on
	if second != first<<8 || first|second != high {
		return 0, 0
	}
	cut := int(first >> 63)
	return 8 - cut - bits.OnesCount64(second), 8 - cut
}
