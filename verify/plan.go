package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/xmlsig"
)

// maxDepth bounds how deep credentials may stand inside credentials and still be
// judged.
const maxDepth = 8

// plan lists the checks in their order, which has a meaning: a later one may rest
// on the rows of an earlier one.
var plan []step

// innerPlan judges a document a check relies on, such as a status list: its form
// and its seal, not its own status or who recognises its issuer.
var innerPlan []step

func init() { // the steps call back into the plan, for parts and status lists
	innerPlan = []step{
		{check.Shape, checkShape},
		{check.Terms, checkTerms},
		{check.Key, checkKey},
		{check.Signature, checkSignature},
		{check.Anchor, checkAnchor},
		{check.Period, checkPeriod},
	}
	plan = append([]step{{check.Shape, checkShapeBeforeParts}}, innerPlan[1:]...)
	plan = append(plan,
		step{check.Status, checkStatus},
		step{check.Schema, checkSchema},
		step{check.Issuer, checkIssuer},
		step{check.Holder, checkHolder},
		step{check.Parts, checkParts},
	)
}

// job is one credential on its way through the plan.
type job struct {
	v     *Verifier
	c     *vc.Credential
	now   time.Time // zero when there is no clock
	get   fetch.Getter
	depth int // how many credentials stand around this one

	relation string // what its key must be listed for: "assertionMethod", or "authentication" for a presentation

	rows   []check.Check       // what was found so far
	home   *home               // what the issuer's addresses say of an Open Badge of version 1 or 2
	seals  []seal              // for each proof, in the order of Credential.Proofs
	inputs map[int]*input      // what each embedded proof protects, by its place
	parsed *parsedToken        // a token, once it was taken apart
	opened *jades.Seal         // the seal around it, likewise
	xml    []*xmlsig.Signature // those of an XML document, likewise
	parts  []check.Report      // the reports of the parts
	inside *fetch.Line         // where these are made; nil before it is begun
	shared *shared             // with the credentials around and inside
	known  *knownList          // of a status list: what its bytes were found to say; else nil

	leaves    map[int]*leaf    // what each receipt of a block chain protects, by the place of its proof
	sightings map[int]sighting // what is known of its transaction
}

// step is one check of the plan. It returns its rows; a panic in it becomes a row.
type step struct {
	id  string
	run func(ctx context.Context, j *job) []check.Check
}

func (j *job) follow(ctx context.Context, steps []step, seen func(check.Check)) check.Report {
	for _, s := range steps {
		first := len(j.rows)
		j.rows = append(j.rows, j.guarded(ctx, s)...)
		for _, c := range j.rows[first:] {
			seen(c)
		}
	}
	if j.inside != nil {
		j.inside.Wait() // where ctx has ended, checkParts did not
	}
	return check.Report{At: j.now, Checks: j.rows, Parts: j.parts}
}

// guarded runs one step, so that a bug in one check costs that check only.
func (j *job) guarded(ctx context.Context, s step) (rows []check.Check) {
	defer func() {
		if p := recover(); p != nil {
			rows = []check.Check{{ID: s.id, Outcome: check.Unknown, Reason: "check.broke", Args: map[string]string{"what": fmt.Sprint(p)}}}
		}
	}()
	if ctx.Err() != nil {
		return []check.Check{{ID: s.id, Outcome: check.Unknown, Reason: "check.stopped", Who: "you"}}
	}
	return s.run(fetch.Because(ctx, s.id), j) // the ledger of contacts says which check asked
}

// judgeInner judges a list that a check relies on as the credential it is. The
// error is about reading only.
func (j *job) judgeInner(ctx context.Context, list *knownList) (*vc.Credential, check.Report, error) {
	if j.depth >= maxDepth {
		return nil, check.Report{}, fault.New("input.too-deep")
	}
	c, err := list.credential()
	if err != nil {
		return nil, check.Report{}, err
	}
	inner := j.v.job(c, j.depth+1)
	inner.known, inner.inputs = list, list.protected()
	r := inner.follow(ctx, innerPlan, func(check.Check) {})
	list.learn(inner.inputs)
	return c, r, nil
}

// row makes a row with args as pairs of slot and value.
func row(id string, o check.Outcome, reason string, args ...string) check.Check {
	c := check.Check{ID: id, Outcome: o, Reason: reason}
	for i := 0; i+1 < len(args); i += 2 {
		if c.Args == nil {
			c.Args = map[string]string{}
		}
		c.Args[args[i]] = args[i+1]
	}
	return c
}

func one(c check.Check) []check.Check { return []check.Check{c} }

// is says whether some row with this id has this outcome.
func (j *job) is(id string, o check.Outcome) bool {
	for _, c := range j.rows {
		if c.ID == id && c.Outcome == o {
			return true
		}
	}
	return false
}
