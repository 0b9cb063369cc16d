package assess_test

import (
	"strings"
	"testing"
)

// Answers that cannot all be true, as pairs of health messaging; the question that settles each; what it leaves in doubt.
func TestMessagingContradictions(t *testing.T) {
	tests := []struct{ id, answers, question, doubtful string }{
		{"contra_ms_boites", "equipement=aucune & nb_bal=3", "mais compter 3 boîtes sécurisées\u00a0: chez quel opérateur\u00a0?", "ms_equipement"},
		{"contra_ms_boites", "equipement=aucune & nb_bal=1", "mais compter 1 boîte sécurisée\u00a0: chez quel opérateur\u00a0?", "ms_equipement"},
		{"contra_ms_sans_boite", "equipement=hin & nb_bal=0", "Vous indiquez utiliser HIN, mais n’avoir aucune boîte sécurisée", "ms_equipement"},
		{"contra_ms_une_boite", "privilegiee=sans_objet & nb_bal=4", "n’avoir qu’une boîte, mais en comptez 4", "ms_privilegiee"},
		{"contra_ms_types", "nb_bal=1 & bal_types=personnelle & bal_types=applicative", "plusieurs types de boîtes (personnelle et applicative)", "ms_recensement"},
		{"contra_ms_passage", "equipement=mailiz & transition=rien", "Vous indiquez utiliser Mailiz, mais n’avoir rien commencé", "ms_compte"},
		{"contra_ms_compte", "equipement=aucune & transition=contacts", "avoir déjà passé des étapes qui demandent un compte", "ms_compte"},
		{"contra_ms_purge", "transition=purge & outils_grand_public=whatsapp & outils_grand_public=telegram", "mais WhatsApp et Telegram servent encore", "ms_purge"},
		{"contra_ms_lecture", "bal_connues=non & consultation=quotidienne", "lesquelles sont vraiment relevées", "ms_lecture"},
		{"contra_ms_redirection", "bal_inactives=aucune & bal_redirection=oui", "cette boîte dépubliée existe-t-elle encore", "ms_redirection"},
		{"contra_ms_archive", "versement=non & menage=corbeille", "sont-ils versés au dossier, oui ou non", "ms_versement"},
		{"contra_ms_pays", "pays=CH & patients=mon_espace_sante", "exercer en Suisse et écrire aux patients par Mon espace santé", "ms_patients"},
		{"contra_ms_pays", "pays=FR & patients=hin_confidentiel", "exercer en France et écrire aux patients par HIN", "ms_patients"},
	}
	m := shipped(t)
	for _, test := range tests {
		answers := strings.Split(test.answers, " & ")
		r := judge(t, m, engage(t, m, numbered, sheets(t, m, "messagerie_sante."+strings.Join(answers, " & messagerie_sante."))...))
		if len(r.Contradictions) != 1 || r.Contradictions[0].Contradiction.ID != test.id {
			t.Errorf("%s: contradictions %v, want %s", test.answers, r.Contradictions, test.id)
			continue
		}
		if asked := r.Contradictions[0].Question.Text; !strings.Contains(asked, test.question) {
			t.Errorf("%s: asks %q, want %q in it", test.answers, asked, test.question)
		}
		if f := r.Finding(test.doubtful); f == nil || !f.Hypothesis {
			t.Errorf("%s: %s is no hypothesis", test.answers, test.doubtful)
		}
		for _, one := range answers {
			alone := judge(t, m, engage(t, m, numbered, sheets(t, m, "messagerie_sante."+one)...))
			if len(alone.Contradictions) > 0 {
				t.Errorf("%s alone contradicts something", one)
			}
		}
	}
}
