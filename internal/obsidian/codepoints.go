package obsidian

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// codePoints counts as utf8.RuneCount does, which copies the text. ASCII is
// counted several bytes at a time.
func codePoints(text []byte) (count int) {
	for at := 0; at < len(text); count++ {
		if at+8 <= len(text) {
			others := binary.LittleEndian.Uint64(text[at:]) & 0x8080808080808080
			ascii := bits.TrailingZeros64(others) / 8
			at, count = at+ascii, count+ascii
			if ascii == 8 {
				count--
				continue
			}
		}
		switch c := text[at]; {
		case c < utf8.RuneSelf:
			at++
		case c >= 0xC2 && c <= 0xDF && at+1 < len(text) && text[at+1]&0xC0 == 0x80:
			at += 2
		default:
			_, size := utf8.DecodeRune(text[at:])
			at += size
		}
	}
	return count
}
