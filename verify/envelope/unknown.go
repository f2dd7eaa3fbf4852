package envelope

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
)

// explain says what an input is that holds no credential we can read. It never
// gives nil.
func explain(b []byte) error {
	for _, k := range kinds {
		if f := k(b); f != nil {
			return f
		}
	}
	if utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
		return fault.New("input.text")
	}
	return fault.New("input.unknown")
}

// kinds in order: the first that knows the input explains it.
var kinds = []func(b []byte) *fault.Fault{
	empty, magicBytes, secret, utf16, markup, jsonKind, link,
}

func empty(b []byte) *fault.Fault {
	if len(bytes.Trim(b, " \t\r\n\x00")) == 0 {
		return fault.New("input.empty")
	}
	return nil
}

// magics are the first bytes of well-known kinds of files.
var magics = []struct{ prefix, code, kind string }{
	{"\xff\xd8\xff", "input.photo", "JPEG"},
	{"GIF87a", "input.photo", "GIF"},
	{"GIF89a", "input.photo", "GIF"},
	{"BM", "input.photo", "BMP"},
	{"II*\x00", "input.photo", "TIFF"},
	{"MM\x00*", "input.photo", "TIFF"},
	{"age-encryption.org/", "input.encrypted", "age"},
	{"-----BEGIN AGE ENCRYPTED FILE", "input.encrypted", "age"},
	{"-----BEGIN PGP MESSAGE", "input.encrypted", "PGP"},
	{"Salted__", "input.encrypted", "OpenSSL"},
	{"7z\xbc\xaf\x27\x1c", "input.archive", "7z"},
	{"Rar!\x1a\x07", "input.archive", "RAR"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "input.document", "Office"},
}

func magicBytes(b []byte) *fault.Fault {
	for _, m := range magics {
		// Two letters alone could also begin a text.
		if bytes.HasPrefix(b, []byte(m.prefix)) && (m.kind != "BMP" || !utf8.Valid(b)) {
			return fault.New(m.code, "kind", m.kind)
		}
	}
	switch {
	case len(b) > 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return fault.New("input.photo", "kind", "WebP")
	case len(b) > 12 && string(b[4:8]) == "ftyp" && !utf8.Valid(b[:4]) || len(b) > 12 && b[0] == 0 && string(b[4:8]) == "ftyp":
		return fault.New("input.photo", "kind", strings.ToUpper(strings.TrimRight(string(b[8:12]), " \x00")))
	}
	return nil
}

func secret(b []byte) *fault.Fault {
	head := b[:min(len(b), 4096)]
	switch {
	case !bytes.Contains(head, []byte("-----BEGIN ")):
		return nil
	case bytes.Contains(head, []byte("PRIVATE KEY-----")), bytes.Contains(head, []byte("PRIVATE KEY BLOCK-----")):
		return fault.New("input.private-key")
	}
	return fault.New("input.key")
}

func utf16(b []byte) *fault.Fault {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return fault.New("input.encoding", "line", "1")
	}
	return nil
}

// markup tells web pages and XML apart. A declaration with contents of its own is
// refused at sight: nothing in it is expanded or looked up (XXE, billion laughs).
func markup(b []byte) *fault.Fault {
	if len(b) == 0 || b[0] != '<' {
		return nil
	}
	p, ok := lookXML(b)
	switch {
	case p.html || strings.EqualFold(p.root, "html"):
		return fault.New("input.web-page")
	case p.dtd:
		return fault.New("input.dtd")
	case !ok:
		return fault.New("input.xml")
	case bytes.Contains(bytes.ToLower(b[:min(len(b), 2048)]), []byte("<body")):
		return fault.New("input.web-page")
	}
	return fault.New("input.xml")
}

// link tells a text that is one address, of the web or of a wallet's own schemes.
func link(b []byte) *fault.Fault {
	if len(b) > 8192 || bytes.ContainsAny(b, " \t\r\n\"{}<>") {
		return nil
	}
	scheme, rest, ok := strings.Cut(string(b), ":")
	if !ok || rest == "" || len(scheme) > 40 {
		return nil
	}
	for i := range len(scheme) {
		c := scheme[i] | 0x20
		if (c < 'a' || c > 'z') && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(scheme[i]))) {
			return nil
		}
	}
	return fault.New("input.link", "link", string(b[:min(len(b), 200)]))
}

// jsonKind says what a JSON text is that holds no credential.
func jsonKind(b []byte) *fault.Fault {
	if len(b) == 0 || !strings.ContainsRune("{[\"", rune(b[0])) {
		return nil
	}
	v, err := parse(b)
	if err != nil {
		f, _ := jsonFault(err).(*fault.Fault)
		return f
	}
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	m, ok := v.(map[string]any)
	if !ok {
		return fault.New("input.no-credential")
	}
	for _, k := range objects {
		if k.is(m) {
			return fault.New(k.code)
		}
	}
	return fault.New("input.no-credential")
}
