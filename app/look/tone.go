package look

import "fyne.io/fyne/v2"

// Tone is what a message means, and with it its colours. State is never told by colour
// alone: a tone comes with an icon and a word.
type Tone int

// The tones. Plain is the zero value: nothing is claimed.
const (
	Plain Tone = iota
	Good       // checked and genuine
	Note       // could not be judged, or nothing to judge
	Care       // genuine, but mind something
	Bad        // do not rely on it
)

// Ink is the colour of a tone's words and icon.
func (t Tone) Ink() fyne.ThemeColorName {
	switch t {
	case Good:
		return OK
	case Care:
		return Caution
	case Bad:
		return Error
	case Note:
		return Info
	}
	return Text
}

// Tint is the colour of the ground behind a tone's words.
func (t Tone) Tint() fyne.ThemeColorName {
	switch t {
	case Good:
		return OKTint
	case Care:
		return CautionTint
	case Bad:
		return ErrorTint
	}
	return InfoTint
}

// Icon is the icon of a tone where no better one is named.
func (t Tone) Icon() string {
	switch t {
	case Good:
		return "check"
	case Care, Bad:
		return "warning"
	}
	return "info"
}
