package assess

import "testing"

func TestLawOfficeLoads(t *testing.T) {
	m := load(t, lawOffice())
	if len(m.Controls) != 5 || len(m.Risks) != 2 || len(m.Actions) != 3 {
		t.Errorf("%d controls, %d risks and %d actions, want 5, 2 and 3", len(m.Controls), len(m.Risks), len(m.Actions))
	}
}

func TestShippedCatalogueLoads(t *testing.T) { shipped(t) }
