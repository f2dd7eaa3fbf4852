package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPrefs(t *testing.T) {
	home := filepath.Join(t.TempDir(), "wallet")
	p := openPrefs(home)
	if got := p.Get("look"); got != "" {
		t.Errorf("a fresh setting is %q", got)
	}
	p.Set("look", "dark")
	p.Set("size", "XL")
	again := openPrefs(home)
	if again.Get("look") != "dark" || again.Get("size") != "XL" {
		t.Errorf("after a restart: %v", again.values)
	}
	for name, content := range map[string]string{"empty": "", "cut off": `{"look":`, "of another kind": `[1]`, "null": `null`} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(p.path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			broken := openPrefs(home)
			if got := broken.Get("look"); got != "" {
				t.Errorf("look is %q", got)
			}
			broken.Set("look", "light")
			if got := openPrefs(home).Get("look"); got != "light" {
				t.Errorf("what is set anew is %q", got)
			}
		})
	}
}

func TestPrefsWithoutAPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := openPrefs(filepath.Join(file, "wallet"))
	p.Set("look", "dark")
	if p.Get("look") != "dark" {
		t.Error("a setting that can't be written does not hold until the end")
	}
}
