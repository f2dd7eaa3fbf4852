package model

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// PathwayView is one pathway in the list.
type PathwayView struct {
	ID       string
	Name     string
	By       string
	Percent  int
	Fraction float64
	Done     string // "7 of 12 steps done"
	Next     string // "Next: Stock Control", or that all is done
	Complete bool
	Fault    *FaultView // it can't be measured
}

// Pathways is S6.
type Pathways struct {
	base
	Loading bool
	Fault   *FaultView
	Refused *FaultView // the file that was to be added is no pathway
	Empty   bool
	List    []PathwayView
	Ready   []OptionView // pathways that ship with the program and are not followed yet: Follow

	routes []wallet.Route
}

// pathList is what Pathways reads.
type pathList struct {
	routes []wallet.Route
	list   []PathwayView
	ready  []OptionView
}

// NewPathways reads the pathways, and again whenever the wallet changes.
func NewPathways(d *Desk) *Pathways {
	p := &Pathways{base: newBase(d), Loading: true}
	p.follow(p.read)
	p.read()
	return p
}

func (p *Pathways) read() {
	reload(&p.base, func() (l pathList, err error) {
		if l.routes, err = p.desk.Wallet.Pathways(); err != nil {
			return l, err
		}
		for _, r := range l.routes {
			l.list = append(l.list, p.measured(r))
		}
		l.ready = ready(l.routes)
		return l, nil
	}, func(l pathList, err error) {
		p.Loading, p.Fault = false, p.faultView(err)
		p.routes, p.List, p.Ready = l.routes, l.list, l.ready
		p.Empty = err == nil && len(l.list) == 0
		p.changed()
	})
}

func (p *Pathways) measured(r wallet.Route) PathwayView {
	v := PathwayView{ID: r.ID, Name: r.Pathway.Name, By: r.Pathway.Issuer.Name}
	_, m, err := p.desk.Wallet.Measure(r.ID)
	if err != nil {
		v.Fault = p.faultView(err)
		return v
	}
	v.Percent, v.Fraction, v.Complete = m.Percent(), m.Fraction, m.Complete
	v.Done, v.Next = p.done(m), p.next(m)
	return v
}

func (w *words) done(m pathway.Progress) string {
	return w.count("stack.done", m.Total, "done", strconv.Itoa(m.Done))
}

// next is the next step in words. Complete means that the steps are done, not
// that anybody is qualified: that is said only when the badge itself is held.
func (w *words) next(m pathway.Progress) string {
	switch {
	case m.GoalHeld && m.Complete:
		return w.t("stack.goal-held")
	case m.GoalHeld:
		return w.t("stack.goal-only")
	case m.Complete:
		return w.t("stack.complete")
	case len(m.Next) == 0:
		return w.t("stack.no-next")
	}
	return w.t("stack.next", "step", m.Next[0].Step.Name)
}

// ready lists the pathways that ship with the program, without those followed.
func ready(followed []wallet.Route) []OptionView {
	var out []OptionView
	for _, name := range assets.Pathways() {
		raw, _ := assets.Pathway(name)
		p, err := pathway.Parse(raw)
		known := slices.ContainsFunc(followed, func(r wallet.Route) bool { return r.Pathway.ID == p.ID })
		if err == nil && !known {
			out = append(out, OptionView{ID: name, Text: p.Name})
		}
	}
	return out
}

// Open shows a pathway.
func (p *Pathways) Open(id string) { p.desk.Way.Go(Route{Place: AtStack, ID: id}) }

// Receive adds a pathway file and shows it.
func (p *Pathways) Receive(in Input) {
	p.add(in.Name, func(context.Context) ([]byte, error) { return in.read(pathway.MaxBytes) })
}

// Follow adds a pathway that ships with the program and shows it.
func (p *Pathways) Follow(id string) {
	p.add("", func(context.Context) ([]byte, error) {
		raw, _ := assets.Pathway(id)
		return raw, nil
	})
}

func (p *Pathways) add(source string, read func(context.Context) ([]byte, error)) {
	p.Refused = nil
	task.Run(p.run, func(ctx context.Context) (wallet.Route, error) {
		raw, err := read(ctx)
		if err != nil {
			return wallet.Route{}, err
		}
		return p.desk.Wallet.AddPathway(raw, source)
	}, func(r wallet.Route, err error) {
		if err != nil {
			p.Refused = p.faultView(err)
			p.changed()
			return
		}
		p.toast(Toast{Text: p.t("pathways.added", "name", r.Pathway.Name)})
		p.Open(r.ID)
	})
}

// Remove forgets a pathway, with Undo in a toast.
func (p *Pathways) Remove(id string) { p.removePathway(id, p.routes, nil) }

func (b *base) removePathway(id string, routes []wallet.Route, then func()) {
	i := slices.IndexFunc(routes, func(r wallet.Route) bool { return r.ID == id })
	if i < 0 {
		return
	}
	r, d, w := routes[i], b.desk, b.words
	again := func() {
		d.act(w, func() error {
			_, err := d.Wallet.AddPathway(r.Raw, r.Source)
			return err
		}, nil)
	}
	b.act(func() error { return d.Wallet.RemovePathway(id) }, func() {
		b.toast(Toast{Text: b.t("pathways.removed", "name", r.Pathway.Name), Action: b.t("undo"), Act: again})
		if then != nil {
			then()
		}
	})
}

// read reads an input of at most so many bytes.
func (in Input) read(most int64) ([]byte, error) {
	f, err := in.Open()
	if err != nil {
		return nil, fault.Wrap(err, "file.not-read", "name", in.Name)
	}
	defer f.Close() //nolint:errcheck // it was only read
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, fault.Wrap(err, "file.not-read", "name", in.Name)
	case int64(len(raw)) > most:
		return nil, fault.New("file.too-large", "name", in.Name, "limit", strconv.FormatInt(most>>20, 10))
	}
	return raw, nil
}
