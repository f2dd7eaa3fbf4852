package model

import (
	"context"
	"slices"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/wallet"
)

// Save keeps the ticked drafts and the pathways, then shows them. It goes on when
// the screen is left, and stops on Stop.
func (a *Add) Save() {
	if !a.CanSave {
		return
	}
	var keep []wallet.Draft
	for i, d := range a.drafts {
		if a.Drafts[i].Ticked {
			keep = append(keep, d)
		}
	}
	paths, keys := a.paths, a.taken()
	a.Stage, a.Fault, a.CanSave = Saving, nil, false
	a.Progress = ProgressView{On: true, Text: a.t("add.saving"), Stop: a.t("stop")}
	a.changed()
	a.task = task.Run(a.desk.runner(), func(ctx context.Context) (saved, error) {
		return save(ctx, a.desk.Wallet, keep, paths, keys)
	}, a.saved)
}

// saved is what was kept, also when the rest failed.
type saved struct {
	ids   []string
	route string // id of the last pathway
	keys  int    // of another wallet
}

func save(ctx context.Context, w Wallet, keep []wallet.Draft, paths []pathFile, keys []foreignKeys) (out saved, err error) {
	if len(keep) > 0 {
		if out.ids, err = w.Keep(ctx, keep); err != nil {
			return out, err
		}
	}
	for _, p := range paths {
		r, err := w.AddPathway(p.raw, p.source)
		if err != nil {
			return out, err
		}
		out.route = r.ID
	}
	for _, k := range keys {
		taken, err := w.TakeKeys(ctx, k.raw, k.name)
		if out.keys += len(taken); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (a *Add) saved(s saved, err error) {
	a.Progress = ProgressView{}
	if a.closed {
		a.sayOutside(s, err)
		return
	}
	if err != nil {
		a.Stage = Reviewing
		a.markKept(s.ids)
		if !stopped(err) {
			a.Fault = a.faultView(err)
		}
		a.tally()
		return
	}
	a.say(s)
	if more := a.waiting; len(more) > 0 { // came meanwhile
		a.Discard()
		a.Receive(more...)
		return
	}
	switch {
	case len(s.ids) == 1:
		a.desk.Way.Go(Route{Place: AtDetail, ID: s.ids[0]})
	case len(s.ids) == 0 && s.route != "":
		a.desk.Way.Go(Route{Place: AtStack, ID: s.route})
	default:
		a.desk.Way.Go(Route{Place: AtBadges})
	}
}

// sayOutside tells whoever left the screen how the saving ended.
func (a *Add) sayOutside(s saved, err error) {
	if err == nil {
		a.say(s)
	} else if !stopped(err) {
		a.toast(Toast{Text: a.fault(err).Line()})
	}
}

func (a *Add) say(s saved) {
	if len(s.ids) == 0 && s.route == "" {
		a.toast(Toast{Text: a.count("add.keys-taken", s.keys)})
		return
	}
	if len(s.ids) == 0 {
		a.toast(Toast{Text: a.t("pathways.added", "name", sentence(", ", a.Pathways...))})
		return
	}
	d, w := a.desk, a.words
	a.toast(Toast{Text: a.count("add.saved", len(s.ids)), Action: a.t("undo"), Act: func() {
		d.act(w, func() error { return d.Wallet.Remove(s.ids...) }, nil)
	}})
}

func (a *Add) markKept(ids []string) {
	for i := range a.Drafts {
		if slices.Contains(ids, a.Drafts[i].Card.ID) {
			a.Drafts[i].Known, a.Drafts[i].Ticked = a.t("add.known"), false
		}
	}
}

// handOn leads to where one proof or one request belongs, which came alone.
func (a *Add) handOn() bool {
	switch {
	case len(a.proofs) == 1 && len(a.requests) == 0:
		a.desk.Way.Go(Route{Place: AtCheck, In: []Input{TextInput(a.proofs[0])}})
	case len(a.proofs) == 0 && len(a.requests) == 1:
		a.desk.Way.Go(Route{Place: AtAnswer, ID: a.requests[0]})
	default:
		return false
	}
	return true
}
