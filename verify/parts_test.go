package verify_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
)

// recordOf makes a sealed learner record around some documents or tokens.
func recordOf(college object, inside ...any) object {
	k := throwAway("college")
	doc := object{
		"@context": []any{
			"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
			"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
		},
		"id": "urn:uuid:record", "type": []any{"VerifiableCredential", "ClrCredential"}, "name": "Transcript",
		"issuer": college, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": object{"id": "did:example:maya", "type": []any{"ClrSubject"}, "verifiableCredential": inside},
	}
	return seal(doc, "eddsa-rdfc-2022", k, nil)
}

func college() object {
	return object{"id": didOf(throwAway("college")), "type": []any{"Profile"}, "name": "Alpine College"}
}

// numbered makes n sealed badges that differ.
func numbered(n int) []any {
	k := throwAway("college")
	var out []any
	for i := range n {
		out = append(out, seal(badge(didOf(k), func(d object) {
			d["id"] = fmt.Sprintf("urn:uuid:badge-%d", i)
			achievement(d)["id"] = fmt.Sprintf("urn:uuid:achievement-%d", i)
		}), "eddsa-rdfc-2022", k, nil))
	}
	return out
}

// onCores runs f with one core, where a record is judged before what is inside, and
// with two, where both are judged at once.
func onCores(t *testing.T, f func(t *testing.T)) {
	for _, n := range []int{1, 2} {
		t.Run(fmt.Sprintf("%d cores", n), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			f(t)
		})
	}
}

// TestPartsAreJudgedOneByOne: what is wrong with one inside shows on it alone, and
// the outer record stays what it is.
func TestPartsAreJudgedOneByOne(t *testing.T) { onCores(t, partsAreJudgedOneByOne) }

func partsAreJudgedOneByOne(t *testing.T) {
	inside := numbered(40)
	achievement(inside[7].(object))["name"] = "Food Safety Level 9"
	inside[8] = unsealed(inside[8].(object))
	inside = append(inside, string(token(claims(badge(didOf(throwAway("college")), nil), nil), object{"alg": "EdDSA", "kid": method(throwAway("college"))}, throwAway("college"))))
	raw := text(recordOf(college(), inside...))
	c := must(verify.Read(raw))[0]

	var done []int
	ctx := verify.Watch(context.Background(), func(n, all int) {
		if all != len(inside) {
			t.Errorf("%d in all, want %d", all, len(inside))
		}
		done = append(done, n)
	})
	r := (&verify.Verifier{Now: at("2026-06-01T12:00:00Z")}).Verify(ctx, c, nil)
	if v := r.Verdict(); v != check.UnrecognisedIssuer {
		t.Errorf("the record is %s", v)
	}
	if len(r.Parts) != len(inside) {
		t.Fatalf("%d reports, want %d", len(r.Parts), len(inside))
	}
	for i, p := range r.Parts {
		want := check.UnrecognisedIssuer
		switch i {
		case 7:
			want = check.Problem
		case 8:
			want = check.Unsigned
		}
		if p.Verdict() != want {
			t.Errorf("part %d is %s, want %s", i, p.Verdict(), want)
		}
	}
	if row := r.Rows(check.Parts)[0]; row.Reason != "parts.some-not" || row.Args["good"] != "39" {
		t.Errorf("row %+v", row)
	}
	if !slices.IsSorted(done) || len(done) != len(inside) || done[len(done)-1] != len(inside) {
		t.Errorf("progress %v", done)
	}
}

// TestPartsStop: a report that was not made is no good news.
func TestPartsStop(t *testing.T) { onCores(t, partsStop) }

func partsStop(t *testing.T) {
	c := must(verify.Read(text(recordOf(college(), numbered(30)...))))[0]
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx = verify.Watch(ctx, func(n, _ int) {
		if n == 3 {
			cancel()
		}
	})
	r := (&verify.Verifier{Now: at("2026-06-01T12:00:00Z")}).Verify(ctx, c, nil)
	good := 0
	for _, p := range r.Parts {
		if v := p.Verdict(); v == check.Verified || v == check.UnrecognisedIssuer {
			good++
		}
	}
	if len(r.Parts) != 30 || good == 30 || r.Rows(check.Parts)[0].Outcome == check.Pass {
		t.Errorf("%d reports, %d good, row %+v", len(r.Parts), good, r.Rows(check.Parts)[0])
	}
}

// TestPartsShareWhatTheyRestOn: a list that many badges name is judged once, and
// each badge gets its own answer from it.
func TestPartsShareWhatTheyRestOn(t *testing.T) {
	k := throwAway("college")
	bits := make([]byte, 16<<10)
	bits[0] = 0b0001_0000 // the fourth
	_, list := bombed("u" + base64.RawURLEncoding.EncodeToString(packed(bits)))
	var inside []any
	for i := range 20 {
		inside = append(inside, seal(badge(didOf(k), func(d object) {
			d["id"] = fmt.Sprintf("urn:uuid:badge-%d", i)
			d["credentialStatus"] = object{
				"id": fmt.Sprintf("%s#%d", bombAt, i), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
				"statusListIndex": fmt.Sprint(i), "statusListCredential": bombAt,
			}
		}), "eddsa-rdfc-2022", k, nil))
	}
	c := must(verify.Read(text(recordOf(college(), inside...))))[0]
	r := (&verify.Verifier{Now: at("2026-06-01T12:00:00Z"), Get: web(bombAt, list)}).Verify(context.Background(), c, nil)
	for i, p := range r.Parts {
		want := "status.clean"
		if i == 3 {
			want = check.ReasonRevoked
		}
		if rows := p.Rows(check.Status); len(rows) != 1 || rows[0].Reason != want || rows[0].AsOf.IsZero() {
			t.Errorf("part %d: %+v, want %s", i, rows, want)
		}
	}
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	must(w.Write(b))
	must(0, w.Close())
	return out.Bytes()
}
