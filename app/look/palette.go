package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// palette holds the colours of one variant, written RRGGBB or RRGGBBAA.
type palette map[fyne.ThemeColorName]string

// light is warm paper, ink, one strong blue.
var light = palette{
	Background: "F7F5F0", Surface: "FFFFFF", Sidebar: "EFEBE2", InputSurface: "FFFFFF",
	Text: "1D2433", Muted: "566076", Faint: "767D8C",
	Primary: "3D4ED8", OnPrimary: "FFFFFF", PrimaryTint: "E4E7FB", Button: "E9E4D9",
	OK: "14703D", OKTint: "E3F4EA", Caution: "855000", CautionTint: "FFF0D1",
	Error: "B3261E", ErrorTint: "FCE8E6", OnError: "FFFFFF", Info: "45566E", InfoTint: "E8EDF5",
	Border: "8A8577", Line: "DDD8CC", Progress: "B87410", Track: "F0EBE0", Focus: "3D4ED8",
	Hover: "1D24330F", Pressed: "1D24331F", Shadow: "1D243321", Scrim: "1D243373",
	Toast: "1D2433", OnToast: "FFFFFF", ToastAction: "A3AEFF",
	theme.ColorNameScrollBar: "B5AE9F", theme.ColorNameShadow: "1D243314",
}

// dark is the same room at night.
var dark = palette{
	Background: "14171F", Surface: "1E2330", Sidebar: "191D28", InputSurface: "14171F",
	Text: "EDEFF5", Muted: "A9B1C4", Faint: "868FA3",
	Primary: "A3AEFF", OnPrimary: "14171F", PrimaryTint: "2C3352", Button: "2E3546",
	OK: "74DA9E", OKTint: "16352A", Caution: "F3C26D", CautionTint: "3A2E16",
	Error: "FF9D94", ErrorTint: "40201F", OnError: "14171F", Info: "B4C0D6", InfoTint: "2A3244",
	Border: "6F788E", Line: "343C4F", Progress: "F0B45A", Track: "2E3546", Focus: "A3AEFF",
	Hover: "FFFFFF12", Pressed: "FFFFFF24", Shadow: "00000059", Scrim: "000000A6",
	Toast: "EDEFF5", OnToast: "14171F", ToastAction: "3D4ED8",
	theme.ColorNameScrollBar: "4D566B", theme.ColorNameShadow: "00000033",
}

// lightContrast and darkContrast replace what high contrast needs stronger: ink is
// 7 to 1 and more, and every edge is 4.5 to 1 and more.
var (
	lightContrast = palette{
		Background: "FFFFFF", Sidebar: "FFFFFF", Text: "000000", Muted: "2B3242", Faint: "5A6172",
		Primary: "2333A8", Focus: "000000", PrimaryTint: "DDE2FF", Button: "E6E6E6",
		OK: "0B4F29", Caution: "5E3800", Error: "8C1510", Info: "2C3A4F",
		Border: "000000", Edge: "5A6172", Line: "5A6172", Progress: "7A4A00", Shadow: "00000000", theme.ColorNameScrollBar: "5A6172",
	}
	darkContrast = palette{
		Background: "000000", Surface: "0B0D12", Sidebar: "000000", InputSurface: "000000",
		Text: "FFFFFF", Muted: "DCE1EC", Faint: "A9B1C4",
		Primary: "C4CBFF", Focus: "FFFFFF", OK: "9CF0BF", Caution: "FFD994", Error: "FFC0BA", Info: "D6DFEF",
		Border: "FFFFFF", Edge: "A9B1C4", Line: "A9B1C4", Progress: "FFD08A", Shadow: "00000000", theme.ColorNameScrollBar: "A9B1C4",
	}
)

// always holds what no variant changes, or only one with high contrast.
var always = palette{Edge: "00000000", Paper: "FFFFFF", PaperInk: "000000", Letters: "FFFFFF", Clear: "00000000"}

// stand names the colours Fyne asks for that we have under another name.
var stand = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameForegroundOnSuccess: Surface,
	theme.ColorNameForegroundOnWarning: Surface,
	theme.ColorNameDisabledButton:      Track,
	theme.ColorNameFocus:               PrimaryTint,
	theme.ColorNameHyperlink:           Primary,
	theme.ColorNameHeaderBackground:    Sidebar,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameScrollBarBackground: Clear,
	theme.ColorNameInnerWindowBorder:   Sidebar,
}

// colors resolves all colours of a variant.
func colors(v Variant) map[fyne.ThemeColorName]color.NRGBA {
	layers := []palette{light}
	if v.Dark {
		layers = []palette{dark}
	}
	if v.Contrast && v.Dark {
		layers = append(layers, darkContrast)
	} else if v.Contrast {
		layers = append(layers, lightContrast)
	}
	out := map[fyne.ThemeColorName]color.NRGBA{}
	for _, p := range append([]palette{always}, layers...) {
		for name, code := range p {
			out[name] = hex(code)
		}
	}
	for name, same := range stand {
		out[name] = out[same]
	}
	return out
}

// hex reads RRGGBB or RRGGBBAA; a letter that is no digit counts as nought.
func hex(code string) color.NRGBA {
	v := [4]uint8{3: 0xff}
	for i := 0; i+1 < len(code) && i < 8; i += 2 {
		v[i/2] = digit(code[i])<<4 | digit(code[i+1])
	}
	return color.NRGBA{R: v[0], G: v[1], B: v[2], A: v[3]}
}

func digit(c byte) uint8 {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 0
}
