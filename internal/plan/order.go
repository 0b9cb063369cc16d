package plan

import (
	"cmp"
	"slices"

	"github.com/synth-vault/synth/internal/assess"
)

// order puts the actions horizon by horizon. Within one, the best action whose prerequisites are placed comes next; a
// prerequisite that is not proposed counts as placed.
func order(actions []Action) {
	places := make([]int, 0, len(actions)) // where the actions stand that come one after the other
	waiting := make(map[string]bool, len(actions))
	for i := range actions {
		waiting[actions[i].Action.ID] = true
	}
	for _, h := range assess.Horizons() {
		rest := make([]int, 0, len(actions)-len(places))
		for i := range actions {
			if actions[i].Horizon == h {
				rest = append(rest, i)
			}
		}
		slices.SortFunc(rest, func(i, j int) int { return compare(&actions[i], &actions[j]) })
		for rank := 1; len(rest) > 0; rank++ {
			next := max(0, slices.IndexFunc(rest, func(i int) bool {
				return !slices.ContainsFunc(actions[i].Action.Requires, func(id string) bool { return waiting[id] })
			}))
			a := &actions[rest[next]]
			a.Rank = rank
			delete(waiting, a.Action.ID)
			places = append(places, rest[next])
			rest = slices.Delete(rest, next, next+1)
		}
	}
	arrange(actions, places)
}

// arrange puts actions one after the other as the list of their places says.
func arrange(actions []Action, places []int) {
	for i := range places {
		from := places[i]
		for from < i { // it has been swapped to where another one came from
			from = places[from]
		}
		actions[i], actions[from] = actions[from], actions[i]
	}
}

// compare says which of two actions of one horizon comes first, prerequisites left aside.
func compare(a, b *Action) int {
	return cmp.Or(
		cmp.Compare(rank(a.Verify), rank(b.Verify)),
		cmp.Compare(b.Worst, a.Worst),
		cmp.Compare(b.ratio(), a.ratio()),
		cmp.Compare(a.Action.Effort, b.Action.Effort),
		cmp.Compare(a.Action.ID, b.Action.ID),
	)
}

func rank(verify bool) int {
	if verify {
		return 1
	}
	return 0
}

// ratio is a hundred times the benefit for each half-day of effort, rounded half up.
func (a Action) ratio() int { return assess.RoundHalfUp(100*a.Benefit, a.Action.Effort) }

// Beside gives the actions that another roadmap does not hold, in their order.
func Beside(actions, other []Action) []Action {
	return slices.DeleteFunc(slices.Clone(actions), func(a Action) bool {
		return slices.ContainsFunc(other, func(b Action) bool { return a.Action.ID == b.Action.ID })
	})
}
