package model

import (
	"context"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/verify/fault"
)

// AnswerStage is what Answer shows.
type AnswerStage string

// The stages of Answer.
const (
	Invited   AnswerStage = "invited"   // Host has to be asked for the request first: Open
	Fetching  AnswerStage = "opening"   // Progress
	Refusing  AnswerStage = "refusing"  // Fault: it can't be read, or not be answered
	Answering AnswerStage = "answering" // Slots; Send
	Sending   AnswerStage = "sending"   // Progress
	Answered  AnswerStage = "answered"  // Sent, and perhaps Next
)

// Answer is somebody's request: who asks for what, and what the learner shows them.
// Nothing is sent but by Send.
type Answer struct {
	base
	Stage    AnswerStage
	Host     string // who is asked for the request
	Progress ProgressView
	Fault    *FaultView
	Title    string // who asks
	Who      string // whether that is proven
	Says     string // what they call themselves
	Proven   bool
	Lacks    []string // why badges of the right kind don't fit
	Slots    []*SlotView
	CanSend  bool
	Sent     string
	Next     string // address where they want to go on

	link  oid4vp.Link
	asked share.Asked
	task  *task.Task
}

// SlotView is one thing they ask for.
type SlotView struct {
	Title   string       // of the tick, for what need not be answered
	May     bool         // it need not be answered: Take
	On      bool         // it is answered
	Options []OptionView // the badges that fit, where there are several
	Flow    *ShareFlow   // its ticks and its preview
	Short   string       // what they asked for that is not ticked

	query string
	fits  []oid4vp.Fit
	names []string
}

// NewAnswer opens the link of a request. Who has to be asked for it is asked only by
// Open.
func NewAnswer(d *Desk, link string) *Answer {
	a := &Answer{base: newBase(d), Stage: Invited}
	var err error
	a.link, err = oid4vp.ParseLink(strings.TrimSpace(link))
	a.Host = a.link.Host()
	switch {
	case err != nil:
		a.refuse(err)
	case a.Host == "":
		a.Open()
	}
	return a
}

// Close ends the model and what it is made of.
func (a *Answer) Close() {
	for _, s := range a.Slots {
		s.Flow.Close()
	}
	a.base.Close()
}

func (a *Answer) refuse(err error) {
	a.Stage, a.Progress, a.Fault = Refusing, ProgressView{}, a.faultView(err)
}

// opened is what a worker found out about a request.
type opened struct {
	asked share.Asked
	names map[string]string // of badges, by id
	picks map[string]share.Pick
}

// Open gets the request, and looks what could answer it.
func (a *Answer) Open() {
	a.task.Drop()
	a.Stage, a.Fault, a.Progress = Fetching, nil, ProgressView{On: true, Text: a.t("answer.opening"), Stop: a.t("stop")}
	a.changed()
	link := a.link
	a.task = task.Run(a.run, func(ctx context.Context) (opened, error) { return a.look(ctx, link) }, func(o opened, err error) {
		a.Progress = ProgressView{}
		switch {
		case err != nil && stopped(err):
			a.Stage = Invited
		case err != nil:
			a.refuse(err)
		default:
			a.show(o)
		}
		a.changed()
	})
}

// Stop stops the opening.
func (a *Answer) Stop() { a.task.Stop() }

// look runs on a worker.
func (a *Answer) look(ctx context.Context, link oid4vp.Link) (o opened, err error) {
	r, err := a.desk.Share.Door(a.desk.Get).Open(ctx, link)
	if err != nil {
		return o, err
	}
	rows, err := a.desk.Wallet.Rows()
	if err != nil {
		return o, err
	}
	o = opened{names: map[string]string{}, picks: map[string]share.Pick{}}
	for _, row := range rows {
		o.names[row.ID] = row.Name
	}
	if o.asked, err = a.desk.Share.Ask(ctx, r, rows); err != nil {
		return o, err
	}
	for _, one := range o.asked.Answers {
		for _, fit := range one.Fit {
			if o.picks[one.Query.ID+" "+fit.ID], err = a.desk.Share.Pick(one.Query.ID, fit); err != nil {
				return o, err
			}
		}
	}
	return o, nil
}

// show shows who asks for what.
func (a *Answer) show(o opened) {
	a.asked, a.Stage = o.asked, Answering
	a.Title = a.Text("answer.asks", map[string]string{"label": o.asked.Label()})
	a.Who, a.Proven = a.Text("asker."+o.asked.Asker.Why, map[string]string{"name": o.asked.Asker.Name}), o.asked.Asker.Proven
	if says := o.asked.Asker.Says; says != "" {
		a.Says = a.Text("answer.says", map[string]string{"name": says})
	}
	if !o.asked.Possible {
		a.lacks(o)
		a.refuse(fault.New("answer.impossible"))
		return
	}
	for _, id := range slices.Concat(o.asked.Need, o.asked.May) {
		a.Slots = append(a.Slots, a.slot(o, id))
	}
}

// lacks says why what is needed can't be answered.
func (a *Answer) lacks(o opened) {
	for _, id := range o.asked.Need {
		one := o.asked.To(id)
		for _, n := range one.Near {
			why := a.Text("answer.lack."+n.Lack.Why, map[string]string{"claim": n.Lack.Claim})
			a.Lacks = append(a.Lacks, orElse(o.names[n.ID], a.t("card.unnamed"))+": "+why)
		}
		if len(one.Fit)+len(one.Near) == 0 {
			a.Lacks = append(a.Lacks, a.Text("answer.lack."+orElse(one.Why, "type"), nil))
		}
	}
}

func (a *Answer) slot(o opened, id string) *SlotView {
	s := &SlotView{query: id, May: slices.Contains(o.asked.May, id), fits: o.asked.To(id).Fit}
	s.On = !s.May
	if s.May {
		s.Title = a.t("answer.may")
	}
	picks := map[string]share.Pick{}
	for _, f := range s.fits {
		picks[f.ID] = o.picks[id+" "+f.ID]
		s.names = append(s.names, orElse(o.names[f.ID], a.t("card.unnamed")))
	}
	s.Flow = newAskedFlow(a.desk, &asked{all: o.asked, picks: picks}, s.fits[0].ID)
	s.Flow.OnChange = a.tally
	a.choices(s)
	return s
}

// choices lists the badges that fit, where there are several.
func (a *Answer) choices(s *SlotView) {
	s.Options = nil
	for i, f := range s.fits {
		if len(s.fits) > 1 {
			s.Options = append(s.Options, OptionView{ID: f.ID, Text: s.names[i], On: f.ID == s.Flow.chosen})
		}
	}
}

// Choose answers a slot with another badge.
func (a *Answer) Choose(slot int, id string) {
	s := a.Slots[slot]
	s.Flow.choose(id)
	a.choices(s)
	a.tally()
}

// Take answers a slot that need not be answered, or not.
func (a *Answer) Take(slot int, on bool) {
	if a.Slots[slot].May {
		a.Slots[slot].On = on
		a.tally()
	}
}

// tally says whether the answer is ready.
func (a *Answer) tally() {
	a.CanSend = a.Stage == Answering
	for _, s := range a.Slots {
		s.Short = ""
		if short := s.Flow.short(); len(short) > 0 {
			s.Short = a.Text("answer.short", map[string]string{"lines": strings.Join(short, ", ")})
		}
		a.CanSend = a.CanSend && (!s.On || s.Flow.Preview.Ready)
	}
	a.changed()
}

// Send sends what the previews show, and nothing else. It is recorded first.
func (a *Answer) Send() {
	if !a.CanSend {
		return
	}
	var made []share.Made
	for _, s := range a.Slots {
		if s.On {
			made = append(made, s.Flow.made(s.query))
		}
	}
	a.Stage, a.CanSend, a.Fault, a.Progress = Sending, false, nil, ProgressView{On: true, Text: a.t("answer.sending")}
	a.changed()
	asked, desk := a.asked, a.desk
	task.Run(desk.runner(), func(ctx context.Context) (string, error) {
		sealed, err := desk.Share.Seal(asked, made)
		if err != nil {
			return "", err
		}
		return sealed.Deliver(ctx, desk.Share.Door(desk.Get), desk.Wallet)
	}, a.sent)
}

func (a *Answer) sent(next string, err error) {
	a.Progress, a.Stage, a.Next, a.Fault = ProgressView{}, Answered, next, a.faultView(err)
	a.Sent = a.Text("answer.sent", map[string]string{"host": a.asked.Host()})
	if err != nil {
		a.Stage = Answering
	}
	a.tally()
}

// Leave goes back to where the learner was; nothing is sent.
func (a *Answer) Leave() { a.desk.Way.Back() }

// Done shows the Activity.
func (a *Answer) Done() { a.desk.Way.Go(Route{Place: AtActivity}) }
