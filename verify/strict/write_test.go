package strict

import "testing"

func TestMarshal(t *testing.T) {
	got, err := Marshal(map[string]any{"b": "<&>\u2028", "a": []any{1}})
	if want := `{"a":[1],"b":"<&>\u2028"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if _, err := Marshal(func() {}); err == nil {
		t.Error("a function was written")
	}
}
