package look

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/assets"
)

// Icon gives an icon of assets by name in the colour of ink. It follows the theme of the
// app, so it fits Fyne's own widgets and menus. A name there is no icon for gives "info".
func Icon(name string) fyne.Resource { return inked{name} }

// inked is an icon that is coloured when it is read.
type inked struct{ name string }

// Name says the colour too, for Fyne keeps drawings by name.
func (i inked) Name() string {
	return iconName(i.name, Color(fyne.CurrentApp().Settings().Theme(), Text))
}

func (i inked) Content() []byte {
	return Drawn(i.name, Color(fyne.CurrentApp().Settings().Theme(), Text), 0).Content()
}

// Drawn gives an icon in one colour for a side of so many points of the screen; 0 is 24.
// The size matters because the width of a stroke does not grow with the drawing. The name
// tells icon, colour and size apart from all others.
func Drawn(name string, c color.Color, side float32) fyne.Resource {
	svg, ok := assets.Icon(name)
	if !ok {
		svg, _ = assets.Icon("info")
	}
	svg = bytes.ReplaceAll(svg, []byte("#000000"), []byte(code(c)))
	title := iconName(name, c)
	if side > 0 {
		stroke := fmt.Sprintf("%.2f", side*strokeShare)
		svg = bytes.Replace(svg, []byte(`stroke-width="2"`), []byte(`stroke-width="`+stroke+`"`), 1)
		title = stroke + "-" + title
	}
	return &fyne.StaticResource{StaticName: title, StaticContent: svg}
}

// strokeShare is how wide a stroke is, as a share of the side: a little more than the 2 of
// 24 it was drawn with, for most icons are shown small.
const strokeShare float32 = 0.095

// Mark gives the app mark, in its own colours.
func Mark() fyne.Resource {
	svg, _ := assets.Icon(assets.Mark)
	return &fyne.StaticResource{StaticName: "cairn.svg", StaticContent: svg}
}

// MarkPNG gives the app mark as a picture, for desktops that take no SVG.
func MarkPNG() fyne.Resource {
	return &fyne.StaticResource{StaticName: "cairn.png", StaticContent: assets.MarkPNG()}
}

func iconName(name string, c color.Color) string { return name + "-" + code(c)[1:] + ".svg" }

// code writes a colour the way SVG does, without its transparency.
func code(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02X%02X%02X", n.R, n.G, n.B)
}
