package verify

import (
	"context"
	"encoding/json"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/status"
)

// doubtKey: the list is intact, and nobody confirms the key that signed it.
const doubtKey = "status.list-unconfirmed"

// statusList is a list as far as it could be judged.
type statusList struct {
	page   fetch.Page
	lost   string // why nothing can be taken from it; empty where something can
	doubt  string // why a good answer is not believed; empty where it is
	id     string // the list's own id, where it has one
	issuer string // who issued it, where it says so
	look   func(status.Entry) (status.Answer, error)
}

// statusLists fetches and judges each list of a credential once.
type statusLists struct {
	j    *job
	read map[string]statusList
}

// at gives the list an entry names.
func (l statusLists) at(ctx context.Context, e status.Entry) statusList {
	name := string(e.Kind) + " " + e.List
	list, ok := l.read[name]
	if !ok {
		list = l.fetch(ctx, e)
		l.read[name] = list
	}
	return list
}

func (l statusLists) fetch(ctx context.Context, e status.Entry) statusList {
	accept := ""
	if e.Kind == status.Token {
		accept = tokenTypes
	}
	page, err := l.j.get.Get(ctx, e.List, accept)
	if err != nil {
		return statusList{lost: fetchReason(ctx, err)}
	}
	var list statusList
	switch e.Kind {
	case status.OneEdTech:
		list = l.j.plainList(page)
	case status.OpenBadge:
		list = l.j.badgeList(page)
	case status.Token:
		list = l.j.tokenList(ctx, e.List, page)
	default:
		list = l.j.sealedList(ctx, e.List, page)
	}
	list.page = page
	return list
}

// plainList is a 1EdTech revocation list. It has no signature: the https address,
// which the credential's own signature covers, is what vouches for it.
func (j *job) plainList(page fetch.Page) statusList {
	return statusList{look: func(status.Entry) (status.Answer, error) {
		revoked, why, err := status.Revoked(page.Body, j.c.ID)
		a := status.Answer{Message: why}
		if revoked {
			a.Value = 1
		}
		return a, err
	}}
}

// sealedList is a list that is a credential itself, judged as one, and once for all
// credentials inside one.
func (j *job) sealedList(ctx context.Context, address string, page fetch.Page) statusList {
	list := once(j.shared, [...]string{"list", address}, func() statusList { return j.judgeList(ctx, address, page) })
	if list.look == nil && list.lost == "" {
		return statusList{lost: "status.list-unreadable"}
	}
	return list
}

func (j *job) judgeList(ctx context.Context, address string, page fetch.Page) statusList {
	known := j.v.Memory.list(address, page.Body)
	c, report, err := j.judgeInner(ctx, known)
	if err != nil {
		return statusList{lost: "status.list-unreadable"}
	}
	list := statusList{id: c.ID, issuer: c.Issuer.ID}
	list.doubt, list.lost = trustList(report)
	if subject, ok := c.Doc["credentialSubject"].(map[string]any); ok && list.doubt == "" {
		list.doubt = j.stale(page.AsOf, subject["ttl"], time.Millisecond)
	}
	list.look = func(e status.Entry) (status.Answer, error) { return e.Look(c.Doc, known.value) }
	return list
}

// trustList reads from a list's own report how far it can be believed: lost says
// why nothing in it can, doubt why a good answer can't.
func trustList(r check.Report) (doubt, lost string) {
	sealed, confirmed := false, false
	for _, c := range r.Checks {
		switch {
		case c.ID == check.Signature && c.Outcome == check.Fail:
			return "", "status.list-tampered"
		case (c.ID == check.Shape || c.ID == check.Terms) && c.Outcome == check.Fail:
			return "", "status.list-malformed"
		case c.Reason == check.ReasonNoProof:
			return "", "status.list-unsigned"
		case c.ID == check.Signature && c.Outcome == check.Pass:
			sealed = true
			confirmed = confirmed || keyConfirmed(r, c.About)
		case c.ID == check.Period && doubt == "":
			doubt = periodDoubt(c)
		}
	}
	switch {
	case !sealed:
		return "", "status.list-unproven"
	case doubt == "" && !confirmed:
		doubt = doubtKey
	}
	return doubt, ""
}

// keyConfirmed says whether the key of one of the list's proofs is confirmed.
func keyConfirmed(r check.Report, about string) bool {
	for _, c := range r.Rows(check.Key) {
		if c.About == about && c.Outcome == check.Pass {
			return true
		}
	}
	return false
}

func periodDoubt(c check.Check) string {
	switch {
	case c.Reason == check.ReasonExpired, c.Reason == check.ReasonProofExpired:
		return "status.list-expired"
	case c.Reason == check.ReasonNotYet:
		return "status.list-not-yet"
	case c.Outcome == check.Fail, c.Outcome == check.Unknown:
		return "status.list-undated"
	}
	return ""
}

// stale: a list may say how long an answer is good for. One that was stored
// longer than that says nothing about today.
func (j *job) stale(asOf time.Time, ttl any, unit time.Duration) string {
	n, ok := ttl.(json.Number)
	if !ok || asOf.IsZero() || j.now.IsZero() {
		return ""
	}
	count, err := n.Int64()
	if err != nil || count <= 0 || count > int64(maxTTL/unit) {
		return ""
	}
	if j.now.After(asOf.Add(time.Duration(count) * unit)) {
		return "status.list-stale"
	}
	return ""
}

const maxTTL = 10 * 365 * 24 * time.Hour

// renamed says whether a list calls itself by another address than the one it was
// found at. Copies of lists move; a list of the same issuer may also have been
// put in another's place.
func (l statusList) renamed(address string) bool {
	if l.id == "" || l.id == address {
		return false
	}
	a, errA := fetch.Address(l.id)
	b, errB := fetch.Address(address)
	return errA != nil || errB != nil || a.String() != b.String()
}
