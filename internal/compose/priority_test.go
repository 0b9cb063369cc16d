package compose

import "testing"

func TestRaisePriority(t *testing.T) {
	tests := []struct {
		line, want string
		found      bool
	}{
		{"- [ ] Chiffrer ^act-a\n", "- [ ] Chiffrer ⏫ ^act-a\n", true},
		{"- [ ] Chiffrer 📅 2025-10-25 ^act-a\r\n", "- [ ] Chiffrer ⏫ 📅 2025-10-25 ^act-a\r\n", true},
		{"\t* [/] Chiffrer 🛫 2025-01-01  📅 2025-10-25 ^act-a  ", "\t* [/] Chiffrer ⏫ 🛫 2025-01-01  📅 2025-10-25 ^act-a  ", true},
		{"- [ ] Chiffrer 🔽 📅 2025-10-25 ^act-a", "- [ ] Chiffrer ⏫ 📅 2025-10-25 ^act-a", true},
		{"- [ ] Chiffrer 📅 2025-10-25 🔼\uFE0F ^act-a", "- [ ] Chiffrer 📅 2025-10-25 ⏫\uFE0F ^act-a", true},
		{"- [ ] Chiffrer ⏫ 📅 2025-10-25 ^act-a", "- [ ] Chiffrer ⏫ 📅 2025-10-25 ^act-a", true},
		{"- [ ] Chiffrer 🔺 ^act-a", "- [ ] Chiffrer 🔺 ^act-a", true},
		{"- [ ] Les 🔽 flèches des 🔺 cartes 📅 2025-10-25 ^act-a", "- [ ] Les 🔽 flèches des 🔺 cartes ⏫ 📅 2025-10-25 ^act-a", true},
		{"- [ ] Chiffrer ^act-ab", "- [ ] Chiffrer ^act-ab", false},
		{"- [ ] Chiffrer", "- [ ] Chiffrer", false},
	}
	for _, test := range tests {
		got, found := raisePriority(test.line, "act-a")
		if got != test.want || found != test.found {
			t.Errorf("%q becomes %q (%v), want %q", test.line, got, found, test.want)
		}
	}
}
