package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// node is a set of actions on the way to a plan: what it costs, and what it brings.
type node struct {
	effort, count int
	chosen        set
	at            []tally // of the domains that are being decided
	// bound marks no set of actions but the best that any of the sets could become that were not followed.
	bound bool
}

// compare says which of two nodes that bring the same is to be preferred.
func (n node) compare(o node) int {
	return cmp.Or(cmp.Compare(n.effort, o.effort), cmp.Compare(n.count, o.count), n.chosen.compare(o.chosen))
}

// front keeps nodes that no other is better than in every respect. Nodes are offered in their order, so that a node is
// only worth keeping where it brings more than every one before it.
type front struct {
	critical, high int              // the most that any node holds
	best           map[string][]int // by what must be equal: 1 more than the most points within so many critical and high
	nodes          []node
}

// newFront makes room for nodes.
func newFront(nodes []node) *front {
	f := &front{best: map[string][]int{}}
	for _, n := range nodes {
		f.critical, f.high = max(f.critical, n.at[0].critical), max(f.high, n.at[0].high)
	}
	return f
}

// dominated tells whether a kept node with the same key brings as much.
func (f *front) dominated(key string, t tally) bool {
	best := f.best[key]
	return best != nil && best[t.critical*(f.high+1)+t.high] > t.points
}

// offer keeps a node unless it is dominated.
func (f *front) offer(key string, n node) {
	t := n.at[0]
	if f.dominated(key, t) {
		return
	}
	best := f.best[key]
	if best == nil {
		best = make([]int, (f.critical+1)*(f.high+1))
		f.best[key] = best
	}
	for critical := t.critical; critical <= f.critical; critical++ {
		for high := t.high; high <= f.high; high++ {
			at := critical*(f.high+1) + high
			best[at] = max(best[at], t.points+1)
		}
	}
	f.nodes = append(f.nodes, n)
}

// prune drops the nodes that another one dominates: one that is preferred, brings as much in the first domain and the
// same in the others, and agrees on the actions of live, which decide what can follow. Bounds are dropped where a set
// brings as much, and drop no set.
func prune(nodes []node, live set) []node {
	slices.SortFunc(nodes, node.compare)
	sets, bounds := newFront(nodes), newFront(nodes)
	for _, n := range nodes {
		key := n.key(live)
		if !n.bound {
			sets.offer(key, n)
		} else if !sets.dominated(key, n.at[0]) {
			bounds.offer(key, n)
		}
	}
	return append(sets.nodes, bounds.nodes...)
}

func (n node) key(live set) string {
	if len(n.at) == 1 && !slices.ContainsFunc(live, func(word uint64) bool { return word != 0 }) {
		return ""
	}
	var b strings.Builder
	for _, word := range n.chosen.and(live) {
		fmt.Fprintf(&b, "%x.", word)
	}
	for _, t := range n.at[1:] {
		fmt.Fprintf(&b, "%d,%d,%d.", t.points, t.critical, t.high)
	}
	return b.String()
}
