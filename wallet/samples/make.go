package samples

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha3"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
)

// The suites the schools sign with.
const (
	suiteNow   = "eddsa-rdfc-2022"
	suiteOlder = "Ed25519Signature2020" // of the first version of the data model
)

// maker makes badges for one holder by one clock.
type maker struct {
	now    time.Time
	holder jose.Key
	did    string
	school school
}

func newMaker(now time.Time, holder crypto.PublicKey) (maker, error) {
	id, err := did.Key(holder)
	if err != nil {
		return maker{}, fmt.Errorf("name the holder's key: %w", err)
	}
	return maker{now: now.UTC().Truncate(time.Hour), holder: jose.Key{Public: holder}, did: id}, nil
}

func (m maker) make(h how) ([]byte, error) {
	var ok bool
	if m.school, ok = find(h.school); !ok {
		return nil, errors.New("no such school")
	}
	doc, err := m.fill(h.sample)
	if err != nil {
		return nil, err
	}
	raw, err := h.seal(m, doc)
	if err != nil || h.after == nil {
		return raw, err
	}
	return h.after(m, raw)
}

var slot = regexp.MustCompile(`\{(now|day|picture|holder)([:+-]?)(\w*)\}`)

// fill reads a badge as its issuer wrote it down and fills its slots: {holder},
// {picture:name}, and dates so many days from now, as {now-90} and {day-90}.
func (m maker) fill(sample string) (map[string]any, error) {
	raw, ok := assets.Sample(sample)
	if !ok {
		return nil, errors.New("not shipped")
	}
	var failed error
	filled := slot.ReplaceAllStringFunc(string(raw), func(s string) string {
		p := slot.FindStringSubmatch(s)
		text, err := m.slot(p[1], p[2], p[3])
		failed = errors.Join(failed, err)
		return text
	})
	if failed != nil {
		return nil, failed
	}
	return strict.Object([]byte(filled))
}

func (m maker) slot(kind, sign, value string) (string, error) {
	switch kind {
	case "holder":
		return m.did, nil
	case "picture":
		return dataURL(value)
	}
	days, err := strconv.Atoi(sign + value)
	at := m.now.AddDate(0, 0, days)
	if kind == "day" {
		return at.Format(time.DateOnly), err
	}
	return stamp(at), err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// encode writes JSON that a person can read.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// seal adds a proof to a document, made at the given time.
func (s school) seal(ctx context.Context, name, created string, doc map[string]any) (map[string]any, error) {
	suite, ok := proof.Lookup(name)
	if !ok {
		return nil, fmt.Errorf("suite %s is not built in", name)
	}
	p, err := proof.Sign(ctx, suite, doc, map[string]any{
		"created": created, "verificationMethod": s.method(), "proofPurpose": "assertionMethod",
	}, signer(s.host))
	if err != nil {
		return nil, err
	}
	doc["proof"] = p
	return doc, nil
}

// embedded signs with a proof inside the document: the older suite for the older
// data model.
func (m maker) embedded(doc map[string]any) ([]byte, error) {
	suite, created := suiteNow, doc["validFrom"]
	if created == nil {
		suite, created = suiteOlder, doc["issuanceDate"]
	}
	at, _ := created.(string)
	sealed, err := m.school.seal(context.Background(), suite, at, doc)
	if err != nil {
		return nil, err
	}
	return encode(sealed)
}

// token signs the document as a JWT (Securing Verifiable Credentials using JOSE
// and COSE, section 3.1).
func (m maker) token(doc map[string]any) ([]byte, error) { return m.jwt("vc+jwt", doc) }

// flatToken signs as Open Badges 3.0, section 8.2.4, has it: registered claims
// beside those of the document.
func (m maker) flatToken(doc map[string]any) ([]byte, error) {
	from, err := time.Parse(time.RFC3339, fmt.Sprint(doc["validFrom"]))
	if err != nil {
		return nil, err
	}
	doc["iss"], doc["jti"], doc["sub"], doc["nbf"] = m.school.did(), doc["id"], m.did, from.Unix()
	return m.jwt("JWT", doc)
}

func (m maker) jwt(typ string, doc map[string]any) ([]byte, error) {
	payload, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	text, err := jose.Sign(m.header(typ), payload, signer(m.school.host))
	return []byte(text), err
}

func (m maker) header(typ string) map[string]any {
	return map[string]any{"alg": "EdDSA", "typ": typ, "kid": m.school.method()}
}

// sdJWT signs line by line, so that the holder may leave lines out: those whose
// name ends in a question mark. It is bound to the holder's key (RFC 9901).
func (m maker) sdJWT(doc map[string]any) ([]byte, error) {
	claims := hideable(doc).(map[string]any)
	claims["cnf"] = map[string]any{"jwk": m.holder.JWK()}
	text, err := sdjwt.Issue(sdjwt.Draft{Header: m.header("dc+sd-jwt"), Claims: claims}, m.salts(), signer(m.school.host))
	return []byte(text), err
}

// salts gives the same salts for the same holder, and others for others.
func (m maker) salts() io.Reader {
	shake := sha3.NewSHAKE256()
	shake.Write([]byte(seed + m.holder.Thumbprint()))
	return shake
}

// hideable turns members whose name ends in a question mark into hidden ones.
func hideable(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, value := range v {
			plain, hide := strings.CutSuffix(name, "?")
			if out[plain] = hideable(value); hide {
				out[plain] = sdjwt.Hidden{Value: out[plain]}
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = hideable(v[i])
		}
		return out
	}
	return v
}

// bake puts the badge into its picture.
func (m maker) bake(raw []byte) ([]byte, error) {
	picture, err := draw("cup")
	if err != nil {
		return nil, err
	}
	return envelope.Bake(picture, raw)
}

// alter changes one letter of a signed badge: the grade.
func (m maker) alter(raw []byte) ([]byte, error) {
	before, after := []byte(`"value": "C"`), []byte(`"value": "A"`)
	if bytes.Count(raw, before) != 1 {
		return nil, errors.New("the letter to change is not there")
	}
	return bytes.Replace(raw, before, after, 1), nil
}
