package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/rymdport/portal/settings/appearance"
)

// dark says whether the desktop is dark. Fyne takes a desktop that doesn't say for a dark
// one; here it is light.
func dark(s fyne.Settings) bool {
	if _, err := appearance.GetColorScheme(); err != nil {
		return false
	}
	return s.ThemeVariant() == theme.VariantDark
}
