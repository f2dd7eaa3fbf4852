package check

import "slices"

// rules in order of priority; the first that holds gives the verdict. What no
// rule claims is not-fully-checked.
var rules = []struct {
	verdict Verdict
	when    func(r Report) bool
}{
	{Problem, func(r Report) bool {
		return r.failed(Shape, Terms, Key, Signature, Anchor, Binding, Audience, Disclosure) || r.contradicted()
	}},
	{Withdrawn, func(r Report) bool { return r.failed(Status) }},
	{Unsigned, func(r Report) bool { return r.reason(ReasonNoProof, ReasonUnsignedShow) }},
	{Expired, func(r Report) bool { return r.Ended() != "" }},
	{NotYetValid, func(r Report) bool { return r.reason(ReasonNotYet, ReasonEarly) }},
	{NotFullyChecked, func(r Report) bool { return !r.Proven() }},
	{UnrecognisedIssuer, func(r Report) bool { return !r.has(Issuer, Pass) }},
	{Verified, func(Report) bool { return true }},
}

func (r Report) failed(ids ...string) bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Outcome == Fail && slices.Contains(ids, c.ID) })
}

// contradicted: dates that contradict each other, or an answer to another
// request, are a fault of what was shown, not a matter of time.
func (r Report) contradicted() bool {
	timely := []string{ReasonExpired, ReasonNotYet, ReasonProofExpired, ReasonStale, ReasonEarly}
	return slices.ContainsFunc(r.Checks, func(c Check) bool {
		return (c.ID == Period || c.ID == Fresh) && c.Outcome == Fail && !slices.Contains(timely, c.Reason)
	})
}

func (r Report) reason(codes ...string) bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return slices.Contains(codes, c.Reason) })
}

// matters lists the rows whose absence of an answer stands in the way of a good
// verdict. Schema, issuer, holder and parts never do.
var matters = []string{Shape, Terms, Anchor, Period, Status, Binding, Audience, Fresh, Disclosure}

// Proven says whether every row that matters was found out, and the rows without
// which nothing is known are there and hold. It says nothing of dates that are over.
func (r Report) Proven() bool {
	for _, c := range r.Checks {
		if (c.Outcome == Unknown || c.Outcome == NotRun) && slices.Contains(matters, c.ID) {
			return false
		}
	}
	return r.holds(Shape, "") && r.Sealed()
}

// Sealed says whether some proof holds under a key that its issuer confirms. One
// is enough (Open Badges 3.0, section 9.1); another that could not be judged then
// stands in nobody's way, while one that fails is a problem by its own row.
func (r Report) Sealed() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool {
		return c.ID == Signature && c.Outcome == Pass && r.holds(Key, c.About)
	})
}

func (r Report) holds(id, about string) bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool {
		return c.ID == id && (c.Outcome == Pass || c.Outcome == Caution) && (id != Key || c.About == about)
	})
}

// Ended names what is over where the verdict is Expired: ReasonExpired, the badge
// itself, before ReasonProofExpired, its signature, before ReasonStale, what it was
// shown in. It is empty where nothing is.
func (r Report) Ended() string {
	for _, code := range []string{ReasonExpired, ReasonProofExpired, ReasonStale} {
		if r.reason(code) {
			return code
		}
	}
	return ""
}

// Gravest gives the gravest of some verdicts; of none, Verified.
func Gravest(vs ...Verdict) Verdict {
	for _, v := range Verdicts {
		if slices.Contains(vs, v) {
			return v
		}
	}
	return Verified
}
