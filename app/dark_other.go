//go:build !linux

package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// dark says whether the desktop is dark.
func dark(s fyne.Settings) bool { return s.ThemeVariant() == theme.VariantDark }
