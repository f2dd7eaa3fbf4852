package pki_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestStamp(t *testing.T) {
	maker := newWorld(t).root.ForStamps(t, "Clock", at)
	token := maker.Stamp(t, []byte("content"), at)
	s, err := pki.ParseStamp(token)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Time.Equal(at) || !s.Signer.Equal(maker.Cert) || !slices.ContainsFunc(s.Certificates, maker.Cert.Equal) {
		t.Errorf("%+v", s)
	}
	if !s.Covers([]byte("content")) || s.Covers([]byte("contenu")) || s.Covers(nil) || (pki.Stamp{}).Covers(nil) {
		t.Error("what it covers was not told")
	}
}

// TestStampTwins changes each byte of a good token: none may be read as another
// time or another imprint with its signature still holding.
func TestStampTwins(t *testing.T) {
	maker := newWorld(t).root.ForStamps(t, "Clock", at)
	token := maker.Stamp(t, []byte("content"), at)
	good, err := pki.ParseStamp(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range token {
		twin := bytes.Clone(token)
		twin[i] ^= 1
		s, err := pki.ParseStamp(twin)
		if err == nil && (!s.Time.Equal(good.Time) || !s.Covers([]byte("content")) || !s.Signer.Equal(good.Signer)) {
			t.Fatalf("byte %d changed: %+v", i, s)
		}
	}
	for n := range token {
		if _, err := pki.ParseStamp(token[:n]); err == nil {
			t.Fatalf("cut off after %d bytes, and read", n)
		}
	}
	if _, err := pki.ParseStamp(append(bytes.Clone(token), 0)); !errors.Is(err, pki.ErrMalformed) {
		t.Errorf("a byte more: %v", err)
	}
}

func TestStampByWhomItMustNot(t *testing.T) {
	w := newWorld(t)
	late := w.root.ForStamps(t, "Clock", at)
	for name, token := range map[string][]byte{
		"a certificate for seals":      w.college.Stamp(t, []byte("x"), at),
		"a certificate that had ended": late.Stamp(t, []byte("x"), late.Cert.NotAfter.AddDate(0, 0, 1)),
		"a certificate not yet begun":  late.Stamp(t, []byte("x"), late.Cert.NotBefore.AddDate(0, 0, -1)),
		"a key that is another's":      testkit.Identity{Key: w.college.Key, Cert: late.Cert}.Stamp(t, []byte("x"), at),
	} {
		if _, err := pki.ParseStamp(token); !errors.Is(err, pki.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCorpusStamps reads the time stamps of real seals: each holds by itself.
func TestCorpusStamps(t *testing.T) {
	for _, token := range testkit.CorpusStamps(t) {
		s, err := pki.ParseStamp(token)
		if err != nil || s.Time.Year() < 2020 || s.Signer.Subject.CommonName == "" {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

func FuzzParseStamp(f *testing.F) {
	maker := newWorld(f).root.ForStamps(f, "Clock", at)
	f.Add(maker.Stamp(f, []byte("content"), at))
	f.Add([]byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, token []byte) {
		if s, err := pki.ParseStamp(token); err == nil && (s.Signer == nil || s.Time.IsZero()) {
			t.Errorf("%+v", s)
		}
	})
}

func FuzzRecords(f *testing.F) {
	w := newWorld(f)
	f.Add(w.authority.OCSP(f, w.college.Cert, at, at, at))
	f.Add(w.authority.CRL(f, at, at, x509.RevocationListEntry{SerialNumber: w.college.Cert.SerialNumber, RevocationTime: at}))
	f.Fuzz(func(t *testing.T, record []byte) {
		r := pki.Records{OCSP: [][]byte{record}, CRLs: [][]byte{record}}
		if got := r.About(w.college.Cert, w.root.Cert, at); got.Known {
			t.Errorf("believed from somebody who did not issue it: %+v", got)
		}
	})
}
