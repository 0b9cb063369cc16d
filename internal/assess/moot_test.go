package assess_test

import (
	"slices"
	"testing"
)

// A client is not asked for what does not concern him, and is asked for it where it does.
func TestQuestionsAskOnlyWhatConcernsTheClient(t *testing.T) {
	m := shipped(t)
	for _, c := range []struct {
		answers    string
		asked, not []string
	}{
		{"facturation.agent_role=aucun", []string{"facturation.sop"},
			[]string{"facturation.agent_nom", "facturation.date_revue", "facturation.contrat_agent", "facturation.integration_agent", "facturation.releves"}},
		{"facturation.agent_role=envoi", []string{"facturation.agent_nom", "facturation.date_revue", "facturation.contrat_agent"}, nil},
		{"facturation.formats=pdf", []string{"facturation.flux"}, []string{"facturation.xml_version"}},
		{"facturation.formats=xml", []string{"facturation.xml_version"}, nil},
		{"correspondance.chiffrement_pj=jamais&correspondance.resultats=courrier", []string{"correspondance.factures"}, []string{"correspondance.canal_mdp"}},
		{"messagerie_sante.pays=CH", []string{"messagerie_sante.consultation"}, []string{"messagerie_sante.annuaire", "messagerie_sante.teletransmission"}},
		{"messagerie_sante.pays=CH&facturation.formats=pdf&facturation.xml_version=5_0", []string{"facturation.xml_version", "facturation.formats"}, []string{"client.country"}},
		{"messagerie_sante.equipement=aucune", []string{"messagerie_sante.patients"}, []string{"messagerie_sante.quota", "messagerie_sante.consultation"}},
	} {
		var asked []string
		for _, q := range judge(t, m, engage(t, m, numbered, sheets(t, m, c.answers)...)).Questions {
			asked = append(asked, q.Ref.String())
		}
		for _, ref := range c.asked {
			if !slices.Contains(asked, ref) {
				t.Errorf("%s: %s is not asked", c.answers, ref)
			}
		}
		for _, ref := range c.not {
			if slices.Contains(asked, ref) {
				t.Errorf("%s: %s is asked", c.answers, ref)
			}
		}
	}
}
