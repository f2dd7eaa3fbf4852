package bbs

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// proof is what octets_to_proof reads (section 4.2.4.5). t1 and t2 are not written.
type proof struct {
	abar, bbar, d bls.G1
	e, r1, r3     ff.Scalar
	hidden        []ff.Scalar
	challenge     ff.Scalar

	t1, t2 bls.G1
}

// shown are the messages that are shown, by their places, ascending.
type shown struct {
	places   []int
	messages []ff.Scalar
}

func (s shown) check(total int) error {
	if total > MaxMessages {
		return ErrTooMany
	}
	for i, n := range s.places {
		if n < 0 || n >= total || i > 0 && n <= s.places[i-1] {
			return fmt.Errorf("%w: the places of messages are not ascending", ErrMalformed)
		}
	}
	return nil
}

// hidden gives the places of the other messages.
func (s shown) hidden(total int) []int {
	out := make([]int, 0, total-len(s.places))
	for i := range total {
		if _, is := slices.BinarySearch(s.places, i); !is {
			out = append(out, i)
		}
	}
	return out
}

// challengeOf is section 3.7.4, ProofChallengeCalculate.
func challengeOf(p *proof, s shown, d ff.Scalar, ph []byte) ff.Scalar {
	in := binary.BigEndian.AppendUint64(nil, uint64(len(s.places)))
	for i, n := range s.places {
		in = binary.BigEndian.AppendUint64(in, uint64(n))
		in = appendScalar(in, &s.messages[i])
	}
	for _, point := range []*bls.G1{&p.abar, &p.bbar, &p.d, &p.t1, &p.t2} {
		in = appendPoint(in, point)
	}
	in = appendScalar(in, &d)
	in = binary.BigEndian.AppendUint64(in, uint64(len(ph)))
	return hashToScalar(append(in, ph...), apiID+"H2S_")
}

// Derive makes a proof that k signed header and messages, of which those at places
// (ascending) are shown (sections 3.5.3 and 3.7.1). ph is bound into the proof.
// random must be a source of secrets: who knows what it gave can link the proof and
// read what is hidden. A signature that does not hold gives a proof that doesn't.
func Derive(k *PublicKey, sig, header, ph []byte, messages [][]byte, places []int, random io.Reader) ([]byte, error) {
	s, err := parseSignature(sig)
	if err != nil {
		return nil, err
	}
	in := shown{places: places}
	if err := in.check(len(messages)); err != nil {
		return nil, err
	}
	scalars := scalarsOf(messages)
	for _, n := range places {
		in.messages = append(in.messages, scalars[n])
	}
	hidden := in.hidden(len(messages))
	blind, err := randomScalars(random, 5+len(hidden))
	if err != nil {
		return nil, err
	}
	points, texts := kept.first(len(messages) + 1)
	d := domain(k, texts, header)
	p := commit(s, committed(d, points, scalars), blind, points, hidden)
	p.challenge = challengeOf(p, in, d, ph)
	p.answer(s, blind, scalars, hidden)
	return p.bytes(), nil
}

// The places of the blinding values (section 3.7.1, ProofInit).
const (
	r1 = iota
	r2
	eTilde
	r1Tilde
	r3Tilde
	mTilde
)

// commit is ProofInit: the points of the proof.
func commit(s signature, b bls.G1, blind []ff.Scalar, points []*powers, hidden []int) *proof {
	p := &proof{}
	p.d.ScalarMult(&blind[r2], &b)
	var both ff.Scalar
	both.Mul(&blind[r1], &blind[r2])
	p.abar.ScalarMult(&both, &s.a)
	var minus bls.G1
	minus.ScalarMult(&s.e, &p.abar)
	minus.Neg()
	p.bbar.ScalarMult(&blind[r1], &p.d)
	p.bbar.Add(&p.bbar, &minus)
	p.t1 = few(multiple{&blind[eTilde], &p.abar}, multiple{&blind[r1Tilde], &p.d})
	var terms []term
	for i, n := range hidden {
		terms = append(terms, term{blind[mTilde+i], points[n+1]})
	}
	p.t2 = sumWith(&blind[r3Tilde], &p.d, terms)
	return p
}

// answer is section 3.7.2, ProofFinalize.
func (p *proof) answer(s signature, blind, messages []ff.Scalar, hidden []int) {
	var r3 ff.Scalar
	r3.Inv(&blind[r2])
	p.e = plus(blind[eTilde], s.e, p.challenge)
	p.r1 = less(blind[r1Tilde], blind[r1], p.challenge)
	p.r3 = less(blind[r3Tilde], r3, p.challenge)
	for i, n := range hidden {
		p.hidden = append(p.hidden, plus(blind[mTilde+i], messages[n], p.challenge))
	}
}

// plus gives a + b·c, less a - b·c.
func plus(a, b, c ff.Scalar) (out ff.Scalar) { out.Mul(&b, &c); out.Add(&a, &out); return out }
func less(a, b, c ff.Scalar) (out ff.Scalar) { out.Mul(&b, &c); out.Sub(&a, &out); return out }

func randomScalars(random io.Reader, n int) ([]ff.Scalar, error) {
	out, b := make([]ff.Scalar, n), make([]byte, expandSize)
	for i := range out {
		if _, err := io.ReadFull(random, b); err != nil {
			return nil, fmt.Errorf("blind a proof: %w", err)
		}
		out[i].SetBytes(b)
		if out[i].IsZero() == 1 {
			return nil, fmt.Errorf("blind a proof: %w", io.ErrUnexpectedEOF)
		}
	}
	return out, nil
}

func (p *proof) bytes() []byte {
	var b []byte
	for _, point := range []*bls.G1{&p.abar, &p.bbar, &p.d} {
		b = appendPoint(b, point)
	}
	for _, s := range []*ff.Scalar{&p.e, &p.r1, &p.r3} {
		b = appendScalar(b, s)
	}
	for i := range p.hidden {
		b = appendScalar(b, &p.hidden[i])
	}
	return appendScalar(b, &p.challenge)
}

func parseProof(b []byte) (*proof, error) {
	if len(b) < proofFixed || (len(b)-proofFixed)%ff.ScalarSize != 0 {
		return nil, fmt.Errorf("%w: %d bytes", ErrMalformed, len(b))
	}
	p, err := &proof{}, error(nil)
	for _, point := range []*bls.G1{&p.abar, &p.bbar, &p.d} {
		if *point, err = parsePoint(b[:bls.G1SizeCompressed]); err != nil {
			return nil, err
		}
		b = b[bls.G1SizeCompressed:]
	}
	var scalars []ff.Scalar
	for ; len(b) > 0; b = b[ff.ScalarSize:] {
		s, err := parseScalar(b[:ff.ScalarSize])
		if err != nil {
			return nil, err
		}
		scalars = append(scalars, s)
	}
	last := len(scalars) - 1
	p.e, p.r1, p.r3, p.hidden, p.challenge = scalars[0], scalars[1], scalars[2], scalars[3:last], scalars[last]
	return p, nil
}

// VerifyProof says whether a proof shows that k signed header, and messages at
// these places (ascending) among those it signed: nil if it does (sections 3.5.4
// and 3.7.3). ph must be what was bound into it.
func (k *PublicKey) VerifyProof(proof, header, ph []byte, messages [][]byte, places []int) error {
	p, err := parseProof(proof)
	if err != nil {
		return err
	}
	total := len(p.hidden) + len(messages)
	in := shown{places: places}
	if err := in.check(total); err != nil {
		return err
	}
	if len(places) != len(messages) {
		return fmt.Errorf("%w: %d messages for %d places", ErrMalformed, len(messages), len(places))
	}
	in.messages = scalarsOf(messages)
	points, texts := kept.first(total + 1)
	d := domain(k, texts, header)
	p.t1 = few(multiple{&p.challenge, &p.bbar}, multiple{&p.e, &p.abar}, multiple{&p.r1, &p.d})
	p.t2 = p.openedWith(d, points, in)
	if c := challengeOf(p, in, d, ph); c.IsEqual(&p.challenge) != 1 {
		return ErrSignature
	}
	minus := p.bbar
	minus.Neg()
	if !balanced(&p.abar, &k.point, &minus) {
		return ErrSignature
	}
	return nil
}

// openedWith gives T2 = Bv·c + D·r3^ + Σ H_j·m^_j, where Bv stands for what is shown,
// as one sum (section 3.7.3, ProofVerifyInit, steps 4 and 5).
func (p *proof) openedWith(d ff.Scalar, points []*powers, in shown) bls.G1 {
	var dc ff.Scalar
	dc.Mul(&d, &p.challenge)
	terms := []term{{p.challenge, basePoint()}, {dc, points[0]}}
	for i, n := range in.places {
		var mc ff.Scalar
		mc.Mul(&in.messages[i], &p.challenge)
		terms = append(terms, term{mc, points[n+1]})
	}
	for i, n := range in.hidden(len(in.places) + len(p.hidden)) {
		terms = append(terms, term{p.hidden[i], points[n+1]})
	}
	return sumWith(&p.r3, &p.d, terms)
}

// sumWith gives scalar·point, and the sum of terms with it.
func sumWith(scalar *ff.Scalar, point *bls.G1, terms []term) bls.G1 {
	out, all := few(multiple{scalar, point}), sum(terms)
	out.Add(&out, &all)
	return out
}
