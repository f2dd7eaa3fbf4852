package did

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// asResolved resolves a DID of the corpus, and compares it with the document
// stored there: the same methods, keys and relationships.
func asResolved(t *testing.T, did string, stored []byte) {
	t.Helper()
	want, err := Parse(stored)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Resolve(t.Context(), nil, did)
	if errors.Is(err, multi.ErrUnsupportedKey) && errors.Is(err, ErrUnsupported) {
		return // RSA is recognised, not supported
	}
	if err != nil || got.ID != want.ID {
		t.Fatalf("%q, %v, want %q", got.ID, err, want.ID)
	}
	for _, purpose := range purposes {
		a, b := got.For(purpose), want.For(purpose)
		if len(a) != len(b) {
			t.Fatalf("%s: %d methods, want %d", purpose, len(a), len(b))
		}
		for i := range a {
			if a[i].ID != b[i].ID || a[i].Controller != b[i].Controller || !a[i].Key.Equal(b[i].Key) {
				t.Errorf("%s: %+v, want %+v", purpose, a[i], b[i])
			}
		}
	}
}

func TestCorpusKeySets(t *testing.T) {
	for file, n := range map[string]int{"didkey__ed25519-x25519.json": 5, "didkey__nist-curves.json": 7, "didkey__rsa.json": 2} {
		var all map[string]struct {
			Document json.RawMessage `json:"didDocument"`
			JWK      json.RawMessage `json:"publicKeyJwk"`
		}
		if err := json.Unmarshal(testkit.File(t, "did-key", file), &all); err != nil {
			t.Fatal(err)
		}
		if len(all) != n {
			t.Fatalf("%s holds %d keys, want %d", file, len(all), n)
		}
		for did, one := range all {
			t.Run(file+"/"+did[8:18], func(t *testing.T) {
				if one.Document == nil {
					if _, err := Resolve(t.Context(), nil, did); !errors.Is(err, ErrUnsupported) {
						t.Errorf("got %v, want ErrUnsupported", err)
					}
					return
				}
				asResolved(t, did, one.Document)
			})
		}
	}
}

func TestCorpusKeys(t *testing.T) {
	for _, name := range []string{"Ed25519", "K256", "P521", "X25519"} {
		t.Run(name, func(t *testing.T) {
			raw := testkit.File(t, "did-key", "credo__didKey"+name+".json")
			doc, err := Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			asResolved(t, doc.ID, raw)
			if _, err = Resolve(t.Context(), nil, doc.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

// The did:web documents: the port in their id is a placeholder.
func TestCorpusWeb(t *testing.T) {
	for name, want := range map[string]error{"ed25519": nil, "rsa": nil, "secp256r1": nil, "secp256k1": nil} {
		t.Run(name, func(t *testing.T) {
			raw := testkit.File(t, "did-doc", "waltid__did-web-"+name+".json")
			text := strings.ReplaceAll(string(raw), "<DID_WEB_PORT>", "7000")
			web := &testkit.Web{Pages: map[string]string{"https://localhost:7000/" + name + "/did.json": text}, Now: day}
			doc, err := Resolve(t.Context(), web, "did:web:localhost%3A7000:"+name)
			if err != nil {
				t.Fatal(err)
			}
			ms := doc.For(Assertion)
			if len(ms) != 1 || !errors.Is(ms[0].Err, want) || want == nil && len(ms[0].Key.Algs()) == 0 {
				t.Errorf("got %+v", ms)
			}
		})
	}
	doc, err := Parse(testkit.File(t, "did-doc", "waltid__jwk-document.json"))
	if err != nil || len(doc.For(Assertion)) != 1 || doc.Methods[0].Err != nil {
		t.Errorf("waltid__jwk-document.json: %+v, %v", doc, err)
	}
}

// The documents of the mirrored web, where one lists its key for claims only as a
// whole object.
func TestCorpusMirror(t *testing.T) {
	root := testkit.Corpus(t, "web")
	mirror := fetch.Mirror{Dirs: []fs.FS{os.DirFS(root)}}
	for _, did := range []string{
		"did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf",
		"did:web:digitalcredentials.github.io:vc-test-fixtures:dids:legacy",
		"did:web:digitalcredentials.github.io:dcc-did-web",
		"did:web:digitalcredentials.github.io:dcc-did-web:multikey",
		"did:web:digitalcredentials.github.io:dcc-did-web:issuer-registry-client-test",
	} {
		doc, err := Resolve(t.Context(), mirror, did)
		if err != nil {
			t.Errorf("%s: %v", did, err)
			continue
		}
		for _, m := range doc.For(Assertion) {
			if found, ok := doc.Method(m.ID); m.Err != nil || !ok || !found.Key.Equal(m.Key) {
				t.Errorf("%s: %+v", did, m)
			}
		}
		if len(doc.For(Assertion)) == 0 {
			t.Errorf("%s lists no key for claims", did)
		}
	}
	if _, err := Resolve(t.Context(), mirror, "did:web:digitalcredentials.github.io:nobody"); err == nil || errors.Is(err, ErrDocument) {
		t.Errorf("a document that is not there: %v", err)
	}
}

// The resolution records: each stored document is read, and a method that is not
// built in says so.
func TestCorpusRecords(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, "did-doc"), "didts__*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	built := []string{"key", "jwk", "web", "webvh"}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var all map[string]json.RawMessage
			if err := json.Unmarshal(raw, &all); err != nil {
				t.Fatal(err)
			}
			n := 0
			for did, record := range all {
				if !strings.HasPrefix(did, "did:") {
					continue
				}
				n++
				readRecord(t, did, record)
				_, err := Resolve(t.Context(), fetch.Offline{}, did)
				method := strings.Split(did, ":")[1]
				if unsupported := errors.Is(err, ErrUnsupported); !slices.Contains(built, method) && !unsupported {
					t.Errorf("%s: %v, want ErrUnsupported", did, err)
				}
			}
			if n == 0 {
				t.Error("no DID in the record")
			}
		})
	}
}

// readRecord reads the document wherever the record has it: as properties, or as
// the text of a representation.
func readRecord(t *testing.T, did string, record []byte) {
	t.Helper()
	var forms map[string]json.RawMessage
	if err := json.Unmarshal(record, &forms); err != nil {
		t.Fatal(err)
	}
	docs := 0
	for _, form := range forms {
		var f struct {
			Properties     json.RawMessage `json:"properties"`
			Representation string          `json:"representation"`
		}
		if json.Unmarshal(form, &f) != nil {
			continue
		}
		for _, text := range []string{string(f.Properties), f.Representation} {
			if text == "" || text == "null" {
				continue
			}
			docs++
			doc, err := Parse([]byte(text))
			if err != nil || doc.ID != did {
				t.Errorf("%s: %q, %v", did, doc.ID, err)
			}
		}
	}
	if docs == 0 {
		t.Errorf("%s: no document", did)
	}
}
