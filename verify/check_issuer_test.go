package verify

import (
	"context"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/verify/vc"
)

const (
	schoolID = "did:web:school.example"
	knownAt  = "https://digitalcredentials.github.io/dcc-known-registries/known-did-registries.json"
	boardAt  = "https://board.example/registry.json"
	trialAt  = "https://sandbox.example/registry.json"
)

const (
	namesSchool = `{"registry":{"did:web:school.example":{"name":"Alpine College"}}}`
	namesNobody = `{"registry":{}}`
)

// registriesWeb is a web with two registries: a board's and one for trials.
func registriesWeb(board, trial string) *testkit.Web {
	return webOf(map[string]string{
		knownAt: `[{"name":"Board","type":"dcc-legacy","url":"` + boardAt + `"},{"name":"Sandbox","type":"dcc-legacy","url":"` + trialAt + `"},{"name":"Odd","type":"etsi"}]`,
		boardAt: board, trialAt: trial,
	})
}

// issuerRows judges the issuer of a credential whose proof holds.
func issuerRows(v *Verifier, issuer string, s seal) []check.Check {
	j := v.job(&vc.Credential{Issuer: vc.Party{ID: issuer, Name: "Alpine"}}, 0)
	j.now = statusNow
	j.seals = []seal{s}
	return checkIssuer(context.Background(), j)
}

var public = trust.Lists{Public: true}

func confirmedSeal() seal {
	return seal{key: jose.Key{}, found: true, holds: true, row: check.Check{ID: check.Key, Outcome: check.Pass}}
}

func TestIssuerRegistries(t *testing.T) {
	tests := []struct {
		name         string
		board, trial string
		want         map[string]string // list to reason; "" is the summing row
		pass         bool
	}{
		{"named", namesSchool, namesNobody, map[string]string{"Board": "issuer.listed", "Sandbox": "issuer.not-listed"}, true},
		{"named for testing only", namesNobody, namesSchool, map[string]string{"": "issuer.unrecognised", "Board": "issuer.not-listed", "Sandbox": "issuer.listed-for-testing"}, false},
		{"named by nobody", namesNobody, namesNobody, map[string]string{"": "issuer.unrecognised", "Board": "issuer.not-listed", "Sandbox": "issuer.not-listed"}, false},
		{"an answer that is none", "<html>", namesNobody, map[string]string{"": "issuer.unrecognised", "Board": "issuer.list-broken"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := &Verifier{Get: registriesWeb(tt.board, tt.trial), Lists: public}
			got, pass := map[string]check.Check{}, false
			for _, r := range issuerRows(v, schoolID, confirmedSeal()) {
				got[r.About] = r
				pass = pass || r.Outcome == check.Pass
			}
			for list, reason := range tt.want {
				if got[list].Reason != reason {
					t.Errorf("%q: %+v, want %s", list, got[list], reason)
				}
			}
			if pass != tt.pass || got["Odd"].Reason != "issuer.list-unsupported" {
				t.Errorf("pass %v, rows %+v", pass, got)
			}
			if r := got["Sandbox"]; !r.AsOf.Equal(statusNow) {
				t.Errorf("the row has no age: %+v", r)
			}
		})
	}
}

func TestIssuerListsThatCanNotBeAsked(t *testing.T) {
	web := registriesWeb(namesNobody, namesSchool)
	web.Errs = map[string]error{boardAt: fetch.ErrUnreachable}
	rows := issuerRows(&Verifier{Get: web, Lists: public}, schoolID, confirmedSeal())
	if rows[1].About != "Board" || rows[1].Outcome != check.Unknown || rows[1].Reason != "issuer.list-unreachable" {
		t.Errorf("got %+v", rows)
	}
	for name, get := range map[string]fetch.Getter{"offline": nil, "offline, recorded": fetch.NewRecorder(fetch.Offline{})} {
		rows = issuerRows(&Verifier{Get: get, Lists: public}, schoolID, confirmedSeal())
		if len(rows) != 2 || rows[0].Reason != "issuer.unrecognised" || rows[1].Reason != "issuer.offline" {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}

func TestIssuerAndThePerson(t *testing.T) {
	school := []Trusted{{ID: schoolID, Name: "My school", At: statusNow}}
	vouched, weak, broken := confirmedSeal(), confirmedSeal(), confirmedSeal()
	vouched.vouched = true
	weak.row.Outcome = check.Unknown
	broken.holds = false
	tests := []struct {
		name    string
		v       *Verifier
		issuer  string
		seal    seal
		outcome check.Outcome
		reason  string
	}{
		{"trusted", &Verifier{Issuers: school}, schoolID, confirmedSeal(), check.Pass, "issuer.trusted-by-you"},
		{"one letter off", &Verifier{Issuers: school}, schoolID + "s", confirmedSeal(), check.Caution, "issuer.unrecognised"},
		{"vouched key", &Verifier{}, schoolID, vouched, check.Pass, "issuer.vouched-key"},
		{"no list used", &Verifier{}, schoolID, confirmedSeal(), check.Caution, "issuer.unrecognised"},
		{"no id", &Verifier{}, "", confirmedSeal(), check.Caution, "issuer.no-id"},
		{"key not confirmed", &Verifier{Issuers: school}, schoolID, weak, check.NotRun, "issuer.not-run"},
		{"proof does not hold", &Verifier{Issuers: school}, schoolID, broken, check.NotRun, "issuer.not-run"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := issuerRows(tt.v, tt.issuer, tt.seal)
			if len(rows) != 1 || rows[0].Outcome != tt.outcome || rows[0].Reason != tt.reason {
				t.Errorf("got %+v; want %s %s", rows, tt.outcome, tt.reason)
			}
		})
	}
}
