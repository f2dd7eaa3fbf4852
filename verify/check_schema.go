package verify

import (
	"context"

	"github.com/cairnwallet/cairn/verify/check"
)

// checkSchema: does it fit the schema it names? Cairn ships no schemas yet and a
// schema's address is chosen by whoever wrote the credential, so the answer is
// unknown, which never lowers the verdict (design: schema moves no verdict).
func checkSchema(_ context.Context, j *job) []check.Check {
	if _, named := j.c.Doc["credentialSchema"]; !named {
		return one(row(check.Schema, check.Absent, "schema.none"))
	}
	return one(row(check.Schema, check.Unknown, "schema.not-supported"))
}
