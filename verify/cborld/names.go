package cborld

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// keywords have fixed numbers; the odd number after each means that its value is
// a list (CBOR-LD 1.0, section "Term Codec Map").
var keywords = map[string]int64{
	"@context": 0, "@type": 2, "@id": 4, "@value": 6, "@direction": 8, "@graph": 10, "@included": 12, "@index": 14,
	"@json": 16, "@language": 18, "@list": 20, "@nest": 22, "@reverse": 24, "@base": 26, "@container": 28, "@default": 30,
	"@embed": 32, "@explicit": 34, "@none": 36, "@omitDefault": 38, "@prefix": 40, "@preserve": 42, "@protected": 44,
	"@requireAll": 46, "@set": 48, "@version": 50, "@vocab": 52,
}

const (
	contextID = int64(0)
	firstTerm = int64(100)
)

// oldContexts are the contexts, and addresses elsewhere, that the form of before
// 1.0 has numbers for.
var oldContexts = map[int64]string{
	16: "https://www.w3.org/ns/activitystreams",
	17: "https://www.w3.org/2018/credentials/v1",
	18: "https://www.w3.org/ns/did/v1",
	19: "https://w3id.org/security/suites/ed25519-2018/v1",
	20: "https://w3id.org/security/suites/ed25519-2020/v1",
	21: "https://w3id.org/cit/v1",
	22: "https://w3id.org/age/v1",
	23: "https://w3id.org/security/suites/x25519-2020/v1",
	24: "https://w3id.org/veres-one/v1",
	25: "https://w3id.org/webkms/v1",
	26: "https://w3id.org/zcap/v1",
	27: "https://w3id.org/security/suites/hmac-2019/v1",
	28: "https://w3id.org/security/suites/aes-2019/v1",
	29: "https://w3id.org/vaccination/v1",
	30: "https://w3id.org/vc-revocation-list-2020/v1",
	31: "https://w3id.org/dcc/v1",
	32: "https://w3id.org/vc/status-list/v1",
	33: "https://www.w3.org/ns/credentials/v2",
	48: "https://w3id.org/security/data-integrity/v1",
	49: "https://w3id.org/security/multikey/v1",
	50: "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
	51: "https://w3id.org/security/data-integrity/v2",
}

// oldSuites are the cryptosuites that the form of before 1.0 has numbers for.
var oldSuites = map[int64]string{1: "ecdsa-rdfc-2019", 2: "ecdsa-sd-2023", 3: "eddsa-rdfc-2022", 4: "ecdsa-xi-2023"}

// names numbers terms in the order in which their contexts are met.
type names struct {
	next int64
	ids  map[string]int64
	byID map[int64]string
}

func newNames() names {
	n := names{next: firstTerm, ids: maps.Clone(keywords), byID: map[int64]string{}}
	for term, id := range keywords {
		n.byID[id] = term
	}
	return n
}

// isKeyword tells words of JSON-LD itself, those that have no number among them.
func isKeyword(name string) bool { return strings.HasPrefix(name, "@") }

// add numbers the terms of a context that have none yet: in the order of their
// letters, two apart.
func (n *names) add(context map[string]any) {
	for _, term := range slices.Sorted(maps.Keys(context)) {
		if _, known := n.ids[term]; known || isKeyword(term) || context[term] == nil {
			continue
		}
		n.ids[term], n.byID[n.next] = n.next, term
		n.next += 2
	}
}

// term finds the name that a key of a map stands for; plural means that the value
// is a list. What was not packed is a name already.
func (n *names) term(key any) (name string, plural bool, err error) {
	switch key := key.(type) {
	case string:
		return key, false, nil
	case int64:
		if name, ok := n.byID[key&^1]; ok && key >= 0 {
			return name, key&1 == 1, nil
		}
	}
	return "", false, fmt.Errorf("%w: no term %v", ErrForm, key)
}

// key gives what stands for a name in a map.
func (n *names) key(name string) any {
	if id, ok := n.ids[name]; ok {
		return id
	}
	return name
}
