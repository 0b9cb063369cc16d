package plan

import "math/bits"

// set holds indexes of actions, whose order is that of their ids.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

// with gives a set with one more.
func (s set) with(i int) set {
	out := append(set(nil), s...)
	out[i/64] |= 1 << (i % 64)
	return out
}

// union gives the members of either.
func (s set) union(o set) set {
	out := append(set(nil), s...)
	for i := range o {
		out[i] |= o[i]
	}
	return out
}

// and gives the members of both.
func (s set) and(o set) set {
	out := append(set(nil), s...)
	for i := range o {
		out[i] &= o[i]
	}
	return out
}

// holds tells whether every member of the other is one of this set's.
func (s set) holds(o set) bool {
	for i := range o {
		if o[i]&^s[i] != 0 {
			return false
		}
	}
	return true
}

// compare orders two sets of one size as their lists of ids: the one with the first id that the other lacks comes first.
// Adding the same members to both changes nothing, which is what lets one set stand for another while it grows.
func (s set) compare(o set) int {
	for i := range s {
		if differ := s[i] ^ o[i]; differ != 0 {
			if s[i]>>bits.TrailingZeros64(differ)&1 == 1 {
				return -1
			}
			return 1
		}
	}
	return 0
}

// members lists the indexes in their order.
func (s set) members() []int {
	var out []int
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			out = append(out, 64*i+bits.TrailingZeros64(word))
		}
	}
	return out
}
