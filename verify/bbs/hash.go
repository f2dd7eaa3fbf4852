package bbs

import (
	"crypto"
	_ "crypto/sha256" // registers SHA-256
	"encoding/binary"
	"sync"

	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
	"github.com/cloudflare/circl/expander"
)

// apiID is that of the ciphersuite with hashing to generators and messages hashed
// to scalars (section 7.2.2).
const apiID = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_"

// expandSize is the length of what is hashed to a scalar or a generator's seed.
const expandSize = 48

func expand(input []byte, dst string) []byte {
	return expander.NewExpanderMD(crypto.SHA256, []byte(dst)).Expand(input, expandSize)
}

// hashToScalar is section 4.2.2, hash_to_scalar.
func hashToScalar(input []byte, dst string) (s ff.Scalar) {
	s.SetBytes(expand(input, dst))
	return s
}

// scalarOf is section 4.1.2, messages_to_scalars, for one message.
func scalarOf(message []byte) ff.Scalar {
	return hashToScalar(message, apiID+"MAP_MSG_TO_SCALAR_AS_HASH_")
}

func scalarsOf(messages [][]byte) []ff.Scalar {
	out := make([]ff.Scalar, len(messages))
	for i, m := range messages {
		out[i] = scalarOf(m)
	}
	return out
}

// generators are made one after the other (section 4.1.1, create_generators) and
// kept, each with its powers (4.6 KB): they are the same for all keys and all
// signatures.
type generators struct {
	mu     sync.Mutex
	seed   []byte
	state  []byte
	points []*powers
	texts  [][]byte // the points, compressed
}

var (
	kept = &generators{seed: []byte(apiID + "MESSAGE_GENERATOR_SEED")}
	// basePoint is P1 (section 7.2.2): the first generator of a seed of its own.
	basePoint = sync.OnceValue(func() *powers {
		g := &generators{seed: []byte(apiID + "BP_MESSAGE_GENERATOR_SEED")}
		points, _ := g.first(1)
		return points[0]
	})
)

// first gives the first n generators. The caller may not change them.
func (g *generators) first(n int) ([]*powers, [][]byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.state == nil {
		g.state = expand(g.seed, apiID+"SIG_GENERATOR_SEED_")
	}
	for len(g.points) < n {
		count := binary.BigEndian.AppendUint64(nil, uint64(len(g.points)+1))
		g.state = expand(append(g.state[:len(g.state):len(g.state)], count...), apiID+"SIG_GENERATOR_SEED_")
		var p bls.G1
		p.Hash(g.state, []byte(apiID+"SIG_GENERATOR_DST_"))
		g.points, g.texts = append(g.points, powersOf(p)), append(g.texts, p.BytesCompressed())
	}
	return g.points[:n:n], g.texts[:n:n]
}

// domain binds key, generators and header (section 4.2.3, calculate_domain).
func domain(k *PublicKey, texts [][]byte, header []byte) ff.Scalar {
	in := k.Bytes()
	in = binary.BigEndian.AppendUint64(in, uint64(len(texts)-1))
	for _, t := range texts {
		in = append(in, t...)
	}
	in = append(in, apiID...)
	in = binary.BigEndian.AppendUint64(in, uint64(len(header)))
	return hashToScalar(append(in, header...), apiID+"H2S_")
}

func appendScalar(b []byte, s *ff.Scalar) []byte {
	text, _ := s.MarshalBinary() // has no way to fail
	return append(b, text...)
}

func appendPoint(b []byte, p *bls.G1) []byte { return append(b, p.BytesCompressed()...) }
