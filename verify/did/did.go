// Package did finds the public keys of issuers and holders: it resolves DIDs,
// reads DID documents and other controlled identifier documents, and asks
// issuers with an https address for the keys they publish.
//
// It says which keys somebody lists, for which purpose; whether a credential may
// rest on them is judged elsewhere. A document with a method that can't be read
// stays readable: the method is listed with its error. Start at Resolve, and at
// SDJWTIssuer, IssuerJWKS and KeyURL for issuers that are no DIDs.
package did

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/multi"
)

// What resolving may answer. An error of the Getter comes back wrapped: then the
// issuer could not be asked. ErrGone of package fetch means that it was asked and
// has no such document.
var (
	ErrInvalid     = errors.New("not a valid DID")           // no answer can ever come
	ErrUnsupported = errors.New("kind of DID not supported") // the method, or the type of its key
	ErrDocument    = errors.New("document is not usable")    // it was read, and is malformed or somebody else's
)

// maxDID bounds a DID: did:jwk holds a whole RSA key.
const maxDID = 16 << 10

// syntax takes a DID apart by DID Core 1.0, section 3.1: no path, query or fragment.
func syntax(did string) (method, id string, ok bool) {
	rest, isDID := strings.CutPrefix(did, "did:")
	method, id, _ = strings.Cut(rest, ":")
	return method, id, isDID && named(method) && identifies(id)
}

// named says whether a method's name is one.
func named(method string) bool {
	for i := range len(method) {
		if c := method[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return method != ""
}

// identifies says whether id is a method-specific-id: letters, digits, dots, hyphens,
// low lines, percent-encoded bytes and colons, which do not end it.
func identifies(id string) bool {
	for i := 0; i < len(id); i++ {
		switch c := id[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '_', c == '-', c == ':':
		case c == '%' && i+2 < len(id) && isHex(id[i+1]) && isHex(id[i+2]):
			i += 2
		default:
			return false
		}
	}
	return id != "" && id[len(id)-1] != ':'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

// Resolve gives the document of a did:key, did:jwk, did:web or did:webvh. Only the
// last two ask get, which may be nil for being offline. The document's ID is did.
func Resolve(ctx context.Context, get fetch.Getter, did string) (Document, error) {
	if len(did) > maxDID {
		return Document{}, fmt.Errorf("%w: too long", ErrInvalid)
	}
	method, id, ok := syntax(did)
	if !ok {
		return Document{}, ErrInvalid
	}
	resolve, ok := methods[method]
	if !ok {
		return Document{}, fmt.Errorf("%w: did:%s", ErrUnsupported, method)
	}
	return resolve(ctx, get, did, id)
}

// methods resolve the DIDs of one method each; id is what stands behind its name.
var methods = map[string]func(ctx context.Context, get fetch.Getter, did, id string) (Document, error){
	"key":   alone(expandKey),
	"jwk":   alone(expandJWK),
	"web":   fetchWeb,
	"webvh": fetchWebVH,
}

// alone is a method whose DIDs hold all there is to know: nobody is asked.
func alone(expand func(did, id string) (Document, error)) func(context.Context, fetch.Getter, string, string) (Document, error) {
	return func(_ context.Context, _ fetch.Getter, did, id string) (Document, error) { return expand(did, id) }
}

// Names lists the methods that are resolved, as they stand in a DID, sorted.
func Names() []string { return slices.Sorted(maps.Keys(methods)) }

// keyError files a key's error under this package's: a type of key that is not
// built in says nothing against the DID.
func keyError(err error) error {
	if errors.Is(err, multi.ErrUnsupportedKey) {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return fmt.Errorf("%w: %w", ErrInvalid, err)
}

// ask fetches a document of the media type accept.
func ask(ctx context.Context, get fetch.Getter, url, accept string) (fetch.Page, error) {
	if get == nil {
		get = fetch.Offline{}
	}
	p, err := get.Get(ctx, url, accept)
	if err != nil {
		return p, fmt.Errorf("read %s: %w", url, err)
	}
	return p, nil
}

// Key gives the did:key of a public key that package multi can write.
func Key(pub crypto.PublicKey) (string, error) {
	mb, err := multi.EncodeKey(pub)
	if err != nil {
		return "", err
	}
	return "did:key:" + mb, nil
}
