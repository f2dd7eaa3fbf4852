package verify

import (
	"context"
	"errors"
	"strconv"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/vc"
)

// maxStatus bounds the status entries of one credential that are followed; each
// may mean a question to a stranger's server.
const maxStatus = 32

// checkStatus asks every status entry's list, not the first one's: what does it
// say, and does the list hold itself? Nothing but a list that holds can say that
// a credential was not withdrawn; all else is unknown.
//
// Nobody is asked about a credential whose signature does not hold: its addresses
// are then the words of a stranger.
func checkStatus(ctx context.Context, j *job) []check.Check {
	if rows := j.badgeStatus(ctx); rows != nil {
		return rows
	}
	if rows := j.blockcertStatus(ctx); rows != nil {
		return rows
	}
	switch {
	case len(j.c.Status) == 0:
		return append(one(row(check.Status, check.Absent, "status.none")), j.renewal()...)
	case !j.is(check.Signature, check.Pass):
		return one(statusRow(check.NotRun, "status.not-run"))
	}
	return append(j.statusEntries(ctx, j.c.Status), j.renewal()...)
}

// statusEntries gives a row for each status entry.
func (j *job) statusEntries(ctx context.Context, refs []vc.StatusRef) []check.Check {
	lists := statusLists{j: j, read: map[string]statusList{}}
	var rows []check.Check
	for i, ref := range refs {
		if i == maxStatus {
			return append(rows, statusRow(check.Unknown, "status.too-many", "count", strconv.Itoa(len(refs))))
		}
		r := lists.entry(ctx, ref)
		if len(refs) > 1 {
			r.About = strconv.Itoa(i+1) + ": " + ref.Purpose
		}
		rows = append(rows, r)
	}
	return rows
}

// statusRow makes a row of this check. Who can mend what is not known is the
// issuer, unless the caller says otherwise.
func statusRow(o check.Outcome, reason string, args ...string) check.Check {
	r := row(check.Status, o, reason, args...)
	r.On = []string{check.Signature}
	if o == check.Unknown || o == check.Fail {
		r.Who = "issuer"
	}
	return r
}

// entry answers one status entry.
func (l statusLists) entry(ctx context.Context, ref vc.StatusRef) check.Check {
	e, err := status.ParseEntry(ref)
	switch {
	case errors.Is(err, status.ErrKind):
		return statusRow(check.Unknown, "status.kind-unsupported", "kind", ref.Type)
	case err != nil:
		return statusRow(check.Unknown, "status.entry-broken")
	}
	list := l.at(ctx, e)
	r := l.answer(e, list)
	r.AsOf = list.page.AsOf
	return r
}

func (l statusLists) answer(e status.Entry, list statusList) check.Check {
	where := []string{"where", host(e.List)}
	if list.lost != "" {
		r := statusRow(check.Unknown, list.lost, where...)
		if list.lost == "status.offline" || list.lost == "status.not-stored" || list.lost == "check.stopped" {
			r.Who = "you"
		}
		return r
	}
	a, err := list.look(e)
	if err != nil {
		return statusRow(check.Unknown, listReason(err), where...)
	}
	if r, said := withdrawal(e, a, list); said {
		return r
	}
	if list.doubt != "" {
		return statusRow(check.Unknown, list.doubt, where...)
	}
	return l.good(e, a, list)
}

// withdrawal says whether the list takes the credential back. That is believed
// even where nobody confirms the list's key. A revocation can't be undone, so an
// old list that tells of one is enough (Bitstring Status List 1.0, section 2.2);
// a suspension can, so the list must be of today.
func withdrawal(e status.Entry, a status.Answer, list statusList) (check.Check, bool) {
	if a.Value == 0 {
		return check.Check{}, false
	}
	if e.Kind == status.Token { // Token Status List, section 7.1: 1 is INVALID, 2 is SUSPENDED
		e.Purpose = map[uint64]string{1: status.Revocation, 2: status.Suspension}[a.Value]
	}
	args := []string{"message", a.Message, "where", host(e.List)}
	switch {
	case e.Purpose == status.Revocation:
		return statusRow(check.Fail, check.ReasonRevoked, args...), true
	case e.Purpose == status.Suspension && (list.doubt == "" || list.doubt == doubtKey):
		return statusRow(check.Fail, check.ReasonSuspended, args...), true
	}
	return check.Check{}, false
}

// good words an answer that takes nothing back, from a list that holds.
func (l statusLists) good(e status.Entry, a status.Answer, list statusList) check.Check {
	message := a.Message
	switch {
	case a.Value != 0 && e.Purpose == "refresh":
		return statusRow(check.Caution, "status.refresh")
	case a.Value != 0 && message == "":
		message = strconv.FormatUint(a.Value, 10)
		fallthrough
	case a.Value != 0:
		return statusRow(check.Caution, "status.message", "message", message)
	case list.renamed(e.List):
		return statusRow(check.Caution, "status.list-renamed", "where", host(e.List))
	case list.issuer != "" && list.issuer != l.j.c.Issuer.ID:
		return statusRow(check.Caution, "status.list-other-issuer", "issuer", host(list.issuer))
	case e.Kind.Sealed() && a.Entries < status.MinEntries:
		return statusRow(check.Caution, "status.list-short", "entries", strconv.FormatUint(a.Entries, 10))
	case message != "":
		return statusRow(check.Pass, "status.message-good", "message", message)
	}
	return statusRow(check.Pass, check.ReasonStatusClean)
}

// listReason says in a code what is wrong with a list's content.
func listReason(err error) string {
	for _, known := range []struct {
		err    error
		reason string
	}{
		{status.ErrPurpose, "status.list-purpose"},
		{status.ErrType, "status.list-type"},
		{status.ErrEncoding, "status.list-encoding"},
		{status.ErrTooLarge, "status.list-too-large"},
		{status.ErrRange, "status.list-range"},
		{status.ErrEntry, "status.entry-broken"},
	} {
		if errors.Is(err, known.err) {
			return known.reason
		}
	}
	return "status.list-unreadable"
}

// fetchReason says in a code why a list could not be had.
func fetchReason(ctx context.Context, err error) string {
	switch {
	case ctx.Err() != nil:
		return "check.stopped"
	case errors.Is(err, fetch.ErrNotStored):
		return "status.not-stored"
	case errors.Is(err, fetch.ErrOffline):
		return "status.offline"
	case errors.Is(err, fetch.ErrRefused):
		return "status.refused"
	case errors.Is(err, fetch.ErrGone):
		return "status.gone"
	case errors.Is(err, fetch.ErrTooLarge):
		return "status.list-too-large"
	}
	return "status.unreachable"
}
