package status

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// cwt holds the claims of a status list token in CBOR by their labels (Token
// Status List, section 5.2; RFC 8392, section 4).
type cwt struct {
	Issuer  *string  `cbor:"1,keyasint"`
	Subject *string  `cbor:"2,keyasint"`
	Expires *float64 `cbor:"4,keyasint"`
	From    *float64 `cbor:"5,keyasint"`
	Issued  *float64 `cbor:"6,keyasint"`
	TTL     *float64 `cbor:"65534,keyasint"`
	List    *struct {
		Bits   int64  `cbor:"bits"`
		Packed []byte `cbor:"lst"`
	} `cbor:"65533,keyasint"`
}

// CWTClaims reads the payload of a status list token in CBOR and gives its claims
// as one in JSON has them, for Entry.LookToken. Other claims are left out.
func CWTClaims(payload []byte) (vc.Doc, error) {
	var c cwt
	if err := strict.CBOR(payload, &c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrType, err)
	}
	out := vc.Doc{}
	for name, v := range map[string]*string{"iss": c.Issuer, "sub": c.Subject} {
		if v != nil {
			out[name] = *v
		}
	}
	for name, v := range map[string]*float64{"exp": c.Expires, "nbf": c.From, "iat": c.Issued, "ttl": c.TTL} {
		if v != nil {
			out[name] = json.Number(strconv.FormatFloat(*v, 'f', -1, 64))
		}
	}
	if c.List != nil {
		out["status_list"] = map[string]any{
			"bits": json.Number(strconv.FormatInt(c.List.Bits, 10)),
			"lst":  base64.RawURLEncoding.EncodeToString(c.List.Packed),
		}
	}
	return out, nil
}
