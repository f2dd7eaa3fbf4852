package verify_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"io"
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// lists is where the college's lists are; the withdrawn place of each is the 7th.
const lists = "https://alpine.example/status/"

// statusMakers give a badge an entry of every type. Each bad one has an entry, or a
// list, with one thing wrong.
var statusMakers = map[string]func(t *testing.T) made{
	"BitstringStatusListEntry": inBits("BitstringStatusListEntry", "BitstringStatusList", "u"),
	"StatusList2021Entry":      inBits("StatusList2021Entry", "StatusList2021", ""),
	"RevocationList2021Status": inBits("RevocationList2021Status", "RevocationList2021", ""),
	"RevocationList2020Status": inBits("RevocationList2020Status", "RevocationList2020", ""),
	"TokenStatusList":          inToken,
	"1EdTechRevocationList":    byID,
	"RevocationList":           byIssuer,
}

func packedBy(t *testing.T, zip func(io.Writer) io.WriteCloser, bits []byte) []byte {
	var b bytes.Buffer
	w := zip(&b)
	_, err := w.Write(bits)
	finish(t, w, err)
	return b.Bytes()
}

func gzipWriter(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
func zlibWriter(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }

// listed is a badge of the college, as a token, with a status entry.
func listed(entry object) []byte {
	k := throwAway("college")
	doc := badge(didOf(k), func(d object) { d["credentialStatus"] = entry })
	return token(claims(doc, nil), object{"kid": method(k)}, k)
}

// inBits are lists that are credentials themselves, leftmost bit first.
func inBits(entryType, listType, prefix string) func(*testing.T) made {
	return func(t *testing.T) made {
		bits := make([]byte, status.MinEntries/8)
		bits[0] = 1
		encoded := prefix + base64.RawURLEncoding.EncodeToString(packedBy(t, gzipWriter, bits))
		return inList(entryType, listType, encoded)
	}
}

// inList gives entries of a type, and the lists they are about, one for each fault.
func inList(entryType, listType, encoded string) made {
	k := throwAway("college")
	entry := func(list, index, purpose string) []byte {
		e := object{
			"id": lists + list + "#" + index, "type": entryType, "statusPurpose": purpose,
			"statusListCredential": lists + list, "statusListIndex": index,
		}
		if entryType == "RevocationList2020Status" {
			e["revocationListCredential"], e["revocationListIndex"] = e["statusListCredential"], index
		}
		return listed(e)
	}
	list := func(name string, subject, more object) []byte {
		s := object{"id": lists + name + "#list", "type": listType, "statusPurpose": "revocation", "encodedList": encoded}
		maps.Copy(s, subject)
		c := object{
			"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": lists + name, "type": []any{"VerifiableCredential", listType + "Credential"},
			"issuer": didOf(k), "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": s,
		}
		maps.Copy(c, more)
		return token(c, object{"typ": "vc+jwt", "kid": method(k)}, k)
	}
	m := made{
		"good.jwt": entry("1", "8", "revocation"), "bad-withdrawn.jwt": entry("1", "7", "revocation"), "bad-index.jwt": entry("1", "131072", "revocation"),
		"bad-purpose.jwt": entry("1", "8", "suspension"), "bad-signature.jwt": entry("2", "8", "revocation"), "bad-day.jwt": entry("3", "8", "revocation"),
		"bad-encoding.jwt": entry("4", "8", "revocation"), "bad-type.jwt": entry("5", "8", "revocation"), "bad-missing.jwt": entry("6", "8", "revocation"),
	}
	m.at(lists+"1", list("1", nil, nil)).at(lists+"2", swappedAt(list("2", nil, nil), -20)).at(lists+"3", list("3", nil, object{"validUntil": "2026-05-31T00:00:00Z"}))
	return m.at(lists+"4", list("4", object{"encodedList": encoded[:40]}, nil)).at(lists+"5", list("5", object{"type": "List"}, nil))
}

// inToken are status list tokens, in JSON and in CBOR.
func inToken(t *testing.T) made {
	k := throwAway("college")
	bits := packedBy(t, zlibWriter, []byte{0x80, 0})
	entry := func(list string, index int) []byte {
		return studentCard(object{"status": object{"status_list": object{"uri": lists + list, "idx": index}}})
	}
	compact := func(list string, ends int64) []byte {
		c := object{"sub": lists + list, "iat": now.Unix() - 60, "exp": ends, "status_list": object{"bits": 1, "lst": base64.RawURLEncoding.EncodeToString(bits)}}
		return token(c, object{"typ": "statuslist+jwt", "kid": method(k)}, k)
	}
	binary := func(list string, ends int64) []byte { // Token Status List, section 5.2
		c := map[any]any{int64(2): lists + list, int64(6): now.Unix() - 60, int64(4): ends, int64(65533): map[any]any{"bits": 1, "lst": bits}}
		return testkit.Sign1(t, k, map[any]any{coseKid: []byte(method(k)), coseTyp: "application/statuslist+cwt"}, nil, testkit.CBOR(t, c))
	}
	m := made{
		"good-jwt.sd-jwt": entry("1", 8), "bad-jwt-withdrawn.sd-jwt": entry("1", 7), "bad-jwt-index.sd-jwt": entry("1", 16), "bad-jwt-signature.sd-jwt": entry("2", 8), "bad-jwt-ended.sd-jwt": entry("3", 8), "bad-jwt-name.sd-jwt": entry("4", 8),
		"good-cwt.sd-jwt": entry("c1", 8), "bad-cwt-withdrawn.sd-jwt": entry("c1", 7), "bad-cwt-index.sd-jwt": entry("c1", 16), "bad-cwt-signature.sd-jwt": entry("c2", 8), "bad-cwt-ended.sd-jwt": entry("c3", 8), "bad-cwt-name.sd-jwt": entry("c4", 8),
	}
	end := now.AddDate(0, 0, 1).Unix()
	m.at(lists+"1", compact("1", end)).at(lists+"2", swappedAt(compact("2", end), -20)).at(lists+"3", compact("3", now.Unix())).at(lists+"4", compact("1", end))
	return m.at(lists+"c1", binary("c1", end)).at(lists+"c2", bit(binary("c2", end), -1)).at(lists+"c3", binary("c3", now.Unix())).at(lists+"c4", binary("c1", end))
}

// byID are lists of 1EdTech, which name what was withdrawn.
func byID(*testing.T) made {
	entry := func(list string) []byte { return listed(object{"id": lists + list, "type": "1EdTechRevocationList"}) }
	revoked := func(list string, ids ...string) []byte {
		all := []any{}
		for _, id := range ids {
			all = append(all, object{"id": id})
		}
		return text(object{"id": lists + list, "issuer": didOf(throwAway("college")), "revokedCredential": all})
	}
	const other = "urn:uuid:6a3f1f0e-0000-4000-8000-000000000007"
	m := made{"good.jwt": entry("1"), "bad-withdrawn.jwt": entry("2"), "bad-letter.jwt": entry("3"), "bad-missing.jwt": entry("4"), "bad-cut.jwt": entry("5")}
	m.at(lists+"1", revoked("1", other)).at(lists+"2", revoked("2", other, badgeID))
	return m.at(lists+"3", swapped(revoked("3", other), "revokedCredential", "revokedCredentiel")).at(lists+"5", cut(revoked("5", other), 1))
}

// byIssuer are the lists that issuers of Open Badges 2.0 name in their profiles, here
// one profile for each list.
func byIssuer(*testing.T) made {
	k, m := throwAway("college"), made{}
	add := func(file, n string, list []byte) {
		by, of, key := profileAt+n, classAt+n, keyAt+n
		m[file] = signed(k, object{"badge": of, "verification": object{"type": "SignedBadge", "creator": key}})
		m.at(of, text(class(object{"id": of, "issuer": by}))).at(key, text(object{"type": "CryptographicKey", "id": key, "owner": by, "publicKeyPem": publicPEM(k)}))
		m.at(by, text(profile(object{"id": by, "publicKey": key, "revocationList": listAt + n}))).at(listAt+n, list)
	}
	revoked := func(n string, ids ...any) []byte {
		return text(object{"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": listAt + n, "issuer": profileAt + n, "revokedAssertions": ids})
	}
	add("good.jwt", "1", revoked("1", "urn:uuid:7"))
	add("bad-withdrawn.jwt", "2", revoked("2", "urn:uuid:1"))
	add("bad-letter.jwt", "3", swapped(revoked("3", "urn:uuid:7"), "revokedAssertions", "revokedAssertion"))
	add("bad-entry.jwt", "4", revoked("4", object{"uuid": "urn:uuid:7"}))
	add("bad-cut.jwt", "5", cut(revoked("5", "urn:uuid:7"), 1))
	return m
}
