package plan

import (
	"cmp"
	"maps"
	"slices"
)

// narrow keeps as many nodes as the breadth allows, the best of every effort first, and puts a bound in the place of the
// others of that effort.
func (s *search) narrow(nodes []node, hope func() []tally) []node {
	if len(nodes) <= s.breadth {
		return nodes
	}
	byEffort := map[int][]node{}
	var kept, dropped []node
	for _, n := range nodes {
		if n.bound {
			kept = append(kept, n)
			continue
		}
		byEffort[n.effort] = append(byEffort[n.effort], n)
	}
	efforts := slices.Sorted(maps.Keys(byEffort))
	for _, e := range efforts {
		slices.SortStableFunc(byEffort[e], promising)
	}
	room := s.breadth
	for rank := 0; len(kept)+len(dropped) < len(nodes); rank++ {
		for _, e := range efforts {
			switch list := byEffort[e]; {
			case rank >= len(list):
			case room > 0:
				kept = append(kept, list[rank])
				room--
			default:
				dropped = append(dropped, list[rank])
			}
		}
	}
	kept = append(kept, s.bounds(dropped, hope())...)
	slices.SortStableFunc(kept, node.compare)
	return kept
}

// promising puts the nodes of one effort in the order in which they are followed.
func promising(a, b node) int {
	return cmp.Or(cmp.Compare(a.at[0].critical, b.at[0].critical), cmp.Compare(a.at[0].high, b.at[0].high),
		cmp.Compare(b.at[0].points, a.at[0].points), a.compare(b))
}

// bounds gives for each effort the best that nodes could become with what is hoped for.
func (s *search) bounds(dropped []node, hope []tally) []node {
	best := map[int]node{}
	for _, n := range dropped {
		b, ok := best[n.effort]
		if !ok {
			b = node{effort: n.effort, chosen: newSet(len(s.options)), at: slices.Clone(n.at), bound: true}
		}
		for i, t := range n.at {
			b.at[i] = tally{max(b.at[i].points, t.points), min(b.at[i].critical, t.critical), min(b.at[i].high, t.high)}
		}
		best[n.effort] = b
	}
	var out []node
	for _, effort := range slices.Sorted(maps.Keys(best)) {
		b := best[effort]
		for i, t := range b.at {
			t = t.plus(hope[i])
			b.at[i] = tally{t.points, max(0, t.critical), max(0, t.high)}
		}
		out = append(out, b)
	}
	return out
}
