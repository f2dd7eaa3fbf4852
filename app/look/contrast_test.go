package look

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// WCAG 2.2: text 4.5 to 1 (1.4.3), graphics and edges of controls 3 to 1 (1.4.11).
const (
	asText    = 4.5
	asGraphic = 3.0
)

// pairs are all colours that are drawn on another, and how far apart they must be.
var pairs = []struct {
	over, under fyne.ThemeColorName
	least       float64
}{
	{Text, Background, asText},
	{Text, Surface, asText},
	{Text, Sidebar, asText},
	{Text, Button, asText},
	{Text, InputSurface, asText},
	{Text, PrimaryTint, asText},
	{Text, OKTint, asText},
	{Text, CautionTint, asText},
	{Text, ErrorTint, asText},
	{Text, InfoTint, asText},
	{Text, Track, asText},
	{Muted, Background, asText},
	{Muted, Surface, asText},
	{Muted, Sidebar, asText},
	{Muted, InputSurface, asText},
	{Muted, Track, asText},
	{Muted, OKTint, asText},
	{Muted, InfoTint, asText},
	{Muted, CautionTint, asText},
	{Muted, ErrorTint, asText},
	{Muted, PrimaryTint, asText},
	{Primary, Background, asText},
	{Primary, Surface, asText},
	{Primary, PrimaryTint, asText},
	{Primary, InfoTint, asText},
	{Primary, OKTint, asText},
	{Primary, CautionTint, asText},
	{Primary, ErrorTint, asText},
	{OnPrimary, Primary, asText},
	{OnError, Error, asText},
	{OK, Surface, asText},
	{OK, Background, asText},
	{OK, OKTint, asText},
	{Caution, Surface, asText},
	{Caution, Background, asText},
	{Caution, CautionTint, asText},
	{Error, Surface, asText},
	{Error, Background, asText},
	{Error, ErrorTint, asText},
	{Info, Surface, asText},
	{Info, Background, asText},
	{Info, InfoTint, asText},
	{OnToast, Toast, asText},
	{ToastAction, Toast, asText},
	{PaperInk, Paper, asText},
	{Faint, Background, asGraphic},
	{Faint, Surface, asGraphic},
	{Faint, Track, asGraphic},
	{Border, Background, asGraphic},
	{Border, Surface, asGraphic},
	{Border, InputSurface, asGraphic},
	{Progress, Track, asGraphic},
	{Progress, Surface, asGraphic},
	{OK, Track, asGraphic},
	{Focus, Background, asGraphic},
	{Focus, Surface, asGraphic},
	{Focus, Sidebar, asGraphic},
	{Primary, Sidebar, asGraphic},
	{theme.ColorNameForegroundOnSuccess, OK, asText},
	{theme.ColorNameForegroundOnWarning, Caution, asText},
	{theme.ColorNameHyperlink, Surface, asText},
	{Text, theme.ColorNameMenuBackground, asText},
}

func TestContrast(t *testing.T) {
	for name, v := range everyVariant() {
		t.Run(name, func(t *testing.T) {
			for _, p := range pairs {
				least := p.least
				if v.Contrast && p.over != Faint {
					least = max(least, asText) // WCAG 1.4.6 asks 7 of text; edges get what text had
				}
				if r := ratio(Theme(v), p.over, p.under); r < least {
					t.Errorf("%s on %s: %.2f to 1, must be %.1f", p.over, p.under, r, least)
				}
			}
		})
	}
}

// TestStrongContrast demands of high contrast what WCAG 2.2 (1.4.6) asks of text: 7 to 1.
func TestStrongContrast(t *testing.T) {
	for _, dark := range []bool{false, true} {
		th := Theme(Variant{Dark: dark, Contrast: true})
		for _, under := range []fyne.ThemeColorName{Background, Surface, Sidebar} {
			for _, over := range []fyne.ThemeColorName{Text, Muted, OK, Caution, Error, Info, Primary} {
				if r := ratio(th, over, under); r < 7 {
					t.Errorf("dark %t: %s on %s: %.2f to 1", dark, over, under, r)
				}
			}
		}
	}
}

// TestEmblemContrast demands that white letters can be read on every emblem.
func TestEmblemContrast(t *testing.T) {
	for _, e := range emblems {
		if r := apart(color.White, hex(e)); r < 5 {
			t.Errorf("white on %s: %.2f to 1", e, r)
		}
	}
}

// TestPlan demands that the ratios written down for the two main looks hold.
func TestPlan(t *testing.T) {
	for _, c := range []struct {
		dark        bool
		over, under fyne.ThemeColorName
		want        float64
	}{
		{false, Text, Background, 14.3},
		{true, Text, Background, 15.6},
		{false, Muted, Surface, 6.3},
		{true, Muted, Surface, 7.3},
		{false, Primary, Background, 5.9},
		{true, Primary, Background, 8.6},
		{false, OK, OKTint, 5.4},
		{true, OK, OKTint, 7.8},
		{false, Caution, CautionTint, 5.9},
		{true, Caution, CautionTint, 8.1},
		{false, Error, ErrorTint, 5.6},
		{true, Error, ErrorTint, 7.3},
		{false, Info, InfoTint, 6.4},
		{true, Info, InfoTint, 7.0},
		{false, Progress, Track, 3.2},
		{true, Progress, Track, 6.6},
	} {
		if r := ratio(Theme(Variant{Dark: c.dark}), c.over, c.under); math.Abs(r-c.want) > 0.11 {
			t.Errorf("dark %t: %s on %s is %.2f, was planned as %.1f", c.dark, c.over, c.under, r, c.want)
		}
	}
}

func everyVariant() map[string]Variant {
	out := map[string]Variant{}
	for _, dark := range []bool{false, true} {
		for _, contrast := range []bool{false, true} {
			out[fmt.Sprintf("dark=%t contrast=%t", dark, contrast)] = Variant{Dark: dark, Contrast: contrast}
		}
	}
	return out
}

func ratio(t fyne.Theme, over, under fyne.ThemeColorName) float64 {
	return apart(Color(t, over), Color(t, under))
}

// apart is the contrast ratio of WCAG 2.2.
func apart(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}
