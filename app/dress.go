package app

import (
	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

var textSizes = map[string]look.Size{"S": look.S, "M": look.M, "L": look.L, "XL": look.XL}

// dress gives the window the look that the learner chose, and that of the computer where
// nothing was chosen.
func (t *T) dress() {
	name, size, contrast := model.Look(t.prefs)
	v := look.Variant{Contrast: contrast, Size: textSizes[size]}
	switch name {
	case "dark":
		v.Dark = true
	case "auto":
		v.Dark = dark(t.fyne.Settings())
	}
	if t.worn != nil && v == *t.worn {
		return // setting a theme calls the listeners again
	}
	t.worn = &v
	t.fyne.Settings().SetTheme(look.Theme(v))
}
