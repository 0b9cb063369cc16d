package plan

import (
	"maps"
	"slices"
)

// merge puts the sets of one cluster together with those of others. The last time what a set brings is its score: then
// nothing else can tell two sets apart.
func (s *search) merge(a, b []node, last bool) []node {
	nodes := append(s.pairs(a, b, last, false), s.pairs(a, b, last, true)...)
	if last {
		return prune(nodes, nil)
	}
	return s.narrow(prune(nodes, nil), func() []tally { return []tally{{}} })
}

// pairs joins every node of one front with every one of the other, bounds or sets, as long as no set that costs less
// brings as much.
func (s *search) pairs(a, b []node, last, bounds bool) []node {
	whole, other := newFront(a), newFront(b)
	whole.critical, whole.high = whole.critical+other.critical, whole.high+other.high
	left, right := byEffort(a), byEffort(b)
	for _, effort := range sums(left, right) {
		var open []node
		for _, x := range slices.Sorted(maps.Keys(left)) {
			for _, n := range left[x] {
				for _, m := range right[effort-x] {
					if (n.bound || m.bound) != bounds {
						continue
					}
					s.visited++
					if t := s.joined(n, m, last); !whole.dominated("", t) {
						open = append(open, node{effort: effort, count: n.count + m.count, chosen: n.chosen.union(m.chosen), at: []tally{t}, bound: bounds})
					}
				}
			}
		}
		slices.SortFunc(open, node.compare)
		for _, n := range open {
			whole.offer("", n)
		}
	}
	return whole.nodes
}

// joined is what two nodes bring together.
func (s *search) joined(n, m node, last bool) tally {
	t := n.at[0].plus(m.at[0])
	if last {
		return tally{points: s.score(t.points, t)}
	}
	return t
}

func byEffort(nodes []node) map[int][]node {
	out := map[int][]node{}
	for _, n := range nodes {
		out[n.effort] = append(out[n.effort], n)
	}
	return out
}

// sums lists the efforts that two fronts make together, from the least.
func sums(left, right map[int][]node) []int {
	found := map[int]bool{}
	for x := range left {
		for y := range right {
			found[x+y] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
