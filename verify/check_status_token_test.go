package verify

import (
	"bytes"
	"compress/zlib"
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Token Status List, section 5.2: the labels of the claims.
const (
	cwtSub, cwtExp, cwtIat = int64(2), int64(4), int64(6)
	cwtList, cwtTTL        = int64(65533), int64(65534)
)

// cwt makes a status list token in CBOR.
func (s signer) cwt(t testing.TB, typ string, claims map[any]any) string {
	t.Helper()
	header := map[any]any{int64(4): []byte(s.method()), int64(16): typ}
	return string(testkit.Sign1(t, s.key, header, nil, testkit.CBOR(t, claims)))
}

func packed(t testing.TB, b ...byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestStatusOfTokensInCBOR(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	claims := func(change map[any]any) map[any]any {
		c := map[any]any{
			cwtSub: listAt, cwtIat: statusNow.Unix() - 60, cwtExp: statusNow.Unix() + 60,
			cwtList: map[any]any{"bits": 2, "lst": packed(t, 0b11_10_01_00)}, // 0, 1, 2, 3: rightmost first
		}
		maps.Copy(c, change)
		return c
	}
	const typ = "application/statuslist+cwt"
	good := school.cwt(t, typ, claims(nil))
	tests := []struct {
		name, index, body, reason string
		outcome                   check.Outcome
	}{
		{"valid", "0", good, "status.clean", check.Pass},
		{"invalid", "1", good, "status.revoked", check.Fail},
		{"suspended", "2", good, "status.suspended", check.Fail},
		{"the issuer's own meaning", "3", good, "status.message", check.Caution},
		{"out of range", "4", good, "status.list-range", check.Unknown},
		{"one bit changed", "0", good[:len(good)-1] + string(good[len(good)-1]^1), "status.list-tampered", check.Unknown},
		{"ended", "0", school.cwt(t, typ, claims(map[any]any{cwtExp: statusNow.Unix()})), "status.list-expired", check.Unknown},
		{"ended, with a fraction", "0", school.cwt(t, typ, claims(map[any]any{cwtExp: float64(statusNow.Unix()) - 0.5})), "status.list-expired", check.Unknown},
		{"not good yet", "0", school.cwt(t, typ, claims(map[any]any{int64(5): statusNow.Unix() + 3600, cwtExp: nil})), "status.list-not-yet", check.Unknown},
		{"kept too long", "0", school.cwt(t, typ, claims(map[any]any{cwtTTL: 60})), "status.clean", check.Pass},
		{"about another list", "0", school.cwt(t, typ, claims(map[any]any{cwtSub: listAt + "2"})), "status.list-type", check.Unknown},
		{"bits that are no size", "0", school.cwt(t, typ, claims(map[any]any{cwtList: map[any]any{"bits": 3, "lst": packed(t, 0)}})), "status.list-type", check.Unknown},
		{"the list a text", "0", school.cwt(t, typ, claims(map[any]any{cwtList: map[any]any{"bits": 1, "lst": "AA"}})), "status.list-unreadable", check.Unknown},
		{"no list", "0", school.cwt(t, typ, claims(map[any]any{cwtList: nil})), "status.list-type", check.Unknown},
		{"another message", "0", school.cwt(t, "application/vc+cose", claims(nil)), "status.list-type", check.Unknown},
		{"another's key", "0", other.cwt(t, typ, claims(nil)), "status.list-unconfirmed", check.Unknown},
		{"another's key that withdraws", "1", other.cwt(t, typ, claims(nil)), "status.revoked", check.Fail},
		{"cut short", "0", good[:40], "status.list-type", check.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ref := vc.StatusRef{Type: "TokenStatusList", List: listAt, Index: tt.index}
			rows := statusRows(t, webOf(map[string]string{listAt: tt.body}), school.id, ref)
			if rows[0].Outcome != tt.outcome || rows[0].Reason != tt.reason {
				t.Errorf("got %+v; want %s %s", rows[0], tt.outcome, tt.reason)
			}
		})
	}
}
