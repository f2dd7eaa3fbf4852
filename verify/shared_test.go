package verify

import "testing"

func TestOnce(t *testing.T) {
	s, made := &shared{}, 0
	ask := func(key ...string) int {
		return once(s, [2]string(key), func() int { made++; return made })
	}
	if ask("a", "b c") != 1 || ask("a b", "c") != 2 || ask("a", "b c") != 1 || made != 2 {
		t.Errorf("%d were worked out, want 2: one for each key", made)
	}
}

func TestOncePanics(t *testing.T) {
	s := &shared{}
	broken := func() int {
		defer func() { _ = recover() }()
		return once(s, [1]string{"x"}, func() int { panic("broken") })
	}
	if broken() != 0 || once(s, [1]string{"x"}, func() int { return 7 }) != 0 {
		t.Error("what broke gives an answer")
	}
}
