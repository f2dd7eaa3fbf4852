package jades_test

import (
	"crypto/x509"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestAdditions(t *testing.T) {
	authority := testkit.NewAuthority(t, "Authority", at)
	by, clock := authority.ForSeals(t, "Alpine College", "", at), authority.ForStamps(t, "Clock", at)
	sealed := by.SealJAdES(t, text, at, map[string]any{
		"adoTst": testkit.Stamps(clock.Stamp(t, []byte(text), at)), "crit": []string{"b64", "sigT", "adoTst"},
	})
	sealed.AddStamp(t, clock, at)
	sealed.AddValues(t, []*x509.Certificate{authority.Cert}, [][]byte{authority.OCSP(t, by.Cert, at, at, at)}, [][]byte{authority.CRL(t, at, at)})
	sealed.AddArchive(t, clock, at.AddDate(0, 1, 0))
	sealed.AddArchive(t, clock, at.AddDate(0, 2, 0))
	s, err := parse(t, sealed.JSON(t))
	if err != nil {
		t.Fatal(err)
	}
	u := s.Signatures[0].Unsigned
	if len(u.Remarks) != 0 || len(u.Stamps) != 1 || len(u.Archives) != 2 || len(u.Records.OCSP) != 1 || len(u.Records.CRLs) != 1 {
		t.Errorf("%+v", u)
	}
	if !u.Stamps[0].Time.Equal(at) || !u.Archives[1].Time.Equal(at.AddDate(0, 2, 0)) {
		t.Error("the stamps were mixed up")
	}
	if got := s.Signatures[0].Others(); len(got) != 2 || !got[1].Equal(authority.Cert) {
		t.Errorf("%d certificates", len(got))
	}
}

// TestAdditionsThatAreNoUse: nothing of them is taken, and a remark says so.
func TestAdditionsThatAreNoUse(t *testing.T) {
	authority := testkit.NewAuthority(t, "Authority", at)
	by, clock := authority.ForSeals(t, "Alpine College", "", at), authority.ForStamps(t, "Clock", at)
	archived := func(change func(s *testkit.JAdES)) func(s *testkit.JAdES) {
		return func(s *testkit.JAdES) {
			s.AddStamp(t, clock, at)
			s.AddArchive(t, clock, at)
			change(s)
		}
	}
	for name, tt := range map[string]struct {
		change func(s *testkit.JAdES)
		want   jades.Remark
		stamps int
	}{
		"a stamp over something else": {func(s *testkit.JAdES) { s.Add(t, "sigTst", testkit.Stamps(clock.Stamp(t, []byte("x"), at))) }, jades.BadStamp, 0},
		"a stamp over the raw bytes":  {func(s *testkit.JAdES) { s.Add(t, "sigTst", testkit.Stamps(clock.Stamp(t, []byte(text), at))) }, jades.BadStamp, 0},
		"a stamp that is none":        {func(s *testkit.JAdES) { s.Add(t, "sigTst", testkit.Stamps([]byte("x"))) }, jades.BadStamp, 0},
		"stamps of another type":      {func(s *testkit.JAdES) { s.Add(t, "sigTst", "x") }, jades.BadAdditions, 0},
		"a stamp over canonical text": {func(s *testkit.JAdES) {
			c := testkit.Stamps(clock.Stamp(t, []byte(s.Signature), at))
			c["canonAlg"] = "x"
			s.Add(t, "sigTst", c)
		}, jades.UnreadStamp, 0},
		"two archives in the wrong order": {archived(func(s *testkit.JAdES) { slices.Reverse(s.Additions) }), jades.BadStamp, 1},
		"something put before an archive": {archived(func(s *testkit.JAdES) {
			s.AddStamp(t, clock, at)
			s.Additions = slices.Concat(s.Additions[2:], s.Additions[:2])
		}), jades.BadStamp, 2},
		"an archive over objects": {func(s *testkit.JAdES) {
			s.Additions = []any{map[string]any{"xVals": []any{}}}
			s.AddArchive(t, clock, at)
		}, jades.UnreadStamp, 0},
		"an archive over an archive": {func(s *testkit.JAdES) {
			c := testkit.Stamps(clock.Stamp(t, []byte("x"), at))
			c["timeStamped"] = "previousArcTst"
			s.Add(t, "arcTst", c)
		}, jades.UnreadStamp, 0},
		"a counter signature":  {func(s *testkit.JAdES) { s.Add(t, "cSig", "x") }, jades.CounterSignature, 0},
		"a policy":             {func(s *testkit.JAdES) { s.Add(t, "sigPSt", map[string]any{}) }, jades.PolicyStored, 0},
		"a thing nobody knows": {func(s *testkit.JAdES) { s.Add(t, "zzz", 1) }, jades.BadAdditions, 0},
		"a certificate that is none": {func(s *testkit.JAdES) {
			s.Add(t, "xVals", []any{map[string]any{"x509Cert": map[string]any{"val": "AAAA"}}})
		}, jades.BadRecord, 0},
		"certificates of a wrong type": {func(s *testkit.JAdES) { s.Add(t, "xVals", 1) }, jades.BadAdditions, 0},
		"records of a wrong type":      {func(s *testkit.JAdES) { s.Add(t, "rVals", 1) }, jades.BadAdditions, 0},
		"an addition that is no JSON":  {func(s *testkit.JAdES) { s.Additions = []any{"e3"} }, jades.BadAdditions, 0},
		"an addition of a wrong type":  {func(s *testkit.JAdES) { s.Additions = []any{1} }, jades.BadAdditions, 0},
		"too many stamps": {func(s *testkit.JAdES) {
			s.Add(t, "sigTst", testkit.Stamps(slices.Repeat([][]byte{clock.Stamp(t, []byte(s.Signature), at)}, 13)...))
		}, jades.BadAdditions, 0},
		"too many stamps, one by one": {func(s *testkit.JAdES) {
			for range 13 {
				s.AddStamp(t, clock, at)
			}
		}, jades.BadAdditions, 12},
		"records too large": {func(s *testkit.JAdES) { s.AddValues(t, nil, [][]byte{make([]byte, 9<<20)}, nil) }, jades.BadRecord, 0},
		"a record that is none": {func(s *testkit.JAdES) {
			s.Add(t, "rVals", map[string]any{"crlVals": []any{map[string]any{"val": "*"}}})
		}, jades.BadRecord, 0},
		"too many additions": {func(s *testkit.JAdES) { s.Additions = slices.Repeat([]any{"e30"}, 65) }, jades.BadAdditions, 0},
	} {
		t.Run(name, func(t *testing.T) {
			sealed := by.SealJAdES(t, text, at, nil)
			tt.change(sealed)
			s, err := parse(t, sealed.JSON(t))
			if err != nil {
				t.Fatal(err)
			}
			u := s.Signatures[0].Unsigned
			if !slices.Contains(u.Remarks, tt.want) || len(u.Stamps) != tt.stamps || len(u.Archives) != 0 {
				t.Errorf("remarks %v, %d stamps, %d archives", u.Remarks, len(u.Stamps), len(u.Archives))
			}
			if err := s.Signatures[0].Token.Verify(key(s.Signatures[0])); err != nil {
				t.Errorf("an addition broke the signature: %v", err)
			}
		})
	}
}

func TestContentStampOverSomethingElse(t *testing.T) {
	authority := testkit.NewAuthority(t, "Authority", at)
	by, clock := authority.ForSeals(t, "Alpine College", "", at), authority.ForStamps(t, "Clock", at)
	s, err := parse(t, by.SealJAdES(t, text, at, map[string]any{
		"adoTst": testkit.Stamps(clock.Stamp(t, []byte("another text"), at)), "crit": []string{"b64", "adoTst"},
	}).JSON(t))
	if err != nil || !slices.Contains(s.Signatures[0].Unsigned.Remarks, jades.BadStamp) {
		t.Errorf("%v, %v", s.Signatures[0].Unsigned.Remarks, err)
	}
}
