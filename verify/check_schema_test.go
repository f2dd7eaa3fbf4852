package verify

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/schema"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

const badgeSchema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"

// schemaRows judges a badge that names these schemas; without says a member of it
// that is left out.
func schemaRows(t testing.TB, named any, without string) []check.Check {
	t.Helper()
	doc := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:1", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer": map[string]any{"id": schoolID, "type": []any{"Profile"}}, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"type": []any{"AchievementSubject"}, "achievement": map[string]any{
			"id": "urn:uuid:2", "type": []any{"Achievement"}, "name": "A", "description": "B", "criteria": map[string]any{"narrative": "C"},
		}},
	}
	if named != nil {
		doc["credentialSchema"] = named
	}
	delete(doc, without)
	b, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	read, err := strict.Object(b)
	if err != nil {
		t.Fatal(err)
	}
	web := webOf(nil)
	j := (&Verifier{Get: web}).job(&vc.Credential{Doc: read}, 0)
	rows := checkSchema(context.Background(), j)
	if asked := web.Asked(); len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
	return rows
}

func TestSchema(t *testing.T) {
	type m = map[string]any
	const oneEd = "1EdTechJsonSchemaValidator2019"
	sum := sha512.Sum384(schema.Text(badgeSchema))
	sri := "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
	broken := strings.Replace(sri, sri[10:11], string(sri[10]^1), 1)
	cases := []struct {
		name    string
		named   any
		without string
		outcome check.Outcome
		reason  string
		arg     string // slot and value
	}{
		{"none", nil, "", check.Absent, "schema.none", ""},
		{"fits", m{"id": badgeSchema, "type": oneEd}, "", check.Pass, "schema.fits", "where=purl.imsglobal.org"},
		{"as W3C names the kind", m{"id": badgeSchema, "type": "JsonSchema"}, "", check.Pass, "schema.fits", ""},
		{"a list of one", []any{m{"id": badgeSchema, "type": oneEd}}, "", check.Pass, "schema.fits", ""},
		{"a list of types", m{"id": badgeSchema, "type": []any{oneEd}}, "", check.Caution, "schema.misfits", "places=credentialSchema.type"},
		{"lacks a member", m{"id": badgeSchema, "type": oneEd}, "validFrom", check.Caution, "schema.misfits", "places=validFrom"},
		{"pinned to the copy", m{"id": badgeSchema, "type": "JsonSchema", "digestSRI": sri}, "", check.Pass, "schema.fits", ""},
		{"pinned to another edition", m{"id": badgeSchema, "type": "JsonSchema", "digestSRI": broken}, "", check.Unknown, "schema.other-edition", ""},
		{"a stranger's", m{"id": "https://evil.example/s.json", "type": "JsonSchema"}, "", check.Unknown, "schema.not-shipped", "where=evil.example"},
		{"a file of this computer", m{"id": "file:///etc/passwd", "type": "JsonSchema"}, "", check.Unknown, "schema.not-shipped", ""},
		{"a schema inside a credential", m{"id": "https://school.example/schemas/1", "type": "JsonSchemaCredential"}, "", check.Unknown, "schema.not-shipped", ""},
		{"SHACL", m{"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"}, "", check.Unknown, "schema.kind-unsupported", "kind=ShaclValidator2017"},
		{"no type", m{"id": badgeSchema}, "", check.Caution, "schema.not-named", ""},
		{"no address", m{"type": oneEd}, "", check.Caution, "schema.not-named", ""},
		{"a bare address", badgeSchema, "", check.Caution, "schema.not-named", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := schemaRows(t, c.named, c.without)
			slot, value, _ := strings.Cut(c.arg, "=")
			if len(rows) != 1 || rows[0].Outcome != c.outcome || rows[0].Reason != c.reason || rows[0].Args[slot] != value || rows[0].About != "" {
				t.Errorf("got %+v; want %s %s %s", rows, c.outcome, c.reason, c.arg)
			}
		})
	}
}

func TestSchemaOfSeveral(t *testing.T) {
	var many []any
	for n := range maxSchemas + 1 {
		many = append(many, map[string]any{"id": fmt.Sprintf("https://school.example/%d", n), "type": "JsonSchema"})
	}
	many[0] = map[string]any{"id": badgeSchema, "type": "JsonSchema"}
	rows := schemaRows(t, many, "")
	if len(rows) != maxSchemas+1 || rows[0].Outcome != check.Pass || rows[1].About != "2" || rows[maxSchemas].Reason != "schema.too-many" {
		t.Errorf("got %+v", rows)
	}
}

// The real badges that name a schema of which there is a copy.
func TestCorpusSchemas(t *testing.T) {
	for file, want := range map[string]string{
		"ob3-di/dcc__v2-dataIntegrityProof-didKey-legacyRegistry-noStatus-notExpired-withSchema.json": "schema.fits",
		"ob3-unsigned/learncard__obv3OneedtechFull.json":                                              "schema.misfits", // a type of result that is none of the standard's
	} {
		found, err := Read(testkit.File(t, strings.Split(file, "/")...))
		if err != nil {
			t.Fatal(err)
		}
		r := (&Verifier{}).Verify(context.Background(), found[0], nil)
		for _, row := range r.Rows(check.Schema) {
			if row.Reason != want {
				t.Errorf("%s: %+v", file, row)
			}
		}
	}
}
