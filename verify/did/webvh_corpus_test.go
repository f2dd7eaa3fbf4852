package did

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// webvhResult is what the test suite of the method expects of a resolver.
type webvhResult struct {
	Document map[string]any
	Metadata struct {
		VersionID   string `json:"versionId"`
		Deactivated bool   `json:"deactivated"`
	}
}

func readResult(t *testing.T, name string) webvhResult {
	t.Helper()
	var r webvhResult
	o, err := strict.Object(testkit.File(t, "did-webvh", name+"__resolutionResult.json"))
	if err != nil {
		t.Fatal(err)
	}
	r.Document, _ = o["didDocument"].(map[string]any)
	b, err := json.Marshal(o["didDocumentMetadata"])
	if err == nil {
		err = json.Unmarshal(b, &r.Metadata)
	}
	if err != nil {
		t.Fatal(err)
	}
	delete(r.Document, "service") // those every did:webvh has without naming them; we use no services
	return r
}

func TestCorpusWebVH(t *testing.T) {
	for _, name := range []string{
		"basic-create", "multi-update", "multiple-update-keys", "portable", "pre-rotation", "pre-rotation-consume", "deactivate",
	} {
		t.Run(name, func(t *testing.T) {
			want := readResult(t, name)
			did, _ := want.Document["id"].(string)
			web := &testkit.Web{Pages: map[string]string{"https://example.com/.well-known/did.jsonl": string(testkit.File(t, "did-webvh", name+"__did.jsonl.txt"))}}
			doc, err := Resolve(t.Context(), web, did)
			if err != nil {
				t.Fatal(err)
			}
			got, err := strict.Object(doc.Raw)
			if err != nil || !reflect.DeepEqual(got, want.Document) {
				t.Errorf("document %v, want %v (%v)", got, want.Document, err)
			}
			if doc.Version != want.Metadata.VersionID || doc.Deactivated != want.Metadata.Deactivated {
				t.Errorf("version %q, deactivated %v, want %+v", doc.Version, doc.Deactivated, want.Metadata)
			}
		})
	}
}

func TestCorpusWebVHWitness(t *testing.T) {
	web := &testkit.Web{Pages: map[string]string{
		"https://example.com/.well-known/did.jsonl":        string(testkit.File(t, "did-webvh", "witness-threshold__did.jsonl.txt")),
		"https://example.com/.well-known/did-witness.json": "[]",
	}}
	did, _ := readResult(t, "witness-threshold").Document["id"].(string)
	if _, err := Resolve(t.Context(), web, did); !errors.Is(err, ErrWitness) {
		t.Errorf("got %v, want ErrWitness", err)
	}
}

// TestCorpusWebVHAttacks: each log is refused at the entry that is forged.
func TestCorpusWebVHAttacks(t *testing.T) {
	for name, at := range map[string]string{
		"negative-did-key-body-fragment-mismatch": "entry 1", "negative-unknown-method-version": "entry 1", "negative-wrong-cryptosuite": "entry 1",
		"negative-portable-scid-swap": "entry 2", "negative-pre-rotation-omit-updatekeys": "entry 2", "negative-versiontime-non-monotonic": "entry 2",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := replay(t.Context(), testkit.File(t, "did-webvh", name+"__did.jsonl.txt"), later)
			if err == nil || !strings.HasPrefix(err.Error(), at+":") {
				t.Errorf("got %v, want an error at %s", err, at)
			}
		})
	}
}

// TestCorpusWebVHAddresses: what is no DID is refused before anything is fetched.
func TestCorpusWebVHAddresses(t *testing.T) {
	line := regexp.MustCompile(`(?m)^\s+did: "(.*)"$`)
	tried := 0
	for _, name := range []string{"fragment-leaks-into-domain", "lowercase-pct-port-ip", "pct-encoded-ip-host"} {
		script, err := os.ReadFile(testkit.Corpus(t, "did-webvh", "negative-"+name+"__script.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range line.FindAllSubmatch(script, -1) {
			tried++
			web := &testkit.Web{}
			if _, err := Resolve(t.Context(), web, string(m[1])); !errors.Is(err, ErrInvalid) || len(web.Asked()) > 0 {
				t.Errorf("%s: %v, asked %v", m[1], err, web.Asked())
			}
		}
	}
	if tried != 5 {
		t.Errorf("%d addresses tried, want 5", tried)
	}
}
