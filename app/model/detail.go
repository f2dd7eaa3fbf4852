package model

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// CountView is a pathway the badge counts toward, or comes close to.
type CountView struct {
	Text   string // "Professional Cook (Service)"
	Note   string // why it counts, or why it doesn't
	Counts bool
	Route  Route
}

// Detail is S3: one badge.
type Detail struct {
	base
	ID         string     // empty: "Choose a badge"
	Loading    bool       // nothing of it is known yet
	Fault      *FaultView // it can't be shown
	Title      string
	Issuer     string
	Byline     string // "Issued by Alpine College · earned 12 June 2026 · no end date"
	Emblem     EmblemView
	Sample     bool
	Verdict    VerdictView
	Checked    string // "Checked today, 09:14"
	Checks     ChecksView
	Sections   []Section
	Inside     InsideView // what a record carries
	Tells      TellView   // what it tells an employer
	Counts     []CountView
	Technical  []LineView
	Raw        string // the text as received, for Technical details
	Tags       []string
	Note       string
	Trusted    bool      // the learner trusts its issuer
	CanTrust   bool      // its issuer can be put on the learner's list
	Past       *PastView // its check as of an earlier day, when that was asked for
	PastError  string    // what was wrong with the day
	CanRefresh bool      // its issuer may have a newer version
	Explain    string
	Explained  bool         // Explain is to be shown
	Progress   ProgressView // of checking it again
	FileName   string       // what to call the original

	item   wallet.Item
	opened map[int]bool // rows of Inside
	lookup *task.Task
	check  *task.Task
	past   *task.Task
}

// whole is all that Detail reads.
type whole struct {
	item    wallet.Item
	trusted []verify.Trusted
	counts  []CountView
}

// NewDetail reads a badge, and again whenever the wallet changes. An empty id is
// "Choose a badge".
func NewDetail(d *Desk, id string) *Detail {
	v := &Detail{base: newBase(d)}
	v.follow(v.read)
	v.Show(id)
	return v
}

// Show changes to another badge.
func (d *Detail) Show(id string) {
	d.check.Stop()
	d.past.Drop()
	d.Past, d.PastError = nil, ""
	d.ID, d.Loading, d.Fault, d.item, d.Explained = id, id != "", nil, wallet.Item{}, false
	d.opened = nil
	d.changed()
	d.read()
}

func (d *Detail) read() {
	d.lookup.Drop()
	id := d.ID
	if id == "" {
		return
	}
	d.lookup = load(&d.base, func() (w whole, err error) {
		if w.item, err = d.desk.Wallet.Item(id); err != nil {
			return w, err
		}
		if w.trusted, err = d.desk.Wallet.Trusted(); err == nil {
			w.counts, err = d.counts(id)
		}
		return w, err
	}, func(w whole, err error) {
		d.Loading, d.Fault = false, d.faultView(err)
		if err == nil {
			d.fill(w)
		}
		d.changed()
	})
}

func (d *Detail) fill(w whole) {
	it := w.item
	d.item, d.Counts, d.Sample = it, w.counts, d.desk.Sample
	card := d.card(it.Row, func(string) { d.pictured() })
	d.Title, d.Issuer, d.Emblem = card.Name, card.Issuer, card.Emblem
	d.Byline = d.byline(it)
	d.Verdict = d.verdict(judged{issuer: it.Issuer, from: it.From, until: it.Until, good: it.Good, report: it.Report})
	d.Checks = d.checks(it.Report, false)
	d.Checked = ""
	if !it.Checked.IsZero() {
		d.Checked = d.t("detail.checked", "when", d.moment(it.Checked))
	}
	d.Explain = d.t("explain." + string(it.Report.Verdict()))
	d.Sections = d.sections(it.Credential, it.Report.Verdict() == check.Verified)
	d.Inside, d.Tells = d.inside(it.Credential, it.Report, d.opened), d.tells(it.Credential)
	d.Technical, d.Raw = d.technical(it.Credential, it), rawText(it.Credential)
	d.Tags, d.Note = slices.Clone(it.Tags), it.Row.Note
	d.Trusted = slices.ContainsFunc(w.trusted, func(t verify.Trusted) bool { return t.ID == it.IssuerID })
	d.CanTrust = it.IssuerID != "" && !d.Trusted
	d.CanRefresh = renewable(it)
	d.FileName = fileName(it.Name, ending(it.Form))
}

func (d *Detail) pictured() {
	d.Emblem.Picture = d.desk.pictures.have[d.ID]
	d.changed()
}

func (d *Detail) byline(it wallet.Item) string {
	issued := d.t("detail.not-issued")
	switch {
	case it.Issuer != "":
		issued = d.t("detail.issued", "issuer", it.Issuer)
	case it.IssuerID != "":
		issued = d.t("detail.issued-unnamed")
	}
	when, end := "", d.t("detail.no-end")
	if t := earned(it.Row); !t.IsZero() {
		when = d.t("detail.earned", "date", d.stated(t))
	}
	if !it.Until.IsZero() {
		end = d.t("detail.until", "date", d.stated(it.Until))
	}
	return sentence(d.t("between"), issued, when, end)
}

// counts runs on a worker: the pathways in which the badge stands.
func (d *Detail) counts(id string) ([]CountView, error) {
	routes, err := d.desk.Wallet.Pathways()
	if err != nil {
		return nil, err
	}
	var out []CountView
	for _, r := range routes {
		p, progress, err := d.desk.Wallet.Measure(r.ID)
		if err != nil {
			continue // the list of pathways says what is wrong with it
		}
		for _, l := range progress.Layers {
			if m, ok := layerMatch(l, id); ok {
				out = append(out, CountView{
					Text: d.t("detail.counts", "pathway", p.Pathway.Name, "layer", l.Name), Note: d.why(m, ""),
					Counts: m.Counts, Route: Route{Place: AtStack, ID: r.ID},
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b CountView) int { return first(b.Counts) - first(a.Counts) })
	return out, nil
}

func first(b bool) int {
	if b {
		return 1
	}
	return 0
}

// matchOf finds a badge among steps: where it counts before where it does not.
// layerMatch looks for a badge at a layer and all that stands in it.
func layerMatch(l pathway.LayerProgress, id string) (pathway.Match, bool) {
	return matchOf([]pathway.StepProgress{{Badges: l.Badges, Steps: l.Steps}}, id)
}

func matchOf(steps []pathway.StepProgress, id string) (found pathway.Match, ok bool) {
	for _, s := range steps {
		for _, m := range s.Badges {
			if m.ID == id && (!ok || m.Counts) {
				found, ok = m, true
			}
		}
		if m, inside := matchOf(s.Steps, id); inside && (!ok || m.Counts) {
			found, ok = m, true
		}
		if ok && found.Counts {
			break
		}
	}
	return found, ok
}

// Recheck checks it again.
func (d *Detail) Recheck() {
	if d.ID == "" || d.Progress.On {
		return
	}
	d.check = d.recheck(d.run, []string{d.ID}, d.progress, nil)
}

func (d *Detail) progress(p ProgressView) {
	d.Progress = p
	d.changed()
}

// Stop stops the checking.
func (d *Detail) Stop() { d.check.Stop() }

// Trust puts its issuer on the learner's list and checks all badges of that issuer
// again.
func (d *Detail) Trust() {
	id, name := d.item.IssuerID, d.Issuer
	if id == "" || d.Trusted {
		return
	}
	d.trust(id, func() error { return d.desk.Wallet.Trust(id, name) }, Toast{
		Text: d.t("detail.trusted", "issuer", name), Action: d.t("undo"), Act: d.Distrust,
	})
}

// Distrust takes its issuer off the learner's list.
func (d *Detail) Distrust() {
	id := d.item.IssuerID
	d.trust(id, func() error { return d.desk.Wallet.Distrust(id) }, Toast{Text: d.t("detail.distrusted", "issuer", d.Issuer)})
}

func (d *Detail) trust(issuer string, change func() error, said Toast) {
	d.act(change, func() {
		d.toast(said)
		d.recheckIssuer(issuer, d.progress)
	})
}

// recheckIssuer judges all badges of an issuer anew, to the end even when the
// screen is left: their verdicts must not lag behind the learner's list.
func (b *base) recheckIssuer(issuer string, show func(ProgressView)) {
	task.Run(b.desk.runner(), func(context.Context) ([]string, error) {
		rows, err := b.desk.Wallet.Rows()
		var ids []string
		for _, r := range rows {
			if r.IssuerID == issuer {
				ids = append(ids, r.ID)
			}
		}
		return ids, err
	}, func(ids []string, err error) {
		if err == nil && len(ids) > 0 {
			b.recheck(b.desk.runner(), ids, show, nil)
		}
	})
}

// SetTags replaces its tags.
func (d *Detail) SetTags(tags []string) {
	id := d.ID
	d.act(func() error { return d.desk.Wallet.Tag(id, tags) }, nil)
}

// SetNote replaces its note.
func (d *Detail) SetNote(text string) {
	id := d.ID
	d.act(func() error { return d.desk.Wallet.Note(id, text) }, nil)
}

// Remove moves it to the bin, with Undo in a toast, and goes back to the badges.
func (d *Detail) Remove() {
	d.remove(d.ID)
	if d.desk.Way.Here().Place == AtDetail {
		d.desk.Way.Go(Route{Place: AtBadges})
	} else {
		d.Show("")
	}
}

// Share starts sharing it.
func (d *Detail) Share() { d.desk.Way.Go(Route{Place: AtShare, ID: d.ID}) }

// Open goes where the badge counts.
func (d *Detail) Open(r Route) { d.desk.Way.Go(r) }

// Save writes it, exactly as received, to a file.
func (d *Detail) Save(path string) {
	if c := d.item.Credential; c != nil {
		d.saveFile(path, c.Raw)
	}
}

// saveFile writes a file for the learner and says so.
func (b *base) saveFile(path string, content []byte) {
	b.act(func() error { return writeFile(path, content) }, func() {
		b.toast(Toast{Text: b.t("saved", "name", filepath.Base(path))})
	})
}

// writeFile writes wholly or not at all.
func writeFile(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".cairn-*")
	if err != nil {
		return notSaved(err, path)
	}
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what is left is half a file
		return notSaved(err, path)
	}
	return nil
}

// Do does what a button of the verdict or a row stands for.
func (d *Detail) Do(a Act) {
	switch a {
	case ActShare:
		d.Share()
	case ActTrust:
		d.Trust()
	case ActDistrust:
		d.Distrust()
	case ActAgain:
		d.Recheck()
	case ActSettings:
		d.desk.Way.Go(Route{Place: AtSettings})
	case ActExplain:
		d.Explained = !d.Explained
		d.changed()
	}
}

// endings of files, by envelope.
var endings = []struct{ form, ending string }{
	{"pdf", ".pdf"},
	{"baked-png", ".png"},
	{"baked-svg", ".svg"},
	{"shc", ".txt"},
	{"sd-jwt", ".sd-jwt"},
	{"jwt", ".jwt"},
	{"xml", ".xml"},
	{"cose", ".cose"},
	{"cbor-ld", ".cborld"},
}

func ending(form string) string {
	for _, e := range endings {
		if strings.Contains(form, e.form) {
			return e.ending
		}
	}
	return ".json"
}

// maxFileName is how many letters of a name go into the name of a file.
const maxFileName = 60

// fileName makes a name of a file that every system takes.
func fileName(name, ending string) string {
	words := strings.FieldsFunc(plain(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	out := []rune(strings.Join(words, "-"))
	if len(out) == 0 {
		out = []rune("badge")
	}
	return strings.TrimRight(string(out[:min(len(out), maxFileName)]), "-") + ending
}
