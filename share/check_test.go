package share

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet/key"
)

// made gives one proof of each form.
func made(t testing.TB) map[string]Proof {
	t.Helper()
	h := derive(key.EdDSA, "a")
	out := map[string]Proof{}
	for form, raw := range map[string]string{"sd-jwt+kb": lines(t, &h, person()), "vp+jwt": token(t, h.DID()), "vp": document(t, h.DID())} {
		p, err := holding(t, []key.Holder{h}, raw).Make(context.Background(), request("1"))
		if err != nil || p.Preview.Form != form {
			t.Fatal(err, p.Preview.Form)
		}
		out[form] = p
	}
	return out
}

func at9(days int, owner ...verify.Trusted) *verify.Verifier {
	return &verify.Verifier{Now: func() time.Time { return now.AddDate(0, 0, days) }, Issuers: owner}
}

// TestChecking: what an employer sees of a good proof, of one meant for somebody
// else, of an answer used twice, and of one that is too old or from the future.
func TestChecking(t *testing.T) {
	for form, p := range made(t) {
		for name, c := range map[string]struct {
			days   int
			expect verify.Expect
			want   check.Verdict
		}{
			"as expected":         {1, verify.Expect{Audience: "Hotel Bellevue", Nonce: p.Request.Nonce}, check.Verified},
			"nothing expected":    {1, verify.Expect{}, check.Verified},
			"for somebody else":   {1, verify.Expect{Audience: "Hotel Ritz"}, check.Problem},
			"for another request": {1, verify.Expect{Nonce: "another"}, check.Problem},
			"on its last day":     {6, verify.Expect{}, check.Verified},
			"after its last day":  {7, verify.Expect{}, check.Expired},
			"before it was made":  {-1, verify.Expect{}, check.Problem},
		} {
			t.Run(form+", "+name, func(t *testing.T) {
				seen, err := Check(t.Context(), at9(c.days, verify.Trusted{ID: issuerDID(), Name: "Alpine College"}), p.Bytes, c.expect, nil)
				if err != nil {
					t.Fatal(err)
				}
				if v := seen.Verdict(); v != c.want {
					t.Errorf("verdict %s, want %s: %+v", v, c.want, seen.Shown[0].Report.Checks)
				}
			})
		}
	}
}

// TestTwins changes single letters of every form of proof. None may then pass.
func TestTwins(t *testing.T) {
	for form, p := range made(t) {
		t.Run(form, func(t *testing.T) {
			for i := 0; i < len(p.Bytes); i += 17 {
				twin := slices.Clone(p.Bytes)
				if twin[i]++; twin[i] == '~'+1 {
					twin[i] = 'A'
				}
				seen, err := Check(t.Context(), at9(1, verify.Trusted{ID: issuerDID()}), twin, verify.Expect{Audience: "Hotel Bellevue", Nonce: p.Request.Nonce}, nil)
				if err == nil && seen.Verdict() == check.Verified {
					t.Errorf("letter %d of %d was changed and nothing noticed: %s", i, len(twin), twin[max(0, i-20):min(len(twin), i+20)])
				}
			}
		})
	}
}
