package envelope

import (
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/sdjwt"
)

func TestSDJWT(t *testing.T) {
	card := eddsa("typ", "dc+sd-jwt")
	good := disclosing(t, card, idCard())
	last := good[strings.LastIndexByte(good[:len(good)-1], '~')+1:]
	cases := []struct{ name, in, want string }{
		{"good", good, ""},
		{"no disclosure shown", good[:strings.IndexByte(good, '~')+1], ""},
		{"old type", disclosing(t, eddsa("typ", "vc+sd-jwt"), idCard()), ""},
		{"a disclosure twice", good + last, "!shape.sd-twice"},
		{"a disclosure nobody signed", good + "WyJzIiwiYWRtaW4iLHRydWVd~", "!shape.sd-unreferenced"},
		{"a disclosure that is none", good + "e30~", "!shape.sd-malformed"},
		{"unknown digest", token(card, map[string]any{"vct": "x", "_sd_alg": "md5"}) + "~" + last, "!shape.sd-hash"},
		{"issuer hidden", disclosing(t, card, idCard("iss", sdjwt.Hidden{Value: issuerID})), "!shape.not-disclosable"},
		{"part of the status hidden", disclosing(t, card, idCard("status", map[string]any{"status_list": sdjwt.Hidden{Value: map[string]any{"idx": 1}}})), "!shape.not-disclosable"},
		{"a bare SD-JWT may hide all", disclosing(t, eddsa(), map[string]any{"iss": sdjwt.Hidden{Value: issuerID}}), ""},
		{"a W3C credential", disclosing(t, eddsa("typ", "vc+sd-jwt"), with(doc20(), "name", sdjwt.Hidden{Value: "Course"})), ""},
		{"a W3C credential whose status can be hidden", disclosing(t, eddsa("typ", "vc+sd-jwt"), with(doc20(), "credentialStatus", sdjwt.Hidden{Value: map[string]any{"type": "x"}})), "shape.not-disclosable"},
		{"a W3C credential with another issuer", disclosing(t, eddsa("typ", "vc+sd-jwt"), with(doc20(), "iss", "x:y")), "!shape.iss-differs"},
		{"a W3C credential with a vc claim", disclosing(t, eddsa("typ", "vc+sd-jwt"), with(doc20(), "vc", "x")), "!shape.claim-forbidden"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := openOne(t, c.in)
			if got := codes(o); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if o.Form != "sd-jwt" || string(o.Sealed) != c.in || o.Doc["_sd"] != nil {
				t.Errorf("form %s, doc %v", o.Form, o.Doc)
			}
		})
	}
}

func TestSDJWTPutsClaimsInPlace(t *testing.T) {
	o := openOne(t, disclosing(t, eddsa("typ", "vc+sd-jwt"), idCard()))
	if o.Doc["given_name"] != "Ada" || o.Doc["family_name"] != "Lovelace" || o.Payload["given_name"] != nil {
		t.Errorf("doc %v, payload %v", o.Doc, o.Payload)
	}
	if len(o.Notes) != 1 || o.Notes[0].Code != "shape.typ-old" {
		t.Errorf("notes %v", o.Notes)
	}
}

func TestSDJWTRefused(t *testing.T) {
	good := disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())
	for code, in := range map[string]string{
		"input.tilde":          good[:len(good)-1],
		"input.too-many-parts": good + strings.Repeat("~", maxParts),
		"input.token-damaged":  good[:20] + good[21:],
	} {
		if _, err := Open([]byte(in)); fault.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestSDJWTInJSON(t *testing.T) {
	good := disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())
	parts := strings.Split(strings.TrimSuffix(good, "~"), "~")
	signed := strings.Split(parts[0], ".")
	o := openOne(t, string(marshal(map[string]any{
		"protected": signed[0], "payload": signed[1], "signature": signed[2],
		"header": map[string]any{"disclosures": []any{parts[1]}},
	})))
	if o.Form != "sd-jwt" || string(o.Sealed) != good || o.Doc["given_name"] != "Ada" {
		t.Errorf("%s", o.Sealed)
	}
}
