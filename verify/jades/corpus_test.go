package jades_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestCorpusSeals: sealed European credentials, whose sign input is the text
// itself, and whose every time stamp is for what it stands by.
func TestCorpusSeals(t *testing.T) {
	for _, name := range []string{"elm__Sample-MC-Annex1-signed.jsonld", "elm__credential-jws-invalid.jsonld", "elm__json_to_seal-signed-jades-baseline-lta.json"} {
		t.Run(name, func(t *testing.T) {
			s, err := parse(t, testkit.File(t, "edc", name))
			if err != nil {
				t.Fatal(err)
			}
			one := s.Signatures[0]
			if err := one.Token.Verify(key(one)); err != nil {
				t.Error(err)
			}
			u := one.Unsigned
			if one.Mismatch || len(u.Remarks) != 0 || len(u.Stamps) != 1 || len(u.Archives) != 1 || len(u.Certificates) < 4 || len(u.Records.OCSP) != 1 {
				t.Errorf("%v %+v", one.Mismatch, u)
			}
			issuer := pki.Issuer(one.Certificate, one.Others())
			if issuer == nil {
				t.Fatal("the certificate's issuer did not come along")
			}
			if got := u.Records.About(one.Certificate, issuer, u.Stamps[0].Time); !got.Known || !got.Revoked.IsZero() {
				t.Errorf("%+v", got)
			}
			if got := one.Token.Header["crit"]; !slices.Equal(got.([]any), []any{"b64", "sigT", "adoTst"}) {
				t.Errorf("%v", got)
			}
			if d := u.Stamps[0].Time.Sub(one.Claimed).Abs(); d.Minutes() > 1 {
				t.Errorf("sealed at %v, stamped at %v", one.Claimed, u.Stamps[0].Time)
			}
		})
	}
}

// TestCorpusDSS: cases of the EU's own library.
func TestCorpusDSS(t *testing.T) {
	for _, tt := range []struct {
		file       string
		signatures int
		verify     error
		remark     jades.Remark
		extra      int
	}{
		{"dss__altered-jws.json", 1, jose.ErrSignature, "", 0},
		{"dss__flattened-extra-element.json", 1, nil, "", 1},
		{"dss__jades-double-sig-different-etsiU.json", 2, nil, "", 0},
		{"dss__jades-with-counter-signature.json", 1, nil, jades.CounterSignature, 0},
		{"dss__jades-wrong-etsiu-type.json", 1, jose.ErrCritical, jades.BadAdditions, 0}, // it demands a signature policy
	} {
		t.Run(tt.file, func(t *testing.T) {
			s, err := parse(t, testkit.File(t, "jades", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Signatures) != tt.signatures || len(s.Extra) != tt.extra {
				t.Errorf("%d signatures, %v", len(s.Signatures), s.Extra)
			}
			if tt.verify == nil && !strings.Contains(string(s.Payload), "Hello World") {
				t.Errorf("%q", s.Payload)
			}
			for _, one := range s.Signatures {
				if err := one.Token.Verify(key(one)); !errors.Is(err, tt.verify) {
					t.Errorf("%v, want %v", err, tt.verify)
				}
				if tt.remark != "" && !slices.Contains(one.Unsigned.Remarks, tt.remark) {
					t.Errorf("%v", one.Unsigned.Remarks)
				}
			}
		})
	}
	for _, file := range []string{"dss__jws-serialization-no-signatures.json", "dss__serialization-wrong-payload-type.json"} {
		if _, err := parse(t, testkit.File(t, "jades", file)); !errors.Is(err, jades.ErrForm) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestCorpusPolicy: for who heeds the policy it demands, the one seal that has one
// holds.
func TestCorpusPolicy(t *testing.T) {
	m, err := strict.Object(testkit.File(t, "jades", "dss__jades-wrong-etsiu-type.json"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := jades.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Signatures[0].Token.Demands(); !slices.Equal(got, []string{"sigPId"}) {
		t.Fatalf("%v", got)
	}
	part := func(name string) string { v, _ := m[name].(string); return v }
	token, err := jose.ParseSigned(part("protected"), part("payload"), part("signature"), "sigT", "sigPId")
	if err != nil {
		t.Fatal(err)
	}
	if err := token.Verify(key(s.Signatures[0])); err != nil {
		t.Error(err)
	}
}
