package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"github.com/cairnwallet/cairn/app/look"
)

// Files lets the learner choose places on the computer. done isn't called when they choose
// none.
type Files interface {
	Choose(done func(path string))
	SaveAs(name string, done func(path string))
}

// openFile lets the learner choose a file to read.
func (k *Kit) openFile(done func(path string)) { k.files().Choose(done) }

// saveAs lets the learner choose where to put a file.
func (k *Kit) saveAs(name string, done func(path string)) { k.files().SaveAs(name, done) }

func (k *Kit) files() Files {
	if k.Files != nil {
		return k.Files
	}
	return dialogs{k.Window}
}

// dialogs lets the learner choose in dialogs over the window.
type dialogs struct{ window fyne.Window }

// Choose gives the path of a file to read.
func (d dialogs) Choose(done func(path string)) {
	f := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close() // only its name is wanted
		done(path)
	}, d.window)
	d.open(f)
}

// SaveAs gives the path of a file to write.
func (d dialogs) SaveAs(name string, done func(path string)) {
	f := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close() // it is empty until the model fills it
		done(path)
	}, d.window)
	f.SetFileName(name)
	d.open(f)
}

// open shows a dialog, which Escape closes.
func (d dialogs) open(f *dialog.FileDialog) {
	c := d.window.Canvas()
	keys := c.OnTypedKey()
	f.SetOnClosed(func() { c.SetOnTypedKey(keys) })
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			f.Hide()
		}
	})
	f.Show() // before that there is nothing that could be resized
	f.Resize(d.size())
}

// size leaves a rim of the window to be seen.
func (d dialogs) size() fyne.Size {
	return d.window.Canvas().Size().Subtract(fyne.NewSquareSize(2 * look.Gap32))
}
