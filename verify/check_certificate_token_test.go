package verify

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
)

const collegeToken = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"id":"urn:credential:2",
"issuer":{"id":"urn:college","name":"Alpine College"},"validFrom":"2026-03-01T00:00:00Z","credentialSubject":{"id":"urn:ada"}}`

// TestTokenWithCertificate: a token's certificate is judged by the same lists. It
// brings no word about revocation along, so only one too short-lived for that passes.
func TestTokenWithCertificate(t *testing.T) {
	b := newBureau(t)
	short := func(name string) testkit.Identity {
		return b.Authority.Issue(t, &x509.Certificate{
			Subject: pkix.Name{Organization: []string{name}}, NotBefore: sealedAt, NotAfter: sealedAt.AddDate(0, 0, 7),
			ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 56}, Value: []byte{5, 0}}},
		})
	}
	broken := func(c *x509.Certificate) *x509.Certificate { return &x509.Certificate{Raw: c.Raw[:20]} }
	week := short("Alpine College")
	for _, tt := range []struct {
		name  string
		by    testkit.Identity
		chain []*x509.Certificate
		eu    trust.EU
		now   time.Time
		want  string
	}{
		{"too short-lived to be revoked", week, nil, load(t, b), sealedAt, "key.certificate-listed"},
		{"a week later", week, nil, load(t, b), sealedAt.AddDate(0, 0, 8), "key.certificate-ended"},
		{"of somebody else", short("Highland School"), nil, load(t, b), sealedAt, "key.certificate-other"},
		{"nobody says whether it was revoked", b.College, nil, load(t, b), sealedAt, "key.certificate-standing"},
		{"another list", week, nil, load(t, newBureau(t)), sealedAt, "key.certificate"},
		{"no list", week, nil, nil, sealedAt, "key.certificate"},
		{"a chain that can't be read", week, []*x509.Certificate{broken(week.Cert)}, load(t, b), sealedAt, "key.unreadable"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var x5c []string
			for _, c := range append([]*x509.Certificate{tt.by.Cert}, tt.chain...) {
				x5c = append(x5c, base64.StdEncoding.EncodeToString(c.Raw))
			}
			token, err := jose.Sign(map[string]any{"alg": "ES256", "typ": "vc+jwt", "x5c": x5c}, []byte(collegeToken), tt.by.Key)
			if err != nil {
				t.Fatal(err)
			}
			found, err := Read([]byte(token))
			if err != nil {
				t.Fatal(err)
			}
			v := Verifier{Now: func() time.Time { return tt.now }, EU: tt.eu}
			r := v.Verify(context.Background(), found[0], nil)
			if got := reasonOf(r, check.Key); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if good := r.Verdict() == check.NotFullyChecked; good == (tt.want == "key.certificate-listed") {
				t.Errorf("verdict %s", r.Verdict())
			}
		})
	}
}
