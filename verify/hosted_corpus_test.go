package verify_test

import (
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestOpenBadgesCorpus judges the badges of version 2 that the corpus has a mirror of
// their issuers' sites for.
func TestOpenBadgesCorpus(t *testing.T) {
	mirror := fetch.Mirror{Dirs: []fs.FS{os.DirFS(testkit.Corpus(t, "web"))}}
	for name, c := range map[string]struct {
		want
		said string
	}{
		"1edtech-ob2__simple-not-revoked.jwt": {
			want{check.UnrecognisedIssuer, map[string]string{"key": "key.confirmed", "signature": "signature.holds", "status": check.ReasonStatusClean}},
			"Awesome Robotics Badge by An Example Badge Issuer",
		},
		"1edtech-ob2__simple-revoked.jwt": {
			want{check.Withdrawn, map[string]string{"key": "key.confirmed", "signature": "signature.holds", "status": check.ReasonRevoked}},
			"Awesome Robotics Badge by An Example Badge Issuer",
		},
		"1edtech-ob2__basic-assertion.json": {
			want{check.NotFullyChecked, map[string]string{"key": "key.hosted", "signature": "signature.hosted-unreachable"}},
			"Awesome Robotics Badge by An Example Badge Issuer",
		},
		"1edtech-ob2__basic-assertion-expired-before-issued.json": {
			want{check.Problem, map[string]string{"shape": "shape.dates-order", "period": "period.order"}},
			"Awesome Robotics Badge by An Example Badge Issuer",
		},
		"1edtech-ob2__basic-assertion-invalid-context.json": {
			want{check.Problem, map[string]string{"shape": "shape.badge-context"}},
			"Awesome Robotics Badge by An Example Badge Issuer",
		},
		// Its class is found under the id it gives itself.
		"1edtech-ob2__warning-with-redirection.json": {want{check.NotFullyChecked, map[string]string{"key": "key.hosted"}}, "Awesome Robotics Badge by An Example Badge Issuer"},
		// Its issuer calls itself by a number.
		"1edtech-ob2__warning-issuer-non-http.json": {want{check.NotFullyChecked, map[string]string{"key": "key.profile-other"}}, "Awesome Robotics Badge by "},
	} {
		t.Run(name, func(t *testing.T) {
			r, said := judged(t, testkit.File(t, "ob2", name), verify.Verifier{Get: mirror})
			demand(t, r, c.want)
			if said != c.said {
				t.Errorf("shown as %s", said)
			}
			if row := r.Rows(check.Status)[0]; row.Reason == check.ReasonRevoked && row.Args["message"] != "A good reason, for sure" {
				t.Errorf("the issuer's reason is told as %q", row.Args["message"])
			}
		})
	}
}

// TestOpenBadgeExtensions: what issuers add is kept and shown, also where it breaks
// the rules of whoever thought of it.
func TestOpenBadgeExtensions(t *testing.T) {
	for name, value := range map[string]string{
		"1edtech-ob2__assertion-with-extension-node-basic.json":   "I'm a property, short and sweet",
		"1edtech-ob2__assertion-with-extension-node-invalid.json": "1337",
		"1edtech-ob2__assertion-with-multiple-extensions.json":    "I'm a property, short and sweet",
	} {
		c := must(verify.Read(testkit.File(t, "ob2", name)))[0]
		var values []string
		for _, claim := range c.Badge.Claims {
			values = append(values, claim.Value)
		}
		if !slices.Contains(values, value) || len(c.Shape) > 0 {
			t.Errorf("%s: %v, %v", name, values, c.Shape)
		}
	}
}
