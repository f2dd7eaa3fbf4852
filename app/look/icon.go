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
	return Drawn(i.name, Color(fyne.CurrentApp().Settings().Theme(), Text)).Content()
}

// Drawn gives an icon in one colour. Its name tells the icon and the colour apart from all others.
func Drawn(name string, c color.Color) fyne.Resource {
	svg, ok := assets.Icon(name)
	if !ok {
		svg, _ = assets.Icon("info")
	}
	return &fyne.StaticResource{
		StaticName:    iconName(name, c),
		StaticContent: bytes.ReplaceAll(svg, []byte("#000000"), []byte(code(c))),
	}
}

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
