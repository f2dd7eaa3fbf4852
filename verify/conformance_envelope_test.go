package verify_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// envelopeMakers wrap one badge in every way.
var envelopeMakers = map[string]func(t *testing.T) made{
	"json": func(*testing.T) made {
		b := sealedBadge()
		return made{"good.json": b, "bad-cut.json": cut(b, 1), "bad-twice.json": swapped(b, `"name"`, `"name":"First aid","name"`)}
	},
	"jwt": func(*testing.T) made {
		b := badgeToken()
		return made{"good.jwt": b, "bad-header.jwt": swapped(b, "ey", "fy"), "bad-cut.jwt": b[:bytes.LastIndexByte(b, '.')], "bad-payload.jwt": swapped(b, ".ey", ".fy")}
	},
	"sd-jwt": func(*testing.T) made {
		b := studentCard(nil)
		return made{"good.sd-jwt": b, "bad-disclosure.sd-jwt": bit(b, -4), "bad-header.sd-jwt": swapped(b, "ey", "fy")}
	},
	"baked-png": func(t *testing.T) made {
		b := must(envelope.Bake(picture(t), sealedBadge()))
		return made{"good.png": b, "bad-keyword.png": swapped(b, "openbadgecredential", "openbadgecredentiel"), "bad-signature.png": bit(b, 1), "bad-bare.png": picture(t)}
	},
	"baked-svg": func(*testing.T) made {
		b := must(envelope.Bake([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>`), sealedBadge()))
		return made{"good.svg": b, "bad-element.svg": []byte(strings.ReplaceAll(string(b), "openbadges:credential", "openbadges:credentiel")), "bad-type.svg": append([]byte(`<!DOCTYPE svg [<!ENTITY a "b">]>`), b...)}
	},
	"cbor-ld": func(t *testing.T) made {
		b := packedBadge(t)
		return made{"good.cbor": b, "bad-tag.cbor": bit(b, 2), "bad-cut.cbor": cut(b, 1)}
	},
	"vp1": func(t *testing.T) made {
		b := []byte("VP1-B" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(packedBadge(t)))
		return made{"good.txt": b, "bad-letter.txt": swapped(b, "A", "1"), "bad-base.txt": swapped(b, "VP1-B", "VP1-A"), "bad-cut.txt": cut(b, 2)}
	},
	"shc": func(*testing.T) made {
		b := "shc:/"
		for _, letter := range badgeToken() {
			b += fmt.Sprintf("%02d", letter-45)
		}
		return made{"good.txt": []byte(b), "bad-digit.txt": cut([]byte(b), 1), "bad-chunk.txt": swapped(b, "shc:/", "shc:/1/2/"), "bad-letter.txt": swapped(b, "56", "99")}
	},
	"data-url": func(*testing.T) made {
		b := "data:application/json;base64," + base64.StdEncoding.EncodeToString(sealedBadge())
		return made{"good.txt": []byte(b), "bad-letter.txt": swapped(b, ",e", ",!"), "bad-comma.txt": swapped(b, ",", ".")}
	},
	"lines": func(*testing.T) made {
		b := "# Two badges\n" + string(badgeToken()) + "\n\n" + string(studentCard(nil)) + "\n"
		return made{"good.txt": []byte(b), "bad-header.txt": []byte(strings.ReplaceAll(b, "\ney", "\nfy")), "bad-dots.txt": []byte(strings.ReplaceAll(b, ".", ","))}
	},
	"zip": func(t *testing.T) made {
		b := zipped(t)
		return made{"good.zip": b, "bad-bit.zip": bit(b, 200), "bad-cut.zip": cut(b, 1)}
	},
	"tar": func(t *testing.T) made {
		b := tarred(t)
		return made{"good.tar": b, "bad-size.tar": bit(b, 130), "bad-cut.tar": b[:1200]}
	},
	"gzip": func(t *testing.T) made {
		b := gzipped(t, sealedBadge())
		return made{"good.gz": b, "bad-bit.gz": bit(b, 200), "bad-sum.gz": bit(b, -6)}
	},
	"pdf": func(t *testing.T) made {
		b := testkit.PDF{Files: [][]byte{sealedBadge()}}.Bytes(t)
		return made{"good.pdf": b, "bad-letter.pdf": swapped(b, "/EF <<", "/EG <<"), "bad-bit.pdf": bit(b, bytes.Index(b, []byte("stream"))+60)}
	},
	"xml": func(*testing.T) made {
		b := testkit.CollegeXML
		return made{"good.xml": []byte(b), "bad-tag.xml": swapped(b, "</credentialSubject>", "</credentialSubjekt>"), "bad-type.xml": swapped(b, "<europass", "<!DOCTYPE europassCredential>\n<europass")}
	},
	"cose": func(t *testing.T) made {
		b := inCOSE(t, badge(didOf(throwAway("college")), nil), throwAway("college"), nil)
		return made{"good.cose": b, "bad-tag.cose": bit(b, 0), "bad-cut.cose": cut(b, 1), "bad-array.cose": bit(b, 1)}
	},
}

// sealedBadge is a badge of the college as JSON.
func sealedBadge() []byte {
	k := throwAway("college")
	return text(seal(badge(didOf(k), nil), "eddsa-rdfc-2022", k, nil))
}

// badgeToken is the same as a token.
func badgeToken() []byte {
	k := throwAway("college")
	return token(claims(badge(didOf(k), nil), nil), object{"kid": method(k)}, k)
}

// studentCard is an SD-JWT VC of the college, with one claim that can be left out.
func studentCard(more object) []byte {
	k := throwAway("college")
	c := object{"iss": didOf(k), "iat": 1767225600, "vct": "https://alpine.example/card", "family_name": "Learner", "given_name": sdjwt.Hidden{Value: "Maya"}}
	for name, v := range more {
		c[name] = v
	}
	return []byte(must(sdjwt.Issue(sdjwt.Draft{Header: object{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": method(k)}, Claims: c}, rand.NewChaCha8([32]byte{7}), k)))
}

func packedBadge(t *testing.T) []byte {
	k := throwAway("college")
	return testkit.CBOR(t, cbor.Tag{Number: 0xcb1d, Content: []any{0, seal(badge(didOf(k), nil), "eddsa-rdfc-2022", k, nil)}})
}

func picture(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// closer is a writer of an archive.
type closer interface{ Close() error }

func finish(t *testing.T, w closer, err error) {
	t.Helper()
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f := must(w.Create("badge.json"))
	_, err := f.Write(sealedBadge())
	finish(t, w, err)
	return b.Bytes()
}

func tarred(t *testing.T) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	h := tar.Header{Name: "badge.json", Mode: 0o600, Size: int64(len(sealedBadge())), ModTime: time.Unix(0, 0)}
	if err := w.WriteHeader(&h); err != nil {
		t.Fatal(err)
	}
	_, err := w.Write(sealedBadge())
	finish(t, w, err)
	return b.Bytes()
}

func gzipped(t *testing.T, text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	finish(t, w, err)
	return b.Bytes()
}
