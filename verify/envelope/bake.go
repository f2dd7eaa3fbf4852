package envelope

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// Why a credential can't be put into a picture.
var (
	ErrPicture = errors.New("neither a PNG nor an SVG picture that can be read")
	ErrBaked   = errors.New("text can't be put into a picture")
)

// baking is how badges of one generation are put into pictures.
type baking struct{ keyword, namespace, element string }

var (
	baking3 = baking{keywords[0], "https://purl.imsglobal.org/ob/v3p0", "credential"} // Open Badges 3.0 section 5.3
	baking2 = baking{keywords[1], "http://openbadges.org", "assertion"}               // Badge Baking 1.0
)

// Bake puts a credential, JSON or a compact token, into a PNG or SVG picture, as
// badges of its generation are. A badge that the picture holds already is replaced.
// Opening the result gives the text back, byte for byte, save that XML turns a
// carriage return of a JSON text into a line feed.
func Bake(picture, text []byte) ([]byte, error) {
	text = bytes.TrimSpace(text)
	if !claimsJSON(text) && !claimsJWT(text) && !claimsSDJWT(text) || len(text) > maxBaked {
		return nil, ErrBaked
	}
	as, home := baking3, ""
	if m := awardIn(text); IsOpenBadge(m) {
		as, home = baking2, HostedAt(m)
	}
	switch {
	case claimsPNG(picture):
		return as.png(picture, text)
	case claimsSVG(tidy(picture)):
		return as.svg(tidy(picture), text, home)
	}
	return nil, ErrPicture
}

// awardIn gives the document in a text, for telling its generation.
func awardIn(text []byte) vc.Doc {
	if c, err := takeApart(text); err == nil {
		return c.payload
	}
	v, _ := parse(text)
	m, _ := v.(map[string]any)
	return m
}

// png writes one uncompressed iTXt chunk right after the header chunk.
func (as baking) png(picture, text []byte) ([]byte, error) {
	all, err := chunks(picture)
	if err != nil || all[0].kind != "IHDR" {
		return nil, ErrPicture
	}
	out := make([]byte, 0, len(picture)+len(text)+64)
	out = append(out, pngSignature...)
	for i, c := range all {
		if slices.Contains(keywords, c.keyword()) {
			continue
		}
		out = append(out, picture[c.start:c.end]...)
		if i == 0 {
			out = appendChunk(out, "iTXt", append([]byte(as.keyword+"\x00\x00\x00\x00\x00"), text...))
		}
	}
	return out, nil
}

func appendChunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}

// svg writes the badge as the first child of the root element. home is the address
// it is kept at; empty where there is none.
func (as baking) svg(picture, text []byte, home string) ([]byte, error) {
	old, err := elements(picture)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	for _, e := range slices.Backward(old) {
		picture = slices.Delete(bytes.Clone(picture), int(e.start), int(e.end))
	}
	at, err := rootTag(picture)
	if err != nil {
		return nil, err
	}
	head, tail := picture[:at], picture[at:]
	closing := ""
	if bytes.HasSuffix(head, []byte("/>")) { // an empty picture: give it an end tag
		p, _ := lookXML(picture)
		if p.prefix != "" {
			p.prefix += ":"
		}
		head, closing = append(bytes.Clone(head[:len(head)-2]), '>'), "</"+p.prefix+p.root+">"
	}
	return slices.Concat(head, as.xml(text, home), []byte(closing), tail), nil
}

// rootTag finds the end of the root element's start tag.
func rootTag(picture []byte) (int64, error) {
	d := xml.NewDecoder(bytes.NewReader(picture))
	for {
		t, err := d.RawToken()
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrPicture, err)
		}
		if _, ok := t.(xml.StartElement); ok {
			return d.InputOffset(), nil
		}
	}
}

// xml writes the element. The prefix is declared on the element itself, where no
// name the picture uses can stand in its way.
func (as baking) xml(text []byte, home string) []byte {
	name := "openbadges:" + as.element
	open := "<" + name + ` xmlns:openbadges="` + as.namespace + `"`
	end := []byte("</" + name + ">")
	if !claimsJSON(text) { // a token holds no character that XML would escape
		return slices.Concat([]byte(open+` verify="`+string(text)+`">`), end)
	}
	if home != "" {
		open += ` verify="` + strings.ReplaceAll(home, "&", "&amp;") + `"`
	}
	safe := bytes.ReplaceAll(text, []byte("]]>"), []byte("]]]]><![CDATA[>"))
	return slices.Concat([]byte(open+"><![CDATA["), safe, []byte("]]>"), end)
}
