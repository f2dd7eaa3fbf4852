package check_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
)

// good is a report in which all holds and a list names the issuer.
func good() []check.Check {
	return []check.Check{
		{ID: check.Shape, Outcome: check.Pass, Reason: "shape.good"},
		{ID: check.Terms, Outcome: check.Pass, Reason: "terms.covered"},
		{ID: check.Key, Outcome: check.Pass, Reason: "key.confirmed"},
		{ID: check.Signature, Outcome: check.Pass, Reason: "signature.holds"},
		{ID: check.Period, Outcome: check.Pass, Reason: "period.within"},
		{ID: check.Status, Outcome: check.Pass, Reason: check.ReasonStatusClean},
		{ID: check.Schema, Outcome: check.Absent, Reason: "schema.none"},
		{ID: check.Issuer, Outcome: check.Pass, Reason: "issuer.listed"},
		{ID: check.Holder, Outcome: check.Unknown, Reason: "holder.not-asked"},
		{ID: check.Parts, Outcome: check.Absent, Reason: "parts.none"},
	}
}

// set puts rows in the place of those with their ids.
func set(rows ...check.Check) []check.Check {
	out := slices.DeleteFunc(good(), func(c check.Check) bool {
		return slices.ContainsFunc(rows, func(r check.Check) bool { return r.ID == c.ID })
	})
	return append(out, rows...)
}

func row(id string, o check.Outcome, reason string) check.Check {
	return check.Check{ID: id, Outcome: o, Reason: reason}
}

func about(c check.Check, about string) check.Check { c.About = about; return c }

func TestVerdict(t *testing.T) {
	withdrawn := row(check.Status, check.Fail, check.ReasonRevoked)
	expired := row(check.Period, check.Fail, check.ReasonExpired)
	cases := []struct {
		name string
		rows []check.Check
		want check.Verdict
	}{
		{"all holds", good(), check.Verified},
		{"nothing was found out", nil, check.NotFullyChecked},
		{"signature broken", set(row(check.Signature, check.Fail, "signature.broken")), check.Problem},
		{"shape broken", set(row(check.Shape, check.Fail, "shape.member-missing")), check.Problem},
		{"a member not covered", set(row(check.Terms, check.Fail, "terms.uncovered")), check.Problem},
		{"key not the issuer's", set(row(check.Key, check.Fail, "key.not-listed")), check.Problem},
		{"dates contradict each other", set(row(check.Period, check.Fail, "period.order")), check.Problem},
		{"withdrawn", set(withdrawn), check.Withdrawn},
		{"withdrawn and expired", set(withdrawn, expired), check.Withdrawn},
		{"withdrawn and broken", set(withdrawn, row(check.Signature, check.Fail, "signature.broken")), check.Problem},
		{"withdrawn though the key is not confirmed", set(withdrawn, row(check.Key, check.Unknown, "key.self-asserted")), check.Withdrawn},
		{"one of two lists says withdrawn", set(row(check.Status, check.Pass, check.ReasonStatusClean), withdrawn), check.Withdrawn},
		{"unsigned", set(row(check.Key, check.Absent, "key.none"), row(check.Signature, check.Absent, check.ReasonNoProof)), check.Unsigned},
		{"unsigned and expired", set(expired, row(check.Key, check.Absent, "key.none"), row(check.Signature, check.Absent, check.ReasonNoProof)), check.Unsigned},
		{"expired", set(expired), check.Expired},
		{"the proof's own end has passed", set(row(check.Period, check.Fail, check.ReasonProofExpired)), check.Expired},
		{"not yet", set(row(check.Period, check.Fail, check.ReasonNotYet)), check.NotYetValid},
		{"no clock", set(row(check.Period, check.Unknown, "period.no-clock")), check.NotFullyChecked},
		{"status not reachable", set(row(check.Status, check.Unknown, "status.unreachable")), check.NotFullyChecked},
		{"one of two lists not reachable", set(row(check.Status, check.Pass, check.ReasonStatusClean), row(check.Status, check.Unknown, "status.unreachable")), check.NotFullyChecked},
		{"status never asked", set(row(check.Status, check.NotRun, "status.not-run")), check.NotFullyChecked},
		{"key self-asserted", set(row(check.Key, check.Unknown, "key.self-asserted")), check.NotFullyChecked},
		{"the issuer uses another key now", set(row(check.Key, check.Caution, "key.rotated")), check.Verified},
		{"suite not supported", set(row(check.Signature, check.Unknown, "signature.suite-unsupported")), check.NotFullyChecked},
		{"coverage not found out", set(row(check.Terms, check.Unknown, "terms.context-unknown")), check.NotFullyChecked},
		{"no signature row at all", set(row(check.Signature, check.NotRun, "")), check.NotFullyChecked},
		{"no list names the issuer", set(row(check.Issuer, check.Caution, "issuer.not-listed")), check.UnrecognisedIssuer},
		{"one list can't be asked, another names the issuer", set(row(check.Issuer, check.Unknown, "issuer.list-unreachable"), row(check.Issuer, check.Pass, "issuer.listed")), check.Verified},
		{"a caution of shape", set(row(check.Shape, check.Caution, "shape.png-crc")), check.Verified},
		{"schema not compared", set(row(check.Schema, check.Unknown, "schema.not-shipped")), check.Verified},
		{"a part fails", set(row(check.Parts, check.Caution, "parts.some-not")), check.Verified},
		{"somebody else's", set(row(check.Holder, check.Caution, "holder.other-key")), check.Verified},
		{"presented by somebody else", append(good(), row(check.Binding, check.Fail, "binding.other-key")), check.Problem},
		{"binding not found out", append(good(), row(check.Binding, check.Unknown, "binding.missing")), check.NotFullyChecked},
		{"made for somebody else", append(good(), row(check.Audience, check.Fail, "audience.other")), check.Problem},
		{"answer to another request", append(good(), row(check.Fresh, check.Fail, "fresh.other-nonce")), check.Problem},
		{"the proof has run out", append(good(), row(check.Fresh, check.Fail, check.ReasonStale)), check.Expired},
		{"base proof shown", append(good(), row(check.Disclosure, check.Fail, "disclosure.base-proof")), check.Problem},
		{"a second proof that can't be judged", set(
			about(row(check.Key, check.Pass, "key.confirmed"), "1"), about(row(check.Key, check.Unknown, "key.unreachable"), "2"),
			about(row(check.Signature, check.Pass, "signature.holds"), "1"), about(row(check.Signature, check.Unknown, "signature.suite-unsupported"), "2")), check.Verified},
		{"a second proof that fails", set(
			about(row(check.Key, check.Pass, "key.confirmed"), "1"), about(row(check.Key, check.Pass, "key.confirmed"), "2"),
			about(row(check.Signature, check.Pass, "signature.holds"), "1"), about(row(check.Signature, check.Fail, "signature.broken"), "2")), check.Problem},
		{"one proof holds, the key of another is confirmed", set(
			about(row(check.Key, check.Unknown, "key.self-asserted"), "1"), about(row(check.Key, check.Pass, "key.confirmed"), "2"),
			about(row(check.Signature, check.Pass, "signature.holds"), "1"), about(row(check.Signature, check.Unknown, "signature.suite-unsupported"), "2")), check.NotFullyChecked},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := (check.Report{Checks: c.rows}).Verdict(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestNoRowIsNeverGood takes every row away from a good report and weakens every
// row in every way: the verdict never gets better, and a row that matters is
// never missed.
func TestNoRowIsNeverGood(t *testing.T) {
	for i, c := range good() {
		for _, o := range []check.Outcome{check.NotRun, check.Unknown, check.Fail} {
			rows := good()
			rows[i].Outcome = o
			got := check.Report{Checks: rows}.Verdict()
			free := c.ID == check.Schema || c.ID == check.Holder || c.ID == check.Parts
			if !free && got == check.Verified {
				t.Errorf("%s is %s and the verdict is still %s", c.ID, o, got)
			}
		}
	}
	for _, id := range []string{check.Shape, check.Key, check.Signature, check.Issuer} {
		rows := slices.DeleteFunc(good(), func(c check.Check) bool { return c.ID == id })
		if got := (check.Report{Checks: rows}).Verdict(); got == check.Verified {
			t.Errorf("without any row %s the verdict is %s", id, got)
		}
	}
}

func TestClassAndGravest(t *testing.T) {
	for v, want := range map[check.Verdict]string{check.Verified: "good", check.UnrecognisedIssuer: "care", check.Expired: "care", check.Withdrawn: "bad", check.Problem: "bad", "": "bad"} {
		if got := v.Class(); got != want {
			t.Errorf("%q is %s, want %s", v, got, want)
		}
	}
	if got := check.Gravest(check.Verified, check.Expired, check.Withdrawn); got != check.Withdrawn {
		t.Errorf("gravest %s", got)
	}
}

func TestOutcomeNames(t *testing.T) {
	for o := check.NotRun; o <= check.Absent; o++ {
		b, err := json.Marshal(check.Check{Outcome: o})
		var back check.Check
		if err != nil || json.Unmarshal(b, &back) != nil || back.Outcome != o {
			t.Errorf("%v did not come back: %s", o, b)
		}
	}
	if check.ParseOutcome("splendid") != check.NotRun {
		t.Error("an unknown outcome is not read as the cautious one")
	}
}
