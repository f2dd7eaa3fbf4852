package app

import "fyne.io/fyne/v2"

// prefs keeps small settings of the program with Fyne. They are plain text on the
// disk: nothing private may go in.
type prefs struct{ p fyne.Preferences }

// Get gives a setting, or "".
func (p prefs) Get(name string) string { return p.p.String(name) }

// Set keeps a setting.
func (p prefs) Set(name, value string) { p.p.SetString(name, value) }
