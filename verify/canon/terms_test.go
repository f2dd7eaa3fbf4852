package canon

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/strict"
)

// docOf reads a JSON object written in a test, in which ' may stand for ".
func docOf(t testing.TB, text string) map[string]any {
	t.Helper()
	doc, err := strict.Object([]byte(strings.ReplaceAll(text, "'", `"`)))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return doc
}

// credential wraps members in a minimal credential with the contexts of Open
// Badges 3.0.
func credential(members string) string {
	return `{'@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
		'id': 'urn:example:c', 'type': ['VerifiableCredential', 'OpenBadgeCredential'],
		'issuer': {'id': 'https://example.org/i', 'type': ['Profile'], 'name': 'School'},
		'credentialSubject': {'type': ['AchievementSubject'], 'achievement': {'id': 'urn:example:a', 'type': ['Achievement'], 'name': 'A'}}` +
		members + `}`
}

// remark is an endorsement of that credential inside it, with members of what it says.
func remark(members string) string {
	return `, 'endorsement': [{'id': 'urn:e', 'type': ['VerifiableCredential', 'EndorsementCredential'], 'issuer': 'https://example.org/o',
		'credentialSubject': {'id': 'urn:example:c', 'type': ['EndorsementSubject']` + members + `}}]`
}

func TestUncovered(t *testing.T) {
	cases := []struct {
		name, members string
		want          []string
	}{
		{"all covered", ``, nil},
		{"null says nothing", `, 'validUntil': null`, nil},
		{"empty array says nothing", `, 'evidence': []`, nil},
		{"unknown member", `, 'grade': 'A'`, []string{"grade"}},
		{"unknown member that is null", `, 'grade': null`, []string{"grade"}},
		{"unknown member inside", `, 'evidence': [{'type': ['Evidence'], 'name': 'x'}, {'type': ['Evidence'], 'grade': 1}]`, []string{"evidence.1.grade"}},
		{"member of another type's context", `, 'evidence': {'id': 'urn:e', 'type': ['Evidence'], 'humanCode': 'x'}`, []string{"evidence.humanCode"}},
		{"unknown type", `, 'termsOfUse': {'type': 'Rules'}`, []string{"termsOfUse.type"}},
		{"keyword-like member", `, '@grade': 'A'`, []string{"@grade"}},
		{"keyword-like type", `, 'termsOfUse': {'type': '@Rules'}`, []string{"termsOfUse.type"}},
		{"relative id", `, 'termsOfUse': {'id': 'rules', 'type': 'https://example.org/Rules'}`, []string{"termsOfUse.id"}},
		{"relative reference", `, 'credentialStatus': {'id': 'urn:s', 'type': 'BitstringStatusListEntry', 'statusPurpose': 'revocation', 'statusListIndex': '1', 'statusListCredential': 'lists/1'}`, []string{"credentialStatus.statusListCredential"}},
		{"id with white space", `, 'termsOfUse': {'id': 'https://example.org/a b', 'type': 'https://example.org/Rules'}`, []string{"termsOfUse.id"}},
		{"id that ends a statement", `, 'termsOfUse': {'id': 'urn:a> <urn:b', 'type': 'https://example.org/Rules'}`, []string{"termsOfUse.id"}},
		{"bad language tag", `, 'name': {'@value': 'x', '@language': 'not a tag'}`, []string{"name.@language"}},
		{"text with language", `, 'name': {'@value': 'x', '@language': 'en-GB'}`, nil},
		{"direction", `, 'name': {'@value': 'x', '@language': 'en', '@direction': 'ltr'}`, []string{"name.@direction"}},
		{"index", `, 'name': {'@value': 'x', '@index': 'y'}`, []string{"name.@index"}},
		{"language alone", `, 'name': {'@language': 'en'}`, []string{"name.@language"}},
		{"unknown member of a value", `, 'name': {'@value': 'x', 'grade': 'A'}`, []string{"name.grade"}},
		{"whole number too long", `, 'https://example.org/n': 12345678901234567890`, []string{"https://example.org/n"}},
		{"whole number", `, 'https://example.org/n': 9007199254740992`, nil},
		{"blank node as property", `, '_:p': 'x'`, []string{"_:p"}},
		{"known term by its IRI", `, 'https://www.w3.org/2018/credentials#credentialStatus': {'id': 'urn:s'}`, []string{"https://www.w3.org/2018/credentials#credentialStatus"}},
		{"known type by its IRI", `, 'termsOfUse': {'type': 'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry'}`, []string{"termsOfUse.type"}},
		{"included elsewhere", `, '@included': [{'id': 'urn:x', 'https://example.org/p': 1}]`, []string{"@included"}},
		{"keyword in place of its term", `, 'evidence': {'@id': 'urn:e', '@type': 'Evidence', 'name': 'x'}`, []string{"evidence.@id", "evidence.@type"}},
		{"type by two members", `, '@type': 'EndorsementCredential'`, []string{"@type"}},
		{"array in an array", `, 'evidence': [[{'type': ['Evidence'], 'name': 'x'}]]`, []string{"evidence.0"}},
		{"said of the credential elsewhere", `, 'evidence': {'id': 'urn:example:c', 'type': ['Evidence'], 'name': 'x'}`, []string{"evidence"}},
		{"endorsed by its id", remark(`, 'endorsementComment': 'x'`), nil},
		{"hidden in an endorsement", remark(`, 'endorsementComment': 'x', 'name': 'y'`), []string{"endorsement.0.credentialSubject"}},
		{"hidden in an endorsement's type", strings.Replace(remark(``), `['EndorsementSubject']`, `['EndorsementSubject', 'Evidence']`, 1), []string{"endorsement.0.credentialSubject"}},
		{"set object", `, 'evidence': {'@set': [{'id': 'urn:x', 'type': ['Evidence']}]}`, []string{"evidence.@set"}},
		{"nested away", `, '@nest': {'validUntil': '2030-01-01T00:00:00Z'}`, []string{"@nest"}},
		{"said backwards", `, '@reverse': {'https://example.org/p': {'id': 'urn:x'}}`, []string{"@reverse"}},
		{"renamed by the document", `, 'evidence': {'@context': {'hidden': 'https://schema.org/name'}, 'id': 'urn:x', 'hidden': 'y'}`, []string{"evidence.hidden"}},
		{"protected term by an unprotected one", `, 'proof': {'@context': 'https://w3id.org/security/v1', 'type': 'DataIntegrityProof', 'expiration': '2030-01-01T00:00:00Z'}`, []string{"proof.expiration"}},
		{"id behind a prefix of the document", `, 'evidence': {'@context': {'x': 'https://example.org/'}, 'id': 'x:1', 'name': 'y'}`, []string{"evidence.id"}},
		{"id below a base of the document", `, 'evidence': {'@context': {'@base': 'https://example.org/'}, 'id': '1', 'name': 'y'}`, []string{"evidence.id"}},
		{"named otherwise by the document", `, 'evidence': {'@context': {'passed': 'https://example.org/failed'}, 'id': 'urn:x', 'passed': 'y'}`, []string{"evidence.passed"}},
		{"named by a vocabulary of the document", `, 'evidence': {'@context': {'@vocab': 'https://example.org/#not-'}, 'id': 'urn:x', 'passed': 'y'}`, []string{"evidence.passed"}},
		{"type named otherwise by the document", `, 'termsOfUse': {'@context': {'Licence': 'https://example.org/Ban'}, 'type': 'Licence'}`, []string{"termsOfUse.type"}},
		{"value named otherwise by the document", `, 'evidence': {'@context': {'grade': {'@id': 'https://example.org/grade', '@type': '@vocab'}, 'A': 'https://example.org/F'}, 'id': 'urn:x', 'grade': 'A'}`, []string{"evidence.grade"}},
		{"value of a vocabulary", `, 'evidence': {'@context': {'grade': {'@id': 'https://example.org/grade', '@type': '@vocab'}, 'F': 'https://example.org/F'}, 'id': 'urn:x', 'grade': 'F'}`, nil},
		{"name for a UUID", `, 'evidence': {'@context': {'layer': 'urn:uuid:c4c53282-e8e2-4914-83d8-566e25d2f899'}, 'id': 'urn:x', 'layer': 'y'}`, nil},
		{"term of the document", `, 'evidence': {'@context': {'extra': 'https://example.org/extra'}, 'id': 'urn:x', 'extra': 'y'}`, nil},
		{"text in a graph", `, 'proof': 'x'`, []string{"proof"}},
		{"datatype that ends a statement", `, 'evidence': {'@context': {'grade': {'@id': 'https://example.org/grade', '@type': 'urn:t> <urn:x'}}, 'id': 'urn:x', 'grade': 'A'}`, []string{"evidence.grade"}},
		{"term dropped by the document", `, 'evidence': {'@context': {'extra': null}, 'id': 'urn:x', 'extra': 'y'}`, []string{"evidence.extra"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, got, err := Canonical(context.Background(), docOf(t, credential(c.members)), crypto.SHA256)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("uncovered %q, want %q", got, c.want)
			}
		})
	}
}

func TestUncoveredWithoutContext(t *testing.T) {
	nquads, got, err := Canonical(context.Background(), docOf(t, `{'id': 'urn:a', 'b': {'c': 1}, '@id': 'urn:d'}`), crypto.SHA256)
	if want := []string{"@id", "b", "id"}; err != nil || !slices.Equal(got, want) || len(nquads) > 0 {
		t.Errorf("%q, uncovered %q, %v; want %q", nquads, got, err, want)
	}
}

func TestRefused(t *testing.T) {
	deep := strings.Repeat(`{'https://example.org/p': `, 90) + `1` + strings.Repeat(`}`, 90)
	many := `{'https://example.org/p': [` + strings.Repeat(`{'@context': {'a': 'urn:a'}, 'a': 1},`, 40_000) + `1]}`
	cases := []struct {
		name, doc string
		want      error
	}{
		{"context not shipped", `{'@context': 'https://example.org/c'}`, ErrContextUnknown},
		{"scoped context not shipped", `{'@context': {'t': {'@id': 'urn:t', '@context': 'https://example.org/c'}}, 't': {}}`, ErrContextUnknown},
		{"protected term redefined", credential(`, 'evidence': {'@context': {'name': 'urn:x'}}`), ErrInvalid},
		{"protected term dropped", credential(`, 'evidence': {'@context': {'name': null}}`), ErrInvalid},
		{"protected term lost to a keyword-like id", credential(`, 'evidence': {'@context': {'name': '@other'}}`), ErrInvalid},
		{"protection lifted by null", credential(`, 'evidence': {'@context': null}`), ErrInvalid},
		{"protected null term redefined", `{'@context': [{'@protected': true, 'a': null}, {'a': 'urn:a'}], 'a': 1}`, ErrInvalid},
		{"id twice", credential(`, '@id': 'urn:other'`), ErrInvalid},
		{"id is a number", credential(`, 'evidence': {'id': 1}`), ErrInvalid},
		{"cyclic terms", `{'@context': {'a': 'b:x', 'b': 'a:x'}}`, ErrInvalid},
		{"number out of range", `{'https://example.org/n': 1e999}`, ErrInvalid},
		{"context is a number", `{'@context': 1}`, ErrInvalid},
		{"list nested away", `{'https://example.org/p': {'@nest': {'@list': []}}}`, ErrInvalid},
		{"keyword out of a vocabulary", `{'@context': {'@vocab': '@'}, 'id': 'urn:a'}`, ErrInvalid},
		{"vocabulary of great length", `{'@context': {'@vocab': 'urn:` + strings.Repeat("a", maxName) + `'}}`, ErrTooLarge},
		{"base of great length", `{'@context': {'@base': 'urn:` + strings.Repeat("a", maxName) + `'}}`, ErrTooLarge},
		{"prefix of great length", `{'@context': {'a': 'urn:` + strings.Repeat("a", maxName) + `:'}}`, ErrTooLarge},
		{"nested deeply is fine", deep, nil},
		{"a crowd of values", `{'https://example.org/p': [` + strings.Repeat(`1,`, 250_000) + `1]}`, ErrTooLarge},
		{"one context again and again", `{'@context': [` + strings.Repeat(`'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',`, 200) + `{}]}`, ErrTooLarge},
		{"contexts with many terms again and again", `{'https://example.org/p': [` + strings.Repeat(`{'@context': ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', {}]},`, 10_000) + `1]}`, ErrTooLarge},
		{"a crowd of terms", `{'@context': {` + crowd(250_000) + `'a': 'urn:a'}, 'a': 1}`, ErrTooLarge},
		{"a crowd of contexts", strings.Replace(credential(``), `{'@context'`, `{'https://example.org/x': `+many+`, '@context'`, 1), ErrTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Canonical(context.Background(), docOf(t, c.doc), crypto.SHA256)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

// crowd defines n terms.
func crowd(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "'t%d': 'urn:t:%d',", i, i)
	}
	return b.String()
}

func TestContextErrorNamesIt(t *testing.T) {
	_, _, err := Canonical(context.Background(), docOf(t, `{'@context': 'https://example.org/c'}`), crypto.SHA256)
	var unknown *ContextError
	if !errors.As(err, &unknown) || unknown.URL != "https://example.org/c" {
		t.Errorf("error %v doesn't name the context", err)
	}
}

// TestShippedContexts: each shipped context compiles, those of its terms
// included, which Canonical takes for granted.
func TestShippedContexts(t *testing.T) {
	for _, url := range assets.Contexts() {
		t.Run(url, func(t *testing.T) {
			x := newExpansion(context.Background(), shipped, "")
			if _, err := x.process(&active{}, url, localContext{}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestContextsAreCompiledOnce: what is kept for other documents gives the same
// statements as what is compiled for one.
func TestContextsAreCompiledOnce(t *testing.T) {
	doc := docOf(t, credential(``))
	x := newExpansion(context.Background(), shipped, "")
	if err := x.document(doc); err != nil {
		t.Fatal(err)
	}
	want := canonicalText(t, x.out.quads())
	for range 2 {
		got, _, err := Canonical(context.Background(), doc, crypto.SHA256)
		if err != nil || string(got) != string(want) {
			t.Fatalf("got\n%swant\n%s%v", got, want, err)
		}
	}
}
