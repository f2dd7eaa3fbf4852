package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/link"
	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

// answerFlags are what to answer with.
type answerFlags struct {
	show      string
	badges    []string // QUERY=ID
	also      []string // ids of optional queries
	yes, only bool     // send it; make it and don't
}

func (t *tool) answerCommand() *cobra.Command {
	var f answerFlags
	cmd := &cobra.Command{
		Use:   "answer LINK",
		Short: "See who asks you to show what, and answer with --yes or --show",
		Long: "See who asks you to show a badge with a link or the text of a code, whether that is proven, and what they\n" +
			"would see. Nothing is sent without --yes, which shows the lines they ask for, or --show, which shows the\n" +
			"lines you name. What is sent stands in your Activity.\n\n" +
			"Exit status: 0 also where nothing was sent; 4 where the request can't be read or answered.",
		Args: exactly(1, "the link of a request"),
	}
	cmd.Flags().StringVar(&f.show, "show", "", "paths of the lines to show in place of those asked for, with commas between; QUERY:PATH where several badges are asked for")
	cmd.Flags().StringArrayVar(&f.badges, "badge", nil, "which badge to answer with, as QUERY=ID, where several would do")
	cmd.Flags().StringArrayVar(&f.also, "also", nil, "a query to answer that need not be answered")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "send it")
	cmd.Flags().BoolVar(&f.only, "dry-run", false, "make the answer and send nothing")
	cmd.RunE = t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error {
		err := t.answer(ctx, w, args[0], f)
		if code := fault.Code(err); strings.HasPrefix(code, "request.") || strings.HasPrefix(code, "link.") || code == "answer.impossible" {
			t.printFault(args[0], err)
			t.status = exitUnreadable
			err = nil
		}
		return err
	})
	return cmd
}

func (t *tool) answer(ctx context.Context, w *wallet.Wallet, text string, f answerFlags) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	s := share.Sharer{Wallet: w, Verifier: v, Rand: rand.Reader}
	door := s.Door(v.Get)
	asked, err := t.asked(ctx, w, door, s, text)
	if err != nil {
		return err
	}
	t.printAsked(w, asked)
	if !asked.Possible {
		return fault.New("answer.impossible")
	}
	picks, err := t.picks(w, s, asked, f)
	if err != nil {
		return err
	}
	a, err := s.Answer(ctx, asked, picks)
	if err != nil {
		return err
	}
	send := (f.yes || f.show != "") && !f.only
	t.printAnswer(a, send)
	if !send {
		return nil
	}
	next, err := a.Deliver(ctx, door, w)
	if err == nil {
		t.printSent(a, next)
	}
	return err
}

// isRequest says whether an argument is the link of a request.
func isRequest(arg string) bool {
	found, err := link.Look([]byte(arg))
	return err == nil && found[0].Kind == link.Request
}

// asked gets the request, and what in the wallet could answer it.
func (t *tool) asked(ctx context.Context, w *wallet.Wallet, door oid4vp.Door, s share.Sharer, text string) (share.Asked, error) {
	l, err := oid4vp.ParseLink(strings.TrimSpace(text))
	if err != nil {
		return share.Asked{}, err
	}
	r, err := door.Open(ctx, l)
	if err != nil {
		return share.Asked{}, err
	}
	rows, err := w.Rows()
	if err != nil {
		return share.Asked{}, err
	}
	return s.Ask(ctx, r, rows)
}

// picks are what the flags choose: by themselves the first badge that fits each query
// that has to be answered, with the lines that are asked for.
func (t *tool) picks(w *wallet.Wallet, s share.Sharer, asked share.Asked, f answerFlags) ([]share.Pick, error) {
	chosen := map[string]string{}
	for _, b := range f.badges {
		query, id, ok := strings.Cut(b, "=")
		if !ok {
			return nil, fmt.Errorf("%w: --badge wants QUERY=ID, not %q", errUsage, b)
		}
		ids, err := t.findAll(w, []string{id})
		if err != nil {
			return nil, err
		}
		chosen[query] = ids[0]
	}
	var out []share.Pick
	for _, query := range slices.Concat(asked.Need, f.also) {
		fits := asked.To(query).Fit
		i := slices.IndexFunc(fits, func(fit oid4vp.Fit) bool { return chosen[query] == "" || fit.ID == chosen[query] })
		if i < 0 {
			return nil, fault.New("answer.unfit")
		}
		p, err := s.Pick(query, fits[i])
		if err != nil {
			return nil, err
		}
		if f.show != "" {
			p.Show = named(f.show, query)
		}
		out = append(out, p)
	}
	return out, nil
}

// named gives the paths that are named for a query, or for all.
func named(show, query string) (out []string) {
	for _, path := range paths(show) {
		if of, rest, ok := strings.Cut(path, ":"); !ok || strings.HasPrefix(path, "/") {
			out = append(out, path)
		} else if of == query {
			out = append(out, rest)
		}
	}
	return out
}

type jsonAsked struct {
	Asker   jsonAsker   `json:"asker"`
	Host    string      `json:"host"` // who gets the answer
	Queries []jsonQuery `json:"queries"`
}

type jsonAsker struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Says   string `json:"says"`
	Proven bool   `json:"proven"`
	Why    string `json:"why"`
	Words  string `json:"words"`
}

type jsonQuery struct {
	ID     string     `json:"id"`
	Needed bool       `json:"needed"`
	Why    string     `json:"why,omitempty"` // why nothing could answer it
	Fit    []jsonFit  `json:"fit"`
	Near   []jsonNear `json:"near"`
}

type jsonFit struct {
	Item   string   `json:"item"`
	Name   string   `json:"name"`
	Claims []string `json:"claims"` // that are asked for
}

type jsonNear struct {
	Item  string `json:"item"`
	Name  string `json:"name"`
	Why   string `json:"why"`
	Words string `json:"words"`
}

// printAsked says who asks for what, and what could answer.
func (t *tool) printAsked(w *wallet.Wallet, a share.Asked) {
	who := t.words.Text("asker."+a.Asker.Why, map[string]string{"name": a.Asker.Name})
	out := jsonAsked{Host: a.Host(), Asker: jsonAsker{a.Asker.ID, a.Asker.Name, a.Asker.Says, a.Asker.Proven, a.Asker.Why, who}}
	for _, one := range a.Answers {
		out.Queries = append(out.Queries, t.query(w, a, one))
	}
	if t.json {
		t.line(struct {
			Request jsonAsked `json:"request"`
		}{out})
		return
	}
	t.say("%s %s", t.words.Text("answer.asks", map[string]string{"label": a.Label()}), who)
	if a.Asker.Says != "" {
		t.say("%s", t.words.Text("answer.says", map[string]string{"name": a.Asker.Says}))
	}
	for _, q := range out.Queries {
		t.printQuery(q)
	}
}

func (t *tool) query(w *wallet.Wallet, a share.Asked, one oid4vp.Answers) jsonQuery {
	name := func(id string) string {
		item, err := w.Item(id)
		if err != nil {
			return short(id)
		}
		return titleOf(item.Credential)
	}
	q := jsonQuery{ID: one.Query.ID, Needed: slices.Contains(a.Need, one.Query.ID), Why: one.Why, Fit: []jsonFit{}, Near: []jsonNear{}}
	for _, f := range one.Fit {
		q.Fit = append(q.Fit, jsonFit{f.ID, name(f.ID), f.Claims})
	}
	for _, n := range one.Near {
		q.Near = append(q.Near, jsonNear{n.ID, name(n.ID), n.Lack.Why, t.words.Text("answer.lack."+n.Lack.Why, map[string]string{"claim": n.Lack.Claim})})
	}
	if q.Why == "" && len(one.Fit)+len(one.Near) == 0 {
		q.Why = "type"
	}
	return q
}

func (t *tool) printQuery(q jsonQuery) {
	code := "answer.query"
	if !q.Needed {
		code = "answer.query-may"
	}
	t.say("%s", t.words.Text(code, map[string]string{"query": q.ID}))
	for _, f := range q.Fit {
		t.say("  %s %s", short(f.Item), f.Name)
	}
	for _, n := range q.Near {
		t.say("  %s: %s", n.Name, n.Words)
	}
	if q.Why != "" {
		t.say("  %s", t.words.Text("answer.lack."+q.Why, nil))
	}
}

type jsonAnswer struct {
	Audience string      `json:"audience"`
	Sent     bool        `json:"sent"` // false where it was only made
	Proofs   []jsonProof `json:"proofs"`
	Short    []string    `json:"short"` // labels of lines that were asked for and are not in it
	Token    string      `json:"vp_token"`
}

// printAnswer says what they will see, as it was read from what would be sent.
func (t *tool) printAnswer(a share.Answer, send bool) {
	if t.json {
		out := jsonAnswer{Audience: a.Request.Label(), Sent: send, Short: a.Short, Token: string(a.Token)}
		for _, p := range a.Proofs {
			out.Proofs = append(out.Proofs, proofOf(p))
		}
		t.line(struct {
			Answer jsonAnswer `json:"answer"`
		}{out})
		return
	}
	for _, p := range a.Proofs {
		t.printShown(p, a.Request.Label())
	}
	if len(a.Short) > 0 {
		t.say("%s", t.words.Text("answer.short", map[string]string{"lines": strings.Join(a.Short, ", ")}))
	}
	if !send {
		t.say("%s", t.words.Text("answer.not-sent", nil))
	}
}

func (t *tool) printSent(a share.Answer, next string) {
	if t.json {
		t.line(struct {
			Sent string `json:"sent"`
			Next string `json:"next"`
		}{a.Request.Host(), next})
		return
	}
	t.say("%s", t.words.Text("answer.sent", map[string]string{"host": a.Request.Host()}))
	if next != "" {
		t.say("%s", t.words.Text("answer.next", map[string]string{"address": next}))
	}
}
