package sdjwt

import (
	"crypto"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Hidden marks a member's value, or an array element, that the holder may leave
// out. It may stand at any depth of Draft.Claims, inside another Hidden too.
type Hidden struct{ Value any }

// Draft is an SD-JWT to be issued.
type Draft struct {
	Header map[string]any // must hold "alg"
	Claims map[string]any // with Hidden where something may be left out
	Hash   string         // "" means sha-256, which is then not written
	Decoys int            // digests of nothing, added wherever there are digests
}

// Issue makes and signs an SD-JWT with all its disclosures (sections 4 and 7.4).
// Salts of 128 bits and decoys come from random. The same input gives the same
// output, but for the signature of an algorithm that is random itself.
func Issue(d Draft, random io.Reader, signer crypto.Signer) (string, error) {
	name := d.Hash
	if name == "" {
		name = "sha-256"
	}
	h, ok := hashes[name]
	if !ok {
		return "", fmt.Errorf("%w: %s", ErrHash, name)
	}
	i := issuing{random: random, hash: h, decoys: d.Decoys}
	claims, err := i.object(d.Claims)
	if err != nil {
		return "", err
	}
	if d.Hash != "" {
		claims[nameHash] = d.Hash
	}
	payload, err := strict.Marshal(claims)
	if err != nil {
		return "", err
	}
	token, err := jose.Sign(d.Header, payload, signer)
	if err != nil {
		return "", fmt.Errorf("sign SD-JWT: %w", err)
	}
	return strings.Join(append([]string{token}, i.out...), "~") + "~", nil
}

type issuing struct {
	random io.Reader
	hash   hasher
	decoys int
	out    []string
}

func (i *issuing) value(v any) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		return i.object(v)
	case []any:
		return i.array(v)
	}
	return v, nil
}

func (i *issuing) object(in map[string]any) (map[string]any, error) {
	out := make(map[string]any, len(in))
	var digests []string
	for _, name := range slices.Sorted(maps.Keys(in)) {
		if name == nameDigests || name == nameElement || name == nameHash {
			return nil, fmt.Errorf("%w: %s", ErrReserved, name)
		}
		h, hidden := in[name].(Hidden)
		if !hidden {
			v, err := i.value(in[name])
			if err != nil {
				return nil, err
			}
			out[name] = v
			continue
		}
		digest, err := i.disclose(h, name)
		if err != nil {
			return nil, err
		}
		digests = append(digests, digest)
	}
	return out, i.seal(out, digests)
}

// seal adds the digests of an object. They are sorted, so that their order does
// not tell the order of the claims (section 4.2.4.1).
func (i *issuing) seal(out map[string]any, digests []string) error {
	if len(digests) == 0 {
		return nil
	}
	for range i.decoys {
		digest, err := i.decoy()
		if err != nil {
			return err
		}
		digests = append(digests, digest)
	}
	slices.Sort(digests)
	out[nameDigests] = digests
	return nil
}

func (i *issuing) array(in []any) ([]any, error) {
	out := make([]any, 0, len(in))
	some := false
	for _, v := range in {
		h, hidden := v.(Hidden)
		if !hidden {
			v, err := i.value(v)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
			continue
		}
		digest, err := i.disclose(h)
		if err != nil {
			return nil, err
		}
		out, some = append(out, map[string]any{nameElement: digest}), true
	}
	for range i.decoys {
		if !some {
			break
		}
		digest, err := i.decoy()
		if err != nil {
			return nil, err
		}
		out = append(out, map[string]any{nameElement: digest})
	}
	return out, nil
}

// disclose writes a disclosure and gives its digest. What stands inside it is
// written before it.
func (i *issuing) disclose(h Hidden, name ...string) (string, error) {
	v, err := i.value(h.Value)
	if err != nil {
		return "", err
	}
	salt, err := i.salt(16)
	if err != nil {
		return "", err
	}
	list := []any{salt}
	for _, n := range name {
		list = append(list, n)
	}
	b, err := strict.Marshal(append(list, v))
	if err != nil {
		return "", err
	}
	raw := encode(b)
	i.out = append(i.out, raw)
	return i.hash.of(raw), nil
}

func (i *issuing) decoy() (string, error) {
	salt, err := i.salt(32)
	return i.hash.of(salt), err
}

func (i *issuing) salt(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(i.random, b); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	return encode(b), nil
}
