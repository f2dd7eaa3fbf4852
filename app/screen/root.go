package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// Root is the whole window: the gate while no wallet is open, else its frame; toasts above
// both.
type Root struct {
	kit     *Kit
	session *model.Session
	page    *part
	gate    *gate
	frame   *frame
	toasts  *widget.Toasts
	content fyne.CanvasObject
	waiting []model.Input // to be taken in once a wallet is open
}

// New makes the content of the window. Nothing is shown before Bind.
func New(s *model.Session, k Kit) *Root {
	k.samples = s.OpenSample
	r := &Root{kit: &k, session: s}
	r.page = r.kit.part()
	r.gate = newGate(r.kit, s)
	r.toasts = widget.NewToasts(k.Timer)
	r.content = &fyne.Container{Layout: least{}, Objects: []fyne.CanvasObject{widget.NewGround(look.Background, r.page.box), r.toasts}}
	s.OnChange = r.draw
	s.Way().OnChange = r.moved
	return r
}

// Content is what the window shows.
func (r *Root) Content() fyne.CanvasObject { return r.content }

// Close ends all models of the window.
func (r *Root) Close() {
	if r.frame != nil {
		r.frame.close()
		r.frame = nil
	}
}

// draw follows the session.
func (r *Root) draw() {
	desk := r.session.Desk()
	if r.session.Stage != model.Open || desk == nil {
		r.Close()
		r.gate.draw()
		r.page.show(r.gate, func() fyne.CanvasObject { return r.gate.content() })
		r.gate.focus()
		return
	}
	if r.frame == nil || r.frame.desk != desk {
		r.Close()
		r.frame = newFrame(r.kit, r.session, desk, r.toast)
		r.page.show(r.frame, func() fyne.CanvasObject { return r.frame.content })
		r.frame.moved()
		r.hand()
	}
}

func (r *Root) moved() {
	if r.frame != nil && r.session.Stage == model.Open {
		r.frame.moved()
	}
}

// toast shows what was just done in place of what was done before: an older way back could
// mean something else by now. All of it stands in the Activity.
func (r *Root) toast(t model.Toast) {
	for _, on := r.toasts.Current(); on; _, on = r.toasts.Current() {
		r.toasts.Close()
	}
	r.toasts.Say(widget.ToastView{Text: t.Text, Action: t.Action, Do: t.Act})
}

// ReceiveFiles takes files in, as when they are dropped; while no wallet is open they wait.
func (r *Root) ReceiveFiles(paths []string) {
	in := make([]model.Input, 0, len(paths))
	for _, p := range paths {
		in = append(in, model.FileInput(p))
	}
	r.receive(in)
}

func (r *Root) receive(in []model.Input) {
	if len(in) == 0 {
		return
	}
	r.waiting = append(r.waiting, in...)
	if r.session.Stage == model.Closed {
		r.session.OpenOwn()
	}
	r.hand()
}

// hand gives what waits to the open wallet.
func (r *Root) hand() {
	if r.frame == nil || len(r.waiting) == 0 {
		return
	}
	in := r.waiting
	r.waiting = nil
	r.frame.receive(in)
}

// smallest is how small the window can be made.
var smallest = fyne.NewSize(960, 640)

// least fills the window, which never gets smaller, whatever is on the page.
type least struct{}

func (least) MinSize([]fyne.CanvasObject) fyne.Size { return smallest }

func (least) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objs {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}
