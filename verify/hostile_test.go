package verify_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// hostile is an input made to hurt: what may come of it, and what reading and
// judging it may cost. Bombs of one format stand with its package; those here go
// through the whole house.
type hostile struct {
	name string
	in   func(t *testing.T) []byte
	get  fetch.Getter
	code string          // of the refusal; empty where it opens
	want []check.Verdict // where it opens: any of these for the first credential
	mib  uint64          // may be allocated in all, from reading to the report
}

// bad are the verdicts that promise nothing.
var bad = []check.Verdict{check.Problem, check.Withdrawn, check.Unsigned, check.NotFullyChecked}

// zeros are n bytes of nothing, packed.
func zeros(n int, pack func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := pack(&b)
	for range n >> 20 {
		must(w.Write(make([]byte, 1<<20)))
	}
	must(0, w.Close())
	return b.Bytes()
}

func gzipTo(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
func zlibTo(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }

const bombAt = "https://college.example/list"

// bombed is a badge with an entry in a status list at bombAt, and that list.
func bombed(encoded string) (badgeText []byte, list string) {
	k := throwAway("college")
	b := seal(badge(didOf(k), func(d object) {
		d["credentialStatus"] = object{
			"id": bombAt + "#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
			"statusListIndex": "7", "statusListCredential": bombAt,
		}
	}), "eddsa-rdfc-2022", k, nil)
	l := seal(object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": bombAt, "issuer": didOf(k),
		"type": []any{"VerifiableCredential", "BitstringStatusListCredential"}, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": object{"id": bombAt + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded},
	}, "eddsa-rdfc-2022", k, nil)
	return text(b), string(text(l))
}

// statusBomb is a badge whose list unpacks to n bytes.
func statusBomb(name string, packed []byte) hostile {
	b, list := bombed("u" + base64.RawURLEncoding.EncodeToString(packed))
	return hostile{
		name: name, in: func(*testing.T) []byte { return b }, get: web(bombAt, list),
		want: []check.Verdict{check.NotFullyChecked}, mib: 64,
	}
}

// nested is a learner record in a learner record, n deep.
func nested(n int) any {
	if n == 0 {
		return badge(didOf(throwAway("college")), nil)
	}
	return object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"},
		"type":     []any{"VerifiableCredential", "ClrCredential"}, "id": fmt.Sprintf("urn:uuid:%d", n), "issuer": college(),
		"validFrom": "2026-01-01T00:00:00Z", "name": "Record",
		"credentialSubject": object{"type": []any{"ClrSubject"}, "id": "did:example:maya", "verifiableCredential": []any{nested(n - 1)}},
	}
}

// tangled is a badge whose evidence is a poison graph: every node without a name is
// linked to every other.
func tangled() []byte {
	var nodes []any
	for i := range 10 {
		var links []any
		for j := range 10 {
			if i != j {
				links = append(links, fmt.Sprintf("_:b%d", j))
			}
		}
		nodes = append(nodes, object{"id": fmt.Sprintf("_:b%d", i), "type": []any{"Evidence"}, "knows": links})
	}
	k := throwAway("college")
	doc := badge(didOf(k), func(d object) {
		d["@context"] = append(d["@context"].([]any), object{"knows": object{"@id": "urn:x:knows", "@type": "@id"}})
		d["evidence"] = nodes
	})
	doc["proof"] = object{
		"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod", "created": "2026-01-02T00:00:00Z",
		"verificationMethod": method(k), "proofValue": "z" + strings.Repeat("1", 64),
	}
	return text(doc)
}

func raw(s string) func(*testing.T) []byte { return func(*testing.T) []byte { return []byte(s) } }

func hostiles() []hostile {
	record := func(n int) func(*testing.T) []byte {
		return func(*testing.T) []byte { return text(recordOf(college(), numbered(n)...)) }
	}
	return []hostile{
		statusBomb("a status list of a quarter of a gigabyte", zeros(1<<28, gzipTo)),
		statusBomb("the same in the wrong packing", zeros(1<<28, zlibTo)),
		{name: "JSON that opens and never closes", in: raw(strings.Repeat(`{"a":[`, 1<<18)), code: "input.too-deep", mib: 16},
		{name: "JSON of ten million nothings", in: raw("[" + strings.Repeat("{},", 5<<20) + "{}]"), code: "input.too-many-parts", mib: 64},
		{name: "a number of a million digits", in: raw(`{"type":["VerifiableCredential"],"issuer":"x:y","credentialSubject":{"n":` + strings.Repeat("9", 1<<20) + "}}"), want: bad, mib: 64},
		{name: "records in records", in: func(*testing.T) []byte { return text(nested(30)) }, want: bad, mib: 64},
		{name: "a record of very many", in: record(2500), want: append(bad, check.UnrecognisedIssuer), mib: 2048},
		{name: "a poison graph", in: func(*testing.T) []byte { return tangled() }, want: []check.Verdict{check.NotFullyChecked}, mib: 128},
		{name: "XML that refers to itself", in: raw(`<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><europassCredential>&b;</europassCredential>`), code: "input.dtd", mib: 4},
		{name: "XML that refers to a file", in: raw(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><europassCredential>&x;</europassCredential>`), code: "input.dtd", mib: 4},
		{name: "a picture with a script and no badge", in: raw(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`), code: "input.picture-empty", mib: 4},
		{name: "a token with a header of a megabyte", in: raw(base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"EdDSA","x":"`+strings.Repeat("x", 1<<20)+`"}`)) + ".e30.AA"), code: "*", want: bad, mib: 64},
		{name: "lines without end", in: raw(strings.Repeat("{}\n", 1<<20)), code: "*", mib: 256},
	}
}

// TestHostileInput: nothing that is brought in can take the program's time or
// memory, and none of it comes out well.
func TestHostileInput(t *testing.T) {
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			in := h.in(t)
			var got check.Verdict
			var err error
			used := testkit.Cost(func() {
				var found []*vc.Credential
				if found, err = verify.Read(in); err == nil {
					v := &verify.Verifier{Now: at("2026-06-01T12:00:00Z"), Get: h.get}
					got = v.Verify(t.Context(), found[0], nil).Verdict()
				}
			}) >> 20
			if used > h.mib {
				t.Errorf("it took %d MiB, may take %d", used, h.mib)
			}
			h.judge(t, err, got)
		})
	}
}

func (h hostile) judge(t *testing.T, err error, got check.Verdict) {
	t.Helper()
	if err != nil {
		if h.code != "*" && fault.Code(err) != h.code {
			t.Errorf("refused with %q, want %q", fault.Code(err), h.code)
		}
		return
	}
	for _, v := range h.want {
		if v == got {
			return
		}
	}
	t.Errorf("it opens and is %s, want %v or a refusal %q", got, h.want, h.code)
}
