package vault

import (
	"runtime"
	"sync/atomic"
	"testing"
)

func TestSideBySideIsBounded(t *testing.T) {
	previous := runtime.GOMAXPROCS(64)
	defer runtime.GOMAXPROCS(previous)
	var now, most atomic.Int32
	sideBySide(500, func(int) {
		for here := now.Add(1); ; {
			before := most.Load()
			if here <= before || most.CompareAndSwap(before, here) {
				break
			}
		}
		now.Add(-1)
	})
	if most.Load() > maxSideBySide {
		t.Errorf("%d at a time", most.Load())
	}
}
