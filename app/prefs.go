package app

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// prefs keeps small settings of the program in a file beside the wallet, so that each
// wallet folder has its own. They are plain text: nothing private may go in. Fyne's own
// preferences are not used because they read their file while it is being written.
type prefs struct {
	path   string
	values map[string]string
}

// openPrefs reads the settings. None are there at the first start, and unreadable ones are
// as good as none: every setting has a default.
func openPrefs(home string) *prefs {
	p := &prefs{path: filepath.Join(home, "settings.json")}
	if b, err := os.ReadFile(p.path); err == nil && json.Unmarshal(b, &p.values) != nil {
		p.values = nil
	}
	if p.values == nil {
		p.values = map[string]string{}
	}
	return p
}

// Get gives a setting, or "".
func (p *prefs) Get(name string) string { return p.values[name] }

// Set keeps a setting. One that can't be written holds until the program ends.
func (p *prefs) Set(name, value string) {
	if p.values[name] == value {
		return
	}
	p.values[name] = value
	_ = p.write()
}

// write replaces the file as a whole.
func (p *prefs) write() error {
	b, err := json.MarshalIndent(p.values, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.path), 0o700); err != nil {
		return err
	}
	fresh := p.path + ".new"
	if err := os.WriteFile(fresh, b, 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, p.path)
}
