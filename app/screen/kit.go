// Package screen draws what the models say: one file a screen, one model each. It decides
// nothing, keeps nothing, and starts no goroutine; every act goes to the model, and what it
// changes comes back through OnChange. Start at New, which gives the whole window.
package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/widget"
	"github.com/cairnwallet/cairn/assets"
)

// Kit is what the screens need of the world around them.
type Kit struct {
	App    fyne.App
	Window fyne.Window
	Words  assets.Words
	Timer  widget.Timer
	Files  Files
	Open   func(address string) // shows a page of the web in the browser
	Look   func()               // look, contrast or text size are others: dress the window again

	samples func() // opens the practice wallet
}

// t gives the text app.screen.<code>; args are pairs of slot and value.
func (k *Kit) t(code string, args ...string) string {
	var slots map[string]string
	if len(args) > 0 {
		slots = make(map[string]string, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		slots[args[i]] = args[i+1]
	}
	return k.Words.Text("app.screen."+code, slots)
}

// canvas is where the window draws.
func (k *Kit) canvas() fyne.Canvas { return k.Window.Canvas() }

// copy puts a text on the clipboard.
func (k *Kit) copy(text string) { k.App.Clipboard().SetContent(text) }

// wide says whether the window has room for a detail pane beside the badges.
func (k *Kit) wide() bool { return k.canvas().Size().Width >= paneFrom }

// paneFrom is the width of the window from which on the detail pane is there.
const paneFrom float32 = 1100
