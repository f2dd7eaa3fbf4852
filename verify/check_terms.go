package verify

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/proof"
)

// checkTerms: is every member covered by what the proof protects? A token's
// signature covers every byte. A JSON-LD proof covers only members that a context
// defines; anything else could have been added by anybody (Data Integrity 1.0,
// section 4.2: DATA_LOSS_DETECTION_ERROR).
func checkTerms(ctx context.Context, j *job) []check.Check {
	linked := false
	for _, p := range j.c.Proofs {
		linked = linked || familyOf(p).missed != nil
	}
	switch {
	case len(j.c.Proofs) == 0:
		return one(row(check.Terms, check.Absent, "terms.no-proof"))
	case !linked:
		return one(j.whole())
	}
	r := j.coverage(ctx)
	r.On = []string{check.Shape}
	return one(r)
}

// whole: nothing is left uncovered by the first proof, by its family's own account.
func (j *job) whole() check.Check {
	if say := familyOf(j.c.Proofs[0]).whole; say != nil {
		return say(j)
	}
	return row(check.Terms, check.Pass, "terms.whole")
}

func (j *job) coverage(ctx context.Context) check.Check {
	uncovered, err := j.uncovered(ctx)
	var unknown *canon.ContextError
	switch {
	case errors.As(err, &unknown):
		return row(check.Terms, check.Unknown, "terms.context-unknown", "context", unknown.URL)
	case errors.Is(err, canon.ErrTooComplex), errors.Is(err, canon.ErrTooLarge):
		return row(check.Terms, check.Unknown, "terms.too-complex")
	case ctx.Err() != nil:
		return row(check.Terms, check.Unknown, "check.stopped")
	case errors.Is(err, proof.ErrSignature):
		return row(check.Terms, check.NotRun, "terms.no-usable-proof")
	case err != nil:
		return blame(row(check.Terms, check.Fail, "terms.unreadable"))
	case len(uncovered) > 0:
		return blame(row(check.Terms, check.Fail, "terms.uncovered", "members", some(uncovered)))
	}
	return row(check.Terms, check.Pass, "terms.covered")
}

// uncovered lists what no proof covers: the members of the document, and of the
// proofs whose suites are known.
func (j *job) uncovered(ctx context.Context) ([]string, error) {
	var all []string
	known := false
	for i, p := range j.c.Proofs {
		f := familyOf(p)
		if f.missed == nil {
			continue
		}
		missed, err := f.missed(ctx, j, i)
		if errors.Is(err, proof.ErrUnsupported) {
			continue
		}
		if err != nil {
			return nil, err
		}
		known = true
		all = append(all, missed...)
	}
	if !known {
		doc := maps.Clone(j.c.Doc)
		delete(doc, "proof")
		_, missed, err := canon.ToRDF(ctx, doc)
		return missed, err
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// some lists the first few of many.
func some(names []string) string {
	const few = 5
	if len(names) > few {
		return strings.Join(names[:few], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// missedBy gives what an embedded proof does not cover.
func (j *job) missedBy(ctx context.Context, i int) ([]string, error) {
	in := j.input(ctx, i)
	return in.Uncovered, in.err
}
