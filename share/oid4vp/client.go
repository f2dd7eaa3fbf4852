package oid4vp

import (
	"cmp"
	"slices"

	"github.com/cairnwallet/cairn/verify/jose"
)

// Client is what whoever asks says of themselves (section 5.1, client_metadata).
type Client struct {
	Name    string // nobody has checked it
	Formats map[string]Accepts
	Key     jose.Recipient // to encrypt answers for; none where HasKey is false
	HasKey  bool
	Enc     string // how to encrypt
}

// Accepts is what they can read of a format: names of algorithms or suites. An
// empty list leaves it open (appendix B).
type Accepts struct {
	Issuer []string // of the issuer's signature
	Holder []string // of the learner's
}

// ParseClient reads what they say of themselves.
func ParseClient(raw []byte) (Client, error) {
	m, err := parse(raw, "client_metadata")
	if err != nil {
		return Client{}, err
	}
	return readClient(m)
}

func readClient(m map[string]any) (Client, error) {
	const at = "client_metadata/"
	r := &reader{}
	c := Client{Name: r.text(m, at, "client_name", false)}
	formats := r.object(m, at, "vp_formats_supported", false)
	for name := range formats {
		if c.Formats == nil {
			c.Formats = map[string]Accepts{}
		}
		c.Formats[name] = r.accepts(r.object(formats, at+"vp_formats_supported/", name, true), at+"vp_formats_supported/"+name+"/")
	}
	for _, enc := range r.texts(m, at, "encrypted_response_enc_values_supported", false) {
		if jose.Encrypts(enc) {
			c.Enc = cmp.Or(c.Enc, enc)
		}
	}
	if _, stated := m["encrypted_response_enc_values_supported"]; !stated {
		c.Enc = "A128GCM" // section 8.3
	}
	if set := r.object(m, at, "jwks", false); set != nil {
		r.objects(set, at+"jwks/", "keys", true, func(_ string, key map[string]any) {
			if k, err := jose.ParseRecipient(key); err == nil && !c.HasKey {
				c.Key, c.HasKey = k, true // others are passed over (RFC 7517, section 5)
			}
		})
	}
	if r.err != nil {
		return Client{}, r.err
	}
	return c, nil
}

func (r *reader) accepts(m map[string]any, at string) Accepts {
	both := slices.Concat(r.texts(m, at, "alg_values", false), r.texts(m, at, "cryptosuite_values", false))
	return Accepts{
		Issuer: slices.Concat(both, r.texts(m, at, "sd-jwt_alg_values", false)),
		Holder: slices.Concat(both, r.texts(m, at, "kb-jwt_alg_values", false)),
	}
}
