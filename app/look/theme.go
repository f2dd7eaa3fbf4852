package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/cairnwallet/cairn/assets"
)

// Size is how large texts are set.
type Size int

// The text sizes a person can choose. M is the zero value.
const (
	M Size = iota
	S
	L
	XL
)

// scale is the factor of a text size.
func (s Size) scale() float32 {
	return [...]float32{M: 1, S: 0.9, L: 1.15, XL: 1.35}[s]
}

// Variant is one look out of those a person can choose. The zero value is light, medium.
type Variant struct {
	Dark     bool
	Contrast bool
	Size     Size
	Still    bool // nothing moves but what shows progress
}

// Theme gives the theme of a variant. It ignores the variant Fyne hands it: whether it is
// dark is decided by who builds it.
func Theme(v Variant) fyne.Theme {
	return &skin{variant: v, colors: colors(v), scale: v.Size.scale()}
}

type skin struct {
	variant Variant
	colors  map[fyne.ThemeColorName]color.NRGBA
	scale   float32
}

var (
	regular  = &fyne.StaticResource{StaticName: "Inter-Regular.otf", StaticContent: assets.Font("Inter-Regular")}
	semibold = &fyne.StaticResource{StaticName: "Inter-SemiBold.otf", StaticContent: assets.Font("Inter-SemiBold")}
)

// Color gives a colour by name; a name nobody knows is ink, which is at least seen.
func (s *skin) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := s.colors[name]; ok {
		return c
	}
	return s.colors[Text]
}

// Font gives Inter, and Fyne's own face where Inter has none.
func (s *skin) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return semibold
	}
	return regular
}

// Icon gives Fyne's icons for its own widgets, ours where they stand for the same.
func (s *skin) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := ownIcons[name]; ok {
		return Icon(own)
	}
	return theme.DefaultTheme().Icon(name)
}

// ownIcons names our drawing for an icon of Fyne's widgets.
var ownIcons = map[fyne.ThemeIconName]string{
	theme.IconNameCancel:        "close",
	theme.IconNameSearch:        "search",
	theme.IconNameConfirm:       "check",
	theme.IconNameArrowDropDown: "chevron-down",
	theme.IconNameVisibility:    "eye",
	theme.IconNameVisibilityOff: "eye-off",
	theme.IconNameFolder:        "folder",
	theme.IconNameFile:          "file",
	theme.IconNameMenuExpand:    "chevron",
}

// textSizes are set at the chosen size; sizes are not.
var textSizes = map[fyne.ThemeSizeName]float32{
	SizeCaption: 13, SizeBody: 15, SizeSection: 19, SizePage: 27, SizeWelcome: 38, SizeIcon: 20,
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:            Gap4,
	theme.SizeNameInnerPadding:       Gap8,
	theme.SizeNameLineSpacing:        Gap4,
	theme.SizeNameSeparatorThickness: Hairline,
	theme.SizeNameInputBorder:        Outline,
	theme.SizeNameInputRadius:        RadiusControl,
	theme.SizeNameSelectionRadius:    6,
	theme.SizeNameButtonRadius:       RadiusControl,
	theme.SizeNameCardRadius:         RadiusCard,
	theme.SizeNameDialogRadius:       RadiusCard,
	theme.SizeNamePopupRadius:        RadiusControl,
	theme.SizeNameMenuRadius:         RadiusControl,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    5,
}

// Size gives a size by name.
func (s *skin) Size(name fyne.ThemeSizeName) float32 {
	if v, ok := textSizes[name]; ok {
		return v * s.scale
	}
	if v, ok := sizes[name]; ok {
		return v
	}
	return theme.DefaultTheme().Size(name)
}

// Of gives the variant of a theme, or the zero variant when it is not one of ours.
func Of(t fyne.Theme) Variant {
	if s, ok := t.(*skin); ok {
		return s.variant
	}
	return Variant{}
}

// Color looks a colour up in a theme.
func Color(t fyne.Theme, name fyne.ThemeColorName) color.Color {
	return t.Color(name, theme.VariantLight)
}

// Scaled gives a length that grows with the text of a theme.
func Scaled(t fyne.Theme, length float32) float32 {
	return length * t.Size(SizeBody) / textSizes[SizeBody]
}
