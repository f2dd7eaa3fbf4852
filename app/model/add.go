package model

import (
	"bytes"
	"context"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/share/link"
	"github.com/cairnwallet/cairn/share/oid4vci"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// Input is something to take in.
type Input struct {
	Name string                        // of the file; empty for what was pasted
	Open func() (io.ReadCloser, error) // called off the screen's goroutine

	path    string // of a file or folder of this computer
	within  bool   // it stands in a folder that was taken in
	refused error  // it can't be taken in at all
}

// FileInput is a file of this computer, or a folder: then its files are meant.
func FileInput(path string) Input {
	return Input{Name: filepath.Base(path), path: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// TextInput is what was pasted: a text, or the bytes of a picture.
func TextInput(data []byte) Input {
	return Input{Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// AddStage is what Add shows.
type AddStage string

// The stages of Add.
const (
	Asking    AddStage = "ask"    // S4
	Reading   AddStage = "read"   // Progress
	Reviewing AddStage = "review" // S5
	Saving    AddStage = "save"   // Progress
)

// Add is S4 and S5: taking badges in, and reviewing them before they are kept.
type Add struct {
	base
	Stage    AddStage
	Progress ProgressView
	Title    string // "We found 3 badges"
	Drafts   []DraftView
	Refused  []RefusedView
	Webs     []WebView
	Pathways []string // names of the pathway files among it; saved with the badges
	Keys     []KeysView
	Offers   []OfferView
	CanSave  bool
	SaveText string
	Fault    *FaultView // saving failed; nothing was lost

	drafts   []wallet.Draft
	paths    []pathFile
	proofs   [][]byte
	requests []string
	keys     []foreignKeys
	offers   []oid4vci.Invitation
	task     *task.Task

	waiting []Input // came while others were read
}

// maxInput bounds one input. What is inside has limits of its own.
const maxInput = 40 << 20

// arrival is what the worker found: one of its members is set.
type arrival struct {
	n, of   int // inputs that are done, of all
	inside  inside
	draft   *wallet.Draft
	fits    string
	picture image.Image
	refused *RefusedView
	web     string
	proof   []byte
	path    *pathFile
	request string // the link of one
	keys    *foreignKeys
	offer   *oid4vci.Invitation
	at      int // the offer that is being taken,
	getting *ProgressView
	taken   bool       // it was,
	barred  *FaultView // or why nobody was let in
}

// inside counts the credentials inside one that were checked.
type inside struct{ done, all int }

// NewAdd takes in what came along, if anything.
func NewAdd(d *Desk, in []Input) *Add {
	a := &Add{base: newBase(d), Stage: Asking}
	a.Receive(in...)
	return a
}

// Receive takes in more.
func (a *Add) Receive(in ...Input) {
	if a.Progress.On {
		a.waiting = append(a.waiting, in...)
		return
	}
	if len(in) == 0 {
		return
	}
	a.work(len(in), func(ctx context.Context, send func(arrival)) error { return a.takeIn(ctx, in, send) })
}

// takeIn runs on a worker: it looks into each input. What is no badge is told, but of
// a folder only how many there are.
func (a *Add) takeIn(ctx context.Context, in []Input, send func(arrival)) error {
	all, left := spread(ctx, in), 0
	for i, input := range all {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := a.takeOne(ctx, input, send)
		switch {
		case err == nil || ctx.Err() != nil:
		case input.within && noBadge(err):
			left++
		default:
			send(arrival{refused: &RefusedView{Name: input.Name, Fault: a.fault(err)}})
		}
		send(arrival{n: i + 1, of: len(all)})
	}
	if left > 0 {
		send(arrival{refused: &RefusedView{Fault: a.fault(fault.New("add.folder-left", "count", strconv.Itoa(left)))}})
	}
	return nil
}

func (a *Add) takeOne(ctx context.Context, input Input, send func(arrival)) error {
	if input.refused != nil {
		return input.refused
	}
	raw, err := input.read(maxInput)
	if err != nil {
		return err
	}
	return a.look(ctx, input.Name, raw, send)
}

// Fetch opens the address at a place, which the learner allows by this.
func (a *Add) Fetch(i int) {
	if i < 0 || i >= len(a.Webs) || a.Progress.On {
		return
	}
	url := a.Webs[i].URL
	a.Webs = slices.Delete(a.Webs, i, i+1)
	a.work(1, func(ctx context.Context, send func(arrival)) error {
		page, err := a.desk.Get.Get(fetch.Because(ctx, "link"), url, "")
		if err == nil {
			err = a.look(ctx, url, page.Body, send)
		} else {
			err = fetch.Fault(err, url)
		}
		if err != nil && ctx.Err() == nil {
			send(arrival{refused: &RefusedView{Name: url, Fault: a.fault(err)}})
		}
		return ctx.Err()
	})
}

// work reads on a worker, and shows what arrives.
func (a *Add) work(total int, read func(ctx context.Context, send func(arrival)) error) {
	a.Stage, a.Fault = Reading, nil
	a.Progress = a.reading(0, total)
	a.changed()
	a.task = task.Stream(a.run, func(ctx context.Context, send func(arrival)) (struct{}, error) {
		return struct{}{}, read(ctx, send)
	}, func(all []arrival) {
		for _, one := range all {
			a.arrived(one, total)
		}
		a.tally()
	}, func(struct{}, error) { a.finished() })
}

func (a *Add) reading(n, total int) ProgressView {
	p := ProgressView{On: true, Text: a.t("add.reading"), Stop: a.t("stop")}
	if total > 1 {
		p.Text = a.t("add.reading-n", "n", strconv.Itoa(min(n+1, total)), "total", strconv.Itoa(total))
		p.Fraction = float64(n) / float64(total)
	}
	return p
}

// pathFile is a pathway among what was given.
type pathFile struct {
	raw          []byte
	source, name string
}

// findPath reads a pathway, if that is what was given: ours says so. One of our own
// is ours even when it can't be read; those of others say that they are pathways.
func findPath(source string, raw []byte) (p pathFile, ours bool, err error) {
	own := bytes.Contains(raw[:min(len(raw), 4096)], []byte(`"cairnPathway"`))
	if !own && !pathway.Likely(raw) {
		return p, false, nil
	}
	r, err := pathway.Read(raw)
	if err != nil || !r.Declared() {
		return p, own, err
	}
	return pathFile{raw, source, r.Pathway.Name}, true, nil
}

// look runs on a worker: it finds out what an input is, and checks the badges.
func (a *Add) look(ctx context.Context, name string, raw []byte, send func(arrival)) error {
	if p, ours, err := findPath(name, raw); ours {
		if err == nil {
			send(arrival{path: &p})
		}
		return err
	}
	keys := a.findKeys(name, raw, send)
	found, err := link.Look(raw)
	if err != nil {
		if keys {
			return nil // a file of nothing but keys
		}
		return err
	}
	for _, f := range found {
		switch f.Kind {
		case link.Proof:
			send(arrival{proof: f.Raw})
		case link.Web:
			send(arrival{web: f.URL})
		case link.Offer:
			if err := a.findOffer(ctx, f.URL, send); err != nil {
				return err
			}
		case link.Request:
			send(arrival{request: f.URL})
		default:
			if err := a.review(ctx, name, f.Raw, send); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Add) review(ctx context.Context, name string, raw []byte, send func(arrival)) error {
	ctx = verify.Watch(ctx, func(done, all int) { send(arrival{inside: inside{done, all}}) })
	drafts, err := a.desk.Wallet.Review(ctx, raw, name, nil)
	for _, d := range drafts {
		one := arrival{draft: &d, fits: a.fits(d)}
		if strings.HasPrefix(d.Credential.Form, "baked-png") {
			one.picture = thumbnail(d.Credential.Raw)
		}
		send(one)
	}
	return err
}

func (a *Add) arrived(one arrival, total int) {
	switch {
	case one.draft != nil:
		a.addDraft(one)
	case one.refused != nil:
		a.Refused = append(a.Refused, *one.refused)
	case one.web != "":
		host := one.web
		if u, err := fetch.Address(one.web); err == nil {
			host = u.Host
		}
		a.Webs = append(a.Webs, WebView{URL: one.web, Host: host, Text: a.t("add.web", "host", host)})
	case one.keys != nil:
		a.addKeys(*one.keys)
	case one.offer != nil:
		a.addOffer(*one.offer)
	case one.getting != nil:
		a.Progress = *one.getting
	case one.barred != nil:
		a.Offers[one.at].Fault = one.barred
	case one.taken:
		a.Offers, a.offers = slices.Delete(a.Offers, one.at, one.at+1), slices.Delete(a.offers, one.at, one.at+1)
	case one.request != "":
		a.requests = append(a.requests, one.request)
	case one.proof != nil:
		a.proofs = append(a.proofs, one.proof)
	case one.path != nil:
		a.paths, a.Pathways = append(a.paths, *one.path), append(a.Pathways, one.path.name)
	case one.inside.all > 0:
		a.Progress = a.within(one.inside)
	default:
		a.Progress = a.reading(one.n, max(total, one.of))
	}
}

// within is how far checking what one input carries has come.
func (b *base) within(i inside) ProgressView {
	return ProgressView{
		On: true, Stop: b.t("stop"), Fraction: float64(i.done) / float64(i.all),
		Text: b.t("progress.checking-n", "n", strconv.Itoa(i.done), "total", strconv.Itoa(i.all)),
	}
}

// finished shows what was read. Somebody's proof, and nothing else, is checked
// instead.
func (a *Add) finished() {
	a.Progress = ProgressView{}
	if more := a.waiting; len(more) > 0 {
		a.waiting = nil
		a.Receive(more...)
		return
	}
	nothing := len(a.Drafts)+len(a.Refused)+len(a.Webs)+len(a.paths)+len(a.Keys)+len(a.Offers) == 0
	if nothing && a.handOn() {
		return
	}
	for range a.requests {
		a.Refused = append(a.Refused, RefusedView{Fault: a.fault(fault.New("link.request"))})
	}
	a.requests = nil
	for range a.proofs {
		a.Refused = append(a.Refused, RefusedView{Fault: a.fault(fault.New("add.proof"))})
	}
	a.proofs = nil
	a.Stage = Reviewing
	if nothing && len(a.Refused) == 0 {
		a.Stage = Asking
	}
	a.tally()
}

// tally says what Save would do.
func (a *Add) tally() {
	n := 0
	for _, d := range a.Drafts {
		if d.Ticked {
			n++
		}
	}
	a.Title = a.t("add.none")
	if len(a.Drafts) > 0 {
		a.Title = a.count("add.found", len(a.Drafts))
	} else if n := len(a.Pathways); n > 0 {
		a.Title = a.count("add.pathways", n)
	} else if len(a.Keys) > 0 {
		a.Title = a.t("add.keys-only")
	} else if len(a.Offers) > 0 {
		a.Title = a.t("add.offered")
	}
	a.CanSave = a.Stage == Reviewing && n+len(a.paths)+len(a.taken()) > 0
	a.SaveText = a.t("add.save")
	if n > 1 {
		a.SaveText = a.count("add.save-n", n)
	}
	a.changed()
}

// Tick chooses whether a draft is kept.
func (a *Add) Tick(i int, on bool) {
	if i >= 0 && i < len(a.Drafts) {
		a.Drafts[i].Ticked = on
		a.tally()
	}
}

// Stop stops the reading or saving; what was read or saved stays.
func (a *Add) Stop() { a.task.Stop() }

// Discard goes back to S4 with nothing kept.
func (a *Add) Discard() {
	a.task.Drop()
	a.Stage, a.Progress, a.Fault = Asking, ProgressView{}, nil
	a.Drafts, a.Refused, a.Webs, a.Pathways, a.Keys, a.Offers = nil, nil, nil, nil, nil, nil
	a.drafts, a.paths, a.proofs, a.requests, a.keys, a.offers, a.waiting = nil, nil, nil, nil, nil, nil, nil
	a.tally()
}
