package model

import (
	"maps"
	"slices"

	"github.com/cairnwallet/cairn/wallet"
)

// FoundView is a line of the quick find.
type FoundView struct {
	Kind     string // "badge", "pathway", "issuer", "action"
	KindText string
	Text     string
	Note     string
	Icon     string
	Emblem   *EmblemView // of a badge
	Percent  int         // of a pathway
	Fraction float64
}

// Find is the quick find over badges, pathways, issuers and acts.
type Find struct {
	base
	Loading bool
	Query   string
	NoMatch bool
	Results []FoundView
	Chosen  int // the line Enter opens

	all   []target
	shown []target
}

// target is something that can be found.
type target struct {
	view  FoundView
	key   string
	route Route
}

// maxFound is how many lines are shown.
const maxFound = 10

// commands lead to places by name.
var commands = []struct {
	id, icon string
	route    Route
}{
	{"add", "plus", Route{Place: AtAdd}},
	{"share", "share", Route{Place: AtShare}},
	{"check", "shield", Route{Place: AtCheck}},
	{"badges", "grid", Route{Place: AtBadges}},
	{"pathways", "layers", Route{Place: AtPathways}},
	{"activity", "list", Route{Place: AtActivity}},
	{"settings", "gear", Route{Place: AtSettings}},
	{"home", "home", Route{Place: AtHome}},
}

// NewFind reads what can be found.
func NewFind(d *Desk) *Find {
	f := &Find{base: newBase(d), Loading: true}
	load(&f.base, f.targets, func(all []target, err error) {
		f.Loading = false
		if err != nil {
			f.toast(Toast{Text: f.fault(err).Line()})
		}
		f.all = all
		f.Search(f.Query)
	})
	return f
}

// targets runs on a worker.
func (f *Find) targets() ([]target, error) {
	rows, err := f.desk.Wallet.Rows()
	if err != nil {
		return nil, err
	}
	routes, err := f.desk.Wallet.Pathways()
	if err != nil {
		return nil, err
	}
	var out []target
	add := func(t target) {
		t.view.KindText = f.t("find.kind." + t.view.Kind)
		t.key = plain(t.view.Text + "\n" + t.key)
		out = append(out, t)
	}
	for _, c := range commands {
		add(target{view: FoundView{Kind: "action", Text: f.t("find.action." + c.id), Icon: c.icon}, route: c.route})
	}
	issuers := map[string]int{}
	for _, r := range rows {
		if !r.Damaged {
			e := emblem(r.Name, r.Issuer)
			issuers[r.Issuer]++
			add(target{view: FoundView{Kind: "badge", Text: orElse(r.Name, f.t("card.unnamed")), Note: r.Issuer, Emblem: &e}, key: r.Issuer, route: Route{Place: AtDetail, ID: r.ID}})
		}
	}
	for _, r := range routes {
		if t, ok := f.path(r); ok {
			add(t)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(issuers)) {
		if name != "" {
			add(target{view: FoundView{Kind: "issuer", Text: name, Note: f.count("badges.all", issuers[name]), Icon: "person"}, route: Route{Place: AtBadges, Filter: findPrefix + name}})
		}
	}
	return out, nil
}

func (f *Find) path(r wallet.Route) (target, bool) {
	_, p, err := f.desk.Wallet.Measure(r.ID)
	if err != nil {
		return target{}, false
	}
	return target{
		view:  FoundView{Kind: "pathway", Text: r.Pathway.Name, Note: f.done(p), Percent: p.Percent(), Fraction: p.Fraction},
		route: Route{Place: AtStack, ID: r.ID},
	}, true
}

// Search shows what fits a text. Without one, the acts are shown.
func (f *Find) Search(text string) {
	f.Query, f.Chosen, f.shown, f.Results = text, 0, nil, nil
	q := newQuery(text)
	for _, t := range f.all {
		if len(f.shown) == maxFound {
			break
		}
		if q.fits(t.key) {
			f.shown = append(f.shown, t)
		}
	}
	for _, t := range f.shown {
		f.Results = append(f.Results, t.view)
	}
	f.NoMatch = len(f.shown) == 0 && !f.Loading
	f.changed()
}

// Move moves the choice up or down.
func (f *Find) Move(by int) {
	f.Chosen = min(max(f.Chosen+by, 0), max(len(f.Results)-1, 0))
	f.changed()
}

// Open goes where the line at a place leads.
func (f *Find) Open(i int) {
	if i >= 0 && i < len(f.shown) {
		f.desk.Way.Go(f.shown[i].route)
	}
}
