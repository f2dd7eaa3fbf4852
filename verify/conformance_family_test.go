package verify_test

import (
	"bytes"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// familyMakers seal a credential in every way.
var familyMakers = map[string]func(t *testing.T) made{
	"embedded": func(*testing.T) made {
		b := sealedBadge()
		return made{
			"good.json": b, "bad-letter.json": swapped(b, "Handle food safely", "Handle food safety"), "bad-day.json": swapped(b, "2027-01-01", "2027-01-02"),
			"bad-bit.json": rewrite(jsonObject(string(b)), flip),
		}
	},
	"token": func(*testing.T) made {
		b, sd := badgeToken(), studentCard(nil)
		k := throwAway("college")
		return made{
			"good.jwt": b, "good.sd-jwt": sd, "bad-bit.jwt": swappedAt(b, -20), "bad-bit.sd-jwt": swappedAt(sd, bytes.IndexByte(sd, '~')-20),
			"bad-other.jwt": token(claims(badge(didOf(k), nil), nil), object{"kid": method(k)}, throwAway("other")), "bad-none.jwt": []byte(unsecured(claims(badge(didOf(k), nil), nil))),
		}
	},
	"cose": func(t *testing.T) made {
		k := throwAway("college")
		b := inCOSE(t, badge(didOf(k), nil), k, nil)
		return made{"good.cose": b, "bad-bit.cose": bit(b, -1), "bad-letter.cose": swapped(b, "Level 2", "Level 3"), "bad-day.cose": swapped(b, "2027-01-01", "2027-01-02")}
	},
	"badge-jws": func(*testing.T) made {
		k := throwAway("college")
		key := object{"@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": keyAt, "owner": profileAt, "publicKeyPem": publicPEM(k)}
		m := made{"good.jwt": signed(k), "bad-bit.jwt": swappedAt(signed(k), -20), "bad-other.jwt": signed(throwAway("other"))}
		return m.at(keyAt, text(key)).at(classAt, text(class())).at(profileAt, text(profile(object{"publicKey": keyAt})))
	},
	"hosted": func(*testing.T) made {
		m := made{
			"good.json": text(award()), "bad-letter.json": swapped(text(award()), "maya@", "mayo@"), "bad-class.json": text(award(object{"badge": classAt + "0"})),
			"bad-place.json": text(award(object{"id": awardAt + "0"})),
		}
		return m.at(awardAt, m["good.json"]).at(classAt, text(class())).at(profileAt, text(profile())).at(classAt+"0", text(class(object{"id": classAt + "0"})))
	},
	"merkle": func(*testing.T) made {
		c1, c2, c3, c19 := text(cert1()), text(cert2()), text(cert3(0, 1)), text(cert2019())
		return made{
			"good-1.json": c1, "good-2.json": c2, "good-3.json": c3, "good-chained.json": text(chained()), "good-2019.json": c19,
			"bad-letter-1.json": swapped(c1, "Maya", "Mayo"), "bad-letter-2.json": swapped(c2, "Maya", "Mayo"), "bad-letter-3.json": swapped(c3, "Builds", "Guilds"),
			"bad-day-1.json": swapped(c1, "2026-01-01", "2026-01-02"), "bad-day-2.json": swapped(c2, "2026-01-01", "2026-01-02"), "bad-path-2.json": swapped(c2, hexOf(siblings[0]), hexOf(siblings[1])),
			"bad-root-2.json": swapped(c2, hexOf(rootOf(bare2())), hexOf(siblings[1])), "bad-letter-chained.json": swapped(text(chained()), "Builds", "Guilds"),
			"bad-letter-2019.json": swapped(c19, "Builds", "Guilds"), "bad-day-2019.json": swapped(c19, "2026-01-01", "2026-01-02"),
		}
	},
	"jades": func(t *testing.T) made {
		b := testkit.NewBureau(t, now.AddDate(0, -3, 0)).Seal(t, testkit.CollegeEDC)
		flat := text(b.Flat())
		return made{
			"good.json": b.JSON(t), "good-flat.json": flat, "bad-letter.json": swapped(flat, "Guest care", "Guest cure"), "bad-day.json": swapped(flat, "2026-03-01", "2026-03-02"),
			"bad-bit.json": swapped(flat, b.Signature, string(swappedAt([]byte(b.Signature), 20))),
		}
	},
	"xades": func(t *testing.T) made {
		bureau := testkit.NewBureau(t, now.AddDate(0, -3, 0))
		b := testkit.SealerOf(bureau.College, bureau.At).Seal(t, testkit.CollegeXML)
		const value = "<ds:SignatureValue>"
		return made{
			"good.xml": []byte(b), "bad-letter.xml": swapped(b, ">Ada<", ">Ade<"), "bad-day.xml": swapped(b, "2026-03-01T", "2026-03-02T"),
			"bad-bit.xml": swappedAt([]byte(b), bytes.Index([]byte(b), []byte(value))+len(value)+20),
		}
	},
}

// cert2019 is a certificate of version 3.0, whose receipt is a suite of its own.
func cert2019() object {
	doc := bare3(object{
		"@context":  []any{"https://www.w3.org/2018/credentials/v1", "https://w3id.org/blockcerts/v3"},
		"validFrom": nil, "issuanceDate": "2026-01-01T00:00:00Z",
	})
	value := proofValue(doc, 0, 1)
	doc["proof"] = object{
		"type": "MerkleProof2019", "created": "2026-01-01T00:00:00Z", "proofPurpose": "assertionMethod", "verificationMethod": certIssuer + "#key-1", "proofValue": value,
	}
	return doc
}

// swappedAt changes one letter of base64, at a place that counts from the end if
// negative.
func swappedAt(in []byte, place int) []byte {
	out := bytes.Clone(in)
	at := (place + len(out)) % len(out)
	if out[at] = 'A'; in[at] == 'A' {
		out[at] = 'B'
	}
	return out
}
