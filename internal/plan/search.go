package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// breadth is how many sets of actions are followed at once. The shipped model stays far below it; beyond it answers
// come with a bound. It is a number and no clock, so that the answer is the same on every machine.
const breadth = 3000

// option is an action that may be chosen.
type option struct {
	id     string
	effort int
	needs  set // of options
	raises []raising
	// shares lists, for each of raises, the options that raise the same control.
	shares [][]int
}

// raising takes a control to a rung.
type raising struct {
	control int
	to      rung
}

// search holds what is decided on.
type search struct {
	*projection
	options []option // by id
	breadth int
	visited int // nodes that were looked at
}

// newSearch prepares a search among actions, which come by id.
func newSearch(p *projection, actions []*assess.Action, breadth int) *search {
	s := &search{projection: p, breadth: breadth}
	index := map[string]int{}
	for i, a := range actions {
		index[a.ID] = i
	}
	raisedBy := map[int][]int{}
	for i, a := range actions {
		o := option{id: a.ID, effort: a.Effort, needs: newSet(len(actions))}
		for _, id := range a.Requires {
			if need, ok := index[id]; ok {
				o.needs = o.needs.with(need)
			}
		}
		for _, r := range a.Raises {
			if control, ok := p.index[r.Control]; ok {
				o.raises = append(o.raises, raising{control, rung(r.Level + 1)})
				raisedBy[control] = append(raisedBy[control], i)
			}
		}
		s.options = append(s.options, o)
	}
	for i := range s.options {
		for _, r := range s.options[i].raises {
			others := slices.DeleteFunc(slices.Clone(raisedBy[r.control]), func(other int) bool { return other == i })
			s.options[i].shares = append(s.options[i].shares, others)
		}
	}
	return s
}

// cluster is a part of the options that has nothing to do with the others: no shared domain, no prerequisite.
type cluster struct {
	options []int // every one behind those that it needs
	domains []int
}

// clusters parts the options.
func (s *search) clusters() []cluster {
	parent := make([]int, len(s.domains)+len(s.options)) // domains first
	for i := range parent {
		parent[i] = i
	}
	var root func(i int) int
	root = func(i int) int {
		if parent[i] != i {
			parent[i] = root(parent[i])
		}
		return parent[i]
	}
	join := func(i, j int) {
		low, high := min(root(i), root(j)), max(root(i), root(j))
		parent[high] = low
	}
	for i, o := range s.options {
		for _, r := range o.raises {
			join(s.controls[r.control].domain, len(s.domains)+i)
		}
		for _, need := range o.needs.members() {
			join(len(s.domains)+need, len(s.domains)+i)
		}
	}
	parts := map[int]cluster{}
	for i := range s.domains {
		c := parts[root(i)]
		c.domains = append(c.domains, i)
		parts[root(i)] = c
	}
	for _, i := range s.inOrder() {
		at := root(len(s.domains) + i)
		c := parts[at]
		c.options = append(c.options, i)
		parts[at] = c
	}
	var out []cluster
	for _, at := range slices.Sorted(maps.Keys(parts)) {
		if len(parts[at].domains) > 0 {
			out = append(out, parts[at])
		}
	}
	return out
}

// inOrder lists the options by id, every one right behind those that it needs.
func (s *search) inOrder() []int {
	var out []int
	var visit func(i int)
	visit = func(i int) {
		if slices.Contains(out, i) {
			return
		}
		for _, need := range s.options[i].needs.members() {
			visit(need)
		}
		out = append(out, i)
	}
	for i := range s.options {
		visit(i)
	}
	return out
}

// frontier gives the sets worth choosing, each with its score in points: as the effort grows, what brings more than
// anything before it. Bounds come last.
func (s *search) frontier() []node {
	whole := []node{{chosen: newSet(len(s.options)), at: []tally{{}}}}
	parts := s.clusters()
	var fronts [][]node
	for _, c := range parts {
		fronts = append(fronts, s.explore(c))
	}
	slices.SortStableFunc(fronts, func(a, b []node) int { return cmp.Compare(len(a), len(b)) })
	for i, f := range fronts {
		whole = s.merge(whole, f, i == len(fronts)-1)
	}
	return whole
}

// explore decides a cluster's options one after the other. What a node brings in the end is its domains' shares, and
// what of them caps the whole.
func (s *search) explore(c cluster) []node {
	nodes := []node{{chosen: newSet(len(s.options))}}
	for _, d := range c.domains {
		nodes[0].at = append(nodes[0].at, s.start[d])
	}
	for i, o := range c.options {
		var more []node
		for _, n := range nodes {
			if !n.bound && n.chosen.holds(s.options[o].needs) {
				more = append(more, s.choose(n, c, o))
			}
		}
		s.visited += len(more)
		nodes = prune(append(nodes, more...), s.live(c.options[:i+1], c.options[i+1:]))
		nodes = s.narrow(nodes, func() []tally { return s.hope(c, c.options[i+1:]) })
	}
	for i, n := range nodes {
		sum, shares := tally{}, 0
		for j, d := range c.domains {
			sum = sum.plus(n.at[j])
			shares += s.domains[d].share(n.at[j])
		}
		sum.points = shares
		nodes[i].at = []tally{sum}
	}
	return prune(nodes, nil)
}

// choose adds an option to a node.
func (s *search) choose(n node, c cluster, i int) node {
	o := s.options[i]
	out := node{effort: n.effort + o.effort, count: n.count + 1, chosen: n.chosen.with(i), at: slices.Clone(n.at)}
	for j, r := range o.raises {
		control := s.controls[r.control]
		now := control.now
		for _, other := range o.shares[j] {
			if n.chosen.has(other) {
				now = max(now, s.options[other].to(r.control))
			}
		}
		d := slices.Index(c.domains, control.domain)
		out.at[d] = out.at[d].plus(control.at[max(now, r.to)]).minus(control.at[now])
	}
	return out
}

// to is the rung to which an option raises a control.
func (o option) to(control int) rung {
	for _, r := range o.raises {
		if r.control == control {
			return r.to
		}
	}
	return 0
}

// live gives the options among those decided that matter for what is still to be decided: what it needs, and what
// raises the same controls.
func (s *search) live(decided, rest []int) set {
	out := newSet(len(s.options))
	for _, i := range rest {
		out = out.union(s.options[i].needs)
		for _, shared := range s.options[i].shares {
			for _, other := range shared {
				out = out.with(other)
			}
		}
	}
	done := newSet(len(s.options))
	for _, i := range decided {
		done = done.with(i)
	}
	return out.and(done)
}

// hope is the most that options could add to each domain of a cluster, each number for itself.
func (s *search) hope(c cluster, rest []int) []tally {
	out := make([]tally, len(c.domains))
	seen := map[int]bool{}
	for _, i := range rest {
		for _, r := range s.options[i].raises {
			if seen[r.control] {
				continue
			}
			seen[r.control] = true
			control := s.controls[r.control]
			worst, best := control.at[control.now], control.at[control.now]
			for _, t := range control.at[control.now:] {
				worst = tally{min(worst.points, t.points), max(worst.critical, t.critical), max(worst.high, t.high)}
				best = tally{max(best.points, t.points), min(best.critical, t.critical), min(best.high, t.high)}
			}
			d := slices.Index(c.domains, control.domain)
			out[d] = out[d].plus(best.minus(worst))
		}
	}
	return out
}
