package xmlsig

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/cairnwallet/cairn/verify/xmltree"
)

// propertiesType marks the reference to the properties a seal protects (EN 319
// 132-1, section 4.3.2).
const propertiesType = "http://uri.etsi.org/01903#SignedProperties"

// references compares every digest. One reference may be to the signature's own
// properties; of the others exactly one must be there, so that there is no doubt
// about what was signed.
func (r *reader) references(info *xmltree.Element) error {
	all := info.All(DSig, "Reference")
	if len(all) == 0 || len(all) > maxReferences {
		return fmt.Errorf("%w: %d references", ErrMalformed, len(all))
	}
	content := 0
	for _, ref := range all {
		target, err := r.target(ref)
		if err != nil {
			return err
		}
		how, err := r.transforms(ref)
		if err != nil {
			return err
		}
		b, err := r.compare(ref, how, target)
		if err != nil {
			return err
		}
		if r.isOwn(target) {
			if target.Is(XAdES, "SignedProperties") {
				r.properties = target
			}
			continue // the signature's own parts: properties, key, objects
		}
		content++
		r.sig.Content, r.sig.Whole = b, target == r.doc.Root
	}
	if content != 1 {
		r.sig.Content, r.sig.Whole = nil, false
		return fmt.Errorf("%w: protects %d elements", ErrUnsupported, content)
	}
	return nil
}

// isOwn says whether an element stands inside this signature.
func (r *reader) isOwn(e *xmltree.Element) bool {
	for ; e != nil; e = e.Parent {
		if e == r.at {
			return true
		}
	}
	return false
}

// target finds the element a reference means: the root, or the one that has the
// id. An id that stands twice means nothing: that is how signatures are wrapped.
func (r *reader) target(ref *xmltree.Element) (*xmltree.Element, error) {
	uri, has := ref.Attr("URI")
	id, local := strings.CutPrefix(uri, "#")
	switch {
	case has && uri == "":
		return r.doc.Root, nil
	case !local || id == "" || strings.ContainsAny(id, "()#"):
		return nil, fmt.Errorf("%w: reference to %.80q", ErrUnsupported, uri)
	}
	var found []*xmltree.Element
	r.doc.Root.Walk(func(e *xmltree.Element) bool {
		if hasID(e, id) {
			found = append(found, e)
		}
		return true
	})
	if len(found) != 1 {
		return nil, fmt.Errorf("%w: %d elements with the id %.80q", ErrBroken, len(found), id)
	}
	if kind, _ := ref.Attr("Type"); kind == propertiesType && (!found[0].Is(XAdES, "SignedProperties") || !r.isOwn(found[0])) {
		return nil, fmt.Errorf("%w: properties of another", ErrBroken)
	}
	return found[0], nil
}

// hasID: without a document type nothing says which attributes are ids, so all
// that are called so count.
func hasID(e *xmltree.Element, id string) bool {
	for _, a := range e.Attrs {
		if a.Value == id && strings.EqualFold(a.Local, "id") {
			return true
		}
	}
	return false
}

// transforms reads what is done to an element before its digest is made.
// Without a canonicalisation it is Canonical XML 1.0 (XML Signature 1.1, section
// 4.4.3.2).
func (r *reader) transforms(ref *xmltree.Element) (xmltree.Canon, error) {
	how, last := xmltree.Canon{}, false
	var leave []func(*xmltree.Element) bool
	list := ref.Child(DSig, "Transforms")
	if list == nil {
		return how, nil
	}
	for _, t := range list.Elements() {
		if last || !t.Is(DSig, "Transform") {
			return how, fmt.Errorf("%w: transforms after canonical bytes", ErrUnsupported)
		}
		name, _ := t.Attr("Algorithm")
		switch {
		case name == DSig+"enveloped-signature":
			leave = append(leave, func(e *xmltree.Element) bool { return e == r.at })
		case leavesSignatures(name, t):
			leave = append(leave, func(e *xmltree.Element) bool { return e.Is(DSig, "Signature") })
		default:
			var err error
			if how, err = canonical(t); err != nil {
				return how, err
			}
			last = true
		}
	}
	how.Comments = false // a reference to an element of its document has none (section 4.4.3.3)
	if len(leave) > 0 {
		how.Leave = func(e *xmltree.Element) bool {
			for _, l := range leave {
				if l(e) {
					return true
				}
			}
			return false
		}
	}
	return how, nil
}

// leavesSignatures tells the two ways of European tools to say that no signature
// of the document is signed: an XPath filter (XML Signature 1.1, section 6.6.3)
// and an XPath filter 2.0. Other expressions are not evaluated.
func leavesSignatures(name string, t *xmltree.Element) bool {
	var path *xmltree.Element
	want, subtract := "", true
	switch name {
	case "http://www.w3.org/TR/1999/REC-xpath-19991116":
		path, want = t.Child(DSig, "XPath"), "not(ancestor-or-self::%s:Signature)"
	case "http://www.w3.org/2002/06/xmldsig-filter2":
		path, want = t.Child(name, "XPath"), "/descendant::%s:Signature"
		if path != nil {
			kind, _ := path.Attr("Filter")
			subtract = kind == "subtract"
		}
	}
	if path == nil || len(t.Elements()) != 1 || !subtract {
		return false
	}
	said := strings.Join(strings.Fields(path.Text()), "")
	before, after, _ := strings.Cut(want, "%s")
	prefix, begins := strings.CutPrefix(said, before)
	prefix, ends := strings.CutSuffix(prefix, after)
	return begins && ends && prefix != "" && path.Namespace(prefix) == DSig
}

// canonical reads a method of writing XML canonically.
func canonical(e *xmltree.Element) (xmltree.Canon, error) {
	if e == nil {
		return xmltree.Canon{}, fmt.Errorf("%w: no canonicalisation", ErrMalformed)
	}
	name, _ := e.Attr("Algorithm")
	bare, comments := strings.CutSuffix(name, "WithComments")
	bare = strings.TrimSuffix(bare, "#")
	how := xmltree.Canon{Comments: comments}
	switch bare {
	case "http://www.w3.org/TR/2001/REC-xml-c14n-20010315":
		return how, nil
	case "http://www.w3.org/2001/10/xml-exc-c14n":
		how.Exclusive = true
	default:
		return how, fmt.Errorf("%w: %.100q", ErrUnsupported, name)
	}
	if list := e.Child("http://www.w3.org/2001/10/xml-exc-c14n#", "InclusiveNamespaces"); list != nil {
		names, _ := list.Attr("PrefixList")
		for _, p := range strings.Fields(names) {
			if p == "#default" {
				p = ""
			}
			how.Prefixes = append(how.Prefixes, p)
		}
	}
	return how, nil
}

// compare makes the digest of an element and gives the bytes it was made of.
func (r *reader) compare(ref *xmltree.Element, how xmltree.Canon, target *xmltree.Element) ([]byte, error) {
	uri, _ := ref.Attr("URI")
	from := target
	if uri == "" { // the document, with the instructions around the root
		from = nil
	}
	b, err := r.write(how, from)
	if err != nil {
		return nil, err
	}
	ok, err := matches(ref, b)
	if err == nil && !ok {
		err = fmt.Errorf("%w: digest of %.80q", ErrBroken, uri)
	}
	return b, err
}

// matches says whether the digest named in e, by its method and value, is that of b.
func matches(e *xmltree.Element, b []byte) (bool, error) {
	want, err := decode(e.Child(DSig, "DigestValue").Text())
	if err != nil {
		return false, err
	}
	name := ""
	if m := e.Child(DSig, "DigestMethod"); m != nil {
		name, _ = m.Attr("Algorithm")
	}
	got, err := digest(name, b)
	return bytes.Equal(got, want), err
}

// digest: SHA-1 can be led astray and is not taken any more.
func digest(name string, b []byte) ([]byte, error) {
	switch name {
	case "http://www.w3.org/2001/04/xmlenc#sha256":
		sum := sha256.Sum256(b)
		return sum[:], nil
	case "http://www.w3.org/2001/04/xmldsig-more#sha384":
		sum := sha512.Sum384(b)
		return sum[:], nil
	case "http://www.w3.org/2001/04/xmlenc#sha512":
		sum := sha512.Sum512(b)
		return sum[:], nil
	}
	return nil, fmt.Errorf("%w: digest %.100q", ErrUnsupported, name)
}

// decode reads base64 with white space in it (xsd:base64Binary).
func decode(s string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil || len(b) == 0 {
		return nil, fmt.Errorf("%w: base64", ErrMalformed)
	}
	return b, nil
}
