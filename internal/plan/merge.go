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

// pair is a node of each of two fronts.
type pair struct{ a, b node }

// pairs joins every node of one front with every one of the other, bounds or sets, as long as no set that costs less
// brings as much.
func (s *search) pairs(a, b []node, last, bounds bool) []node {
	byEffort := map[int][]pair{}
	for _, x := range a {
		for _, y := range b {
			if (x.bound || y.bound) == bounds {
				byEffort[x.effort+y.effort] = append(byEffort[x.effort+y.effort], pair{x, y})
			}
		}
	}
	whole, other := newFront(a), newFront(b)
	whole.critical, whole.high = whole.critical+other.critical, whole.high+other.high
	for _, effort := range slices.Sorted(maps.Keys(byEffort)) {
		var open []node
		for _, p := range byEffort[effort] {
			s.visited++
			t := p.a.at[0].plus(p.b.at[0])
			if last {
				t = tally{points: s.score(t.points, t)}
			}
			if !whole.dominated("", t) {
				open = append(open, node{effort: effort, count: p.a.count + p.b.count, chosen: p.a.chosen.union(p.b.chosen),
					at: []tally{t}, bound: bounds})
			}
		}
		slices.SortFunc(open, node.compare)
		for _, n := range open {
			whole.offer("", n)
		}
	}
	return whole.nodes
}
