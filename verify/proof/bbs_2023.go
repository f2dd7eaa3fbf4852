package proof

import (
	"crypto"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/canon"
)

// bbs-2023: W3C Data Integrity BBS Cryptosuites 1.0 (a candidate recommendation),
// section 3. One BBS signature over all statements; what is derived from it can't
// be linked to it. Its optional features, binding to a holder's secret and
// pseudonyms, are recognised only.
var _ = register(Suite{
	Name:   "bbs-2023",
	Type:   dataIntegrity,
	canon:  rdfc,
	hash:   bbsHash,
	member: proofValue,
	encode: base64url,
	selective: &selective{
		open: openBBS, seal: sealBBS, labels: shuffledLabels, derive: deriveBBS,
	},
})

// The first bytes of proof values (sections 3.3.1 and 3.3.6).
const (
	bbsBaseHeader    = "\xd9\x5d\x02"
	bbsDerivedHeader = "\xd9\x5d\x03"
)

// bbsFeatures are the first bytes of proofs with optional features: binding to a
// secret, pseudonyms, each as a base and as a derived proof.
var bbsFeatures = []string{"\xd9\x5d\x04", "\xd9\x5d\x05", "\xd9\x5d\x06", "\xd9\x5d\x07", "\xd9\x5d\x08", "\xd9\x5d\x09"}

type bbsBase struct {
	_         struct{} `cbor:",toarray"`
	Signature []byte
	Header    []byte // hash of the options, then of what is mandatory
	Key       []byte // the issuer's public key
	HMACKey   []byte
	Mandatory []string
}

type bbsDerived struct {
	_         struct{} `cbor:",toarray"`
	Proof     []byte
	Labels    map[uint64]uint64 // number of a canonical label → number of a shuffled one
	Mandatory []uint64
	Shown     []uint64 // places among the statements that are not mandatory
	Header    []byte   // of the presentation
}

func bbsHash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(*bbs.PublicKey); ok && k != nil {
		return crypto.SHA256
	}
	return 0
}

func openBBS(value []byte) (sealed, error) {
	if len(value) < 3 {
		return sealed{}, errLength
	}
	switch head := string(value[:3]); {
	case head == bbsBaseHeader:
		return openBBSBase(value)
	case head == bbsDerivedHeader:
		return openBBSDerived(value)
	case slices.Contains(bbsFeatures, head):
		return sealed{}, ErrFeature
	}
	return sealed{}, fmt.Errorf("%w: its value is of another kind", ErrMalformed)
}

func openBBSBase(value []byte) (sealed, error) {
	var b bbsBase
	if err := readCBOR(value, &b); err != nil {
		return sealed{}, err
	}
	if len(b.HMACKey) != hmacKeySize {
		return sealed{}, errLength
	}
	holds := func(c claim, pub crypto.PublicKey) error {
		issuer, ok := pub.(*bbs.PublicKey)
		switch {
		case !ok || issuer == nil:
			return ErrKey
		case string(b.Header) != string(bbsHeader(c)), string(b.Key) != string(issuer.Bytes()):
			return ErrSignature
		}
		return bbsError(issuer.Verify(b.Signature, b.Header, c.rest))
	}
	return sealed{base: true, give: shuffledLabels(b.HMACKey), mandatory: b.Mandatory, holds: holds}, nil
}

func openBBSDerived(value []byte) (sealed, error) {
	var d bbsDerived
	if err := readCBOR(value, &d); err != nil {
		return sealed{}, err
	}
	labels := make(map[string]string, len(d.Labels))
	for c, n := range d.Labels {
		labels[canonicalLabel(c)] = shuffledLabel(n)
	}
	places, err := bbsPlaces(d.Shown)
	if err != nil {
		return sealed{}, err
	}
	holds := func(c claim, pub crypto.PublicKey) error {
		issuer, ok := pub.(*bbs.PublicKey)
		if !ok || issuer == nil {
			return ErrKey
		}
		return bbsError(issuer.VerifyProof(d.Proof, bbsHeader(c), d.Header, c.rest, places))
	}
	return sealed{give: statedLabels(labels), places: d.Mandatory, holds: holds}, nil
}

// bbsPlaces takes numbers that can be places of messages; their order is judged by
// package bbs.
func bbsPlaces(numbers []uint64) ([]int, error) {
	out := make([]int, len(numbers))
	for i, n := range numbers {
		if n > math.MaxInt32 {
			return nil, fmt.Errorf("%w: it has places beyond the last", ErrMalformed)
		}
		out[i] = int(n)
	}
	return out, nil
}

func bbsHeader(c claim) []byte { return slices.Concat(c.options, c.mandatory) }

// bbsError tells an error of package bbs as one of this package.
func bbsError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bbs.ErrTooMany):
		return fmt.Errorf("%w: %w", canon.ErrTooLarge, err)
	case errors.Is(err, bbs.ErrMalformed):
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return fmt.Errorf("%w: %w", ErrSignature, err)
}

func sealBBS(key crypto.PrivateKey, c claim, k baseKeys) ([]byte, error) {
	issuer, ok := key.(*bbs.PrivateKey)
	if !ok || issuer == nil {
		return nil, ErrKey
	}
	b := bbsBase{Header: bbsHeader(c), HMACKey: k.hmac, Mandatory: k.mandatory}
	b.Key = issuer.Public().(*bbs.PublicKey).Bytes()
	var err error
	if b.Signature, err = issuer.Sign(b.Header, c.rest); err != nil {
		return nil, err
	}
	return writeCBOR(bbsBaseHeader, b)
}

func deriveBBS(value []byte, d disclosure, header []byte, random io.Reader) ([]byte, error) {
	var b bbsBase
	if err := readCBOR(value, &b); err != nil {
		return nil, err
	}
	issuer, err := bbs.ParsePublicKey(b.Key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	places, err := bbsPlaces(d.selected)
	if err != nil {
		return nil, err
	}
	out := bbsDerived{Labels: map[uint64]uint64{}, Mandatory: d.mandatory, Shown: d.selected, Header: header}
	for c, label := range d.labels {
		n, err := number(c, "c14n")
		if err != nil {
			return nil, err
		}
		if out.Labels[n], err = number(label, "b"); err != nil {
			return nil, err
		}
	}
	if out.Proof, err = bbs.Derive(issuer, b.Signature, b.Header, header, d.rest, places, random); err != nil {
		return nil, bbsError(err)
	}
	return writeCBOR(bbsDerivedHeader, out)
}
