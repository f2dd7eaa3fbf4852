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
	"regexp"

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

// syntax is the DID syntax of DID Core 1.0, section 3.1: no path, query or fragment.
var syntax = regexp.MustCompile(`^did:([a-z0-9]+):((?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)$`)

// Resolve gives the document of a did:key, did:jwk, did:web or did:webvh. Only the
// last two ask get, which may be nil for being offline. The document's ID is did.
func Resolve(ctx context.Context, get fetch.Getter, did string) (Document, error) {
	if len(did) > maxDID {
		return Document{}, fmt.Errorf("%w: too long", ErrInvalid)
	}
	m := syntax.FindStringSubmatch(did)
	if m == nil {
		return Document{}, ErrInvalid
	}
	switch m[1] {
	case "key":
		return expandKey(did, m[2])
	case "jwk":
		return expandJWK(did, m[2])
	case "web":
		return fetchWeb(ctx, get, did, m[2])
	case "webvh":
		return fetchWebVH(ctx, get, did, m[2])
	}
	return Document{}, fmt.Errorf("%w: did:%s", ErrUnsupported, m[1])
}

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
