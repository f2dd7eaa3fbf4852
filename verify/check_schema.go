package verify

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/schema"
)

const (
	maxSchemas = 8 // schemas of one credential that are compared
	maxPlaces  = 3 // places of a break that are told
)

// schemaTypes are the types of a credentialSchema that name a JSON Schema: those of
// VC JSON Schema, section 2, and of Open Badges 3.0, section B.1.6.
var schemaTypes = []string{"JsonSchema", "JsonSchemaCredential", "1EdTechJsonSchemaValidator2019"}

// checkSchema: does it fit the schemas it names? They are taken from the copies that
// are part of the program, never from the network: a schema's address is chosen by
// whoever wrote the credential. The answer moves no verdict (design: schema).
func checkSchema(_ context.Context, j *job) []check.Check {
	named := listOf(j.c.Doc["credentialSchema"])
	if len(named) == 0 {
		return one(row(check.Schema, check.Absent, "schema.none"))
	}
	var rows []check.Check
	for i, v := range named[:min(len(named), maxSchemas)] {
		r := j.schemaRow(v)
		r.On = []string{check.Shape}
		if len(named) > 1 {
			r.About = strconv.Itoa(i + 1)
		}
		rows = append(rows, r)
	}
	if len(named) > maxSchemas {
		rows = append(rows, row(check.Schema, check.Unknown, "schema.too-many", "count", strconv.Itoa(len(named))))
	}
	return rows
}

// schemaRow compares the credential with one of the schemas it names.
func (j *job) schemaRow(v any) check.Check {
	ref, _ := v.(map[string]any)
	address, _ := ref["id"].(string)
	types := envelope.Strings(ref["type"])
	known := slices.ContainsFunc(types, func(t string) bool { return slices.Contains(schemaTypes, t) })
	switch {
	case address == "" || len(types) == 0:
		return blame(row(check.Schema, check.Caution, "schema.not-named"))
	case !known:
		return row(check.Schema, check.Unknown, "schema.kind-unsupported", "kind", strings.Join(types, ", "))
	case !schema.Shipped(address):
		return row(check.Schema, check.Unknown, "schema.not-shipped", "where", host(address))
	case !edition(ref["digestSRI"], address):
		return row(check.Schema, check.Unknown, "schema.other-edition", "where", host(address))
	}
	places, err := schema.Fits(address, j.c.Doc, maxPlaces)
	switch {
	case errors.Is(err, schema.ErrTooLarge):
		return row(check.Schema, check.Unknown, "schema.too-large")
	case err != nil:
		return row(check.Schema, check.Unknown, "schema.broke", "where", host(address))
	case len(places) > 0:
		return blame(row(check.Schema, check.Caution, "schema.misfits", "where", host(address), "places", strings.Join(places, ", ")))
	}
	return row(check.Schema, check.Pass, "schema.fits", "where", host(address))
}

// edition says whether the copy is the text that the credential pins by its digest
// (VC JSON Schema, section 2.1; Subresource Integrity, section 3.1), if it pins one.
// A digest of a kind that is not known is as if there were none.
func edition(pinned any, address string) bool {
	text, _ := pinned.(string)
	kind, want, ok := strings.Cut(text, "-")
	copied := schema.Text(address)
	var sum []byte
	switch kind {
	case "sha256":
		s := sha256.Sum256(copied)
		sum = s[:]
	case "sha384":
		s := sha512.Sum384(copied)
		sum = s[:]
	case "sha512":
		s := sha512.Sum512(copied)
		sum = s[:]
	}
	return !ok || sum == nil || want == base64.StdEncoding.EncodeToString(sum)
}

// listOf takes a member that may be one value or a list of them.
func listOf(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
