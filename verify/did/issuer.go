package did

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Keys are keys that an address answered with.
type Keys struct {
	Keys []jose.Key // at least one
	AsOf time.Time  // the age of the oldest answer they rest on
	URL  string     // where they stand, after redirects for KeyURL
}

// The errors of SDJWTIssuer, IssuerJWKS and KeyURL say what may be concluded.
//
//   - ErrInvalid: the address is none that could be asked.
//   - An error of package fetch other than ErrGone: the issuer could not be asked;
//     nothing is known.
//   - fetch.ErrGone: it was asked and publishes nothing there.
//   - ErrDocument: it answered, with nothing that could be used: malformed, made
//     out to another issuer, or without a single key that can be read.
//
// In none of these has the issuer confirmed a key, and in none has it denied one.
// It has denied a key only when Keys came back and don't hold it.

// SDJWTIssuer reads the keys in an issuer's SD-JWT VC metadata, whose well-known
// path stands between host and path of iss (draft-ietf-oauth-sd-jwt-vc, section
// "JWT VC Issuer Metadata"). The metadata must be made out to exactly iss.
func SDJWTIssuer(ctx context.Context, get fetch.Getter, iss string) (Keys, error) {
	u, err := issuerURL(iss)
	if err != nil {
		return Keys{}, err
	}
	address := u.Scheme + "://" + u.Host + "/.well-known/jwt-vc-issuer" + strings.TrimSuffix(u.EscapedPath(), "/")
	page, m, err := askObject(ctx, get, address)
	if err != nil {
		return Keys{}, err
	}
	if m["issuer"] != iss {
		return Keys{}, fmt.Errorf("%w: it is made out to another issuer", ErrDocument)
	}
	return keysIn(ctx, get, page, m)
}

// IssuerJWKS reads the keys that an issuer with an https address publishes: in
// the document at that address (a profile or controlled identifier document with
// verification methods, jwks or jwks_uri, or a key set), else in
// /.well-known/jwks.json below the address or on its host. The first of these
// that holds keys is taken; when none does, the error is that of the first that
// could not be asked, if there is one.
func IssuerJWKS(ctx context.Context, get fetch.Getter, issuer string) (Keys, error) {
	u, err := issuerURL(issuer)
	if err != nil {
		return Keys{}, err
	}
	origin := u.Scheme + "://" + u.Host
	const wellKnown = "/.well-known/jwks.json"
	places := []string{issuer, origin + strings.TrimSuffix(u.EscapedPath(), "/") + wellKnown, origin + wellKnown}
	var failed error
	for _, place := range slices.Compact(places) {
		keys, err := issuerPlace(ctx, get, issuer, place)
		if err == nil {
			return keys, nil
		}
		if failed == nil || answered(failed) && !answered(err) {
			failed = err
		}
		if errors.Is(err, fetch.ErrOffline) || ctx.Err() != nil {
			break
		}
	}
	return Keys{}, failed
}

// answered says whether an error shows that somebody answered.
func answered(err error) bool {
	return errors.Is(err, fetch.ErrGone) || errors.Is(err, ErrDocument)
}

func issuerPlace(ctx context.Context, get fetch.Getter, issuer, place string) (Keys, error) {
	page, m, err := askObject(ctx, get, place)
	if err != nil {
		return Keys{}, err
	}
	if place != issuer {
		return keysIn(ctx, get, page, map[string]any{"jwks": m})
	}
	if id, ok := m["id"]; ok && id != issuer {
		return Keys{}, fmt.Errorf("%w: it belongs to another issuer", ErrDocument)
	}
	if id, ok := m["issuer"]; ok && id != issuer {
		return Keys{}, fmt.Errorf("%w: it is made out to another issuer", ErrDocument)
	}
	return keysIn(ctx, get, page, m)
}

// KeyURL reads the key that a kid points to: an address that answers with a JWK,
// a key set, PEM, or a document with verification methods (Open Badges 3.0,
// section 8.2.2). A fragment picks one key; without it all are given.
func KeyURL(ctx context.Context, get fetch.Getter, kid string) (Keys, error) {
	base, fragment, _ := strings.Cut(kid, "#")
	u, err := webURL(base)
	if err != nil {
		return Keys{}, err
	}
	page, err := ask(ctx, get, u.String(), "application/json")
	if err != nil {
		return Keys{}, err
	}
	keys := Keys{AsOf: page.AsOf, URL: cmp.Or(page.From, u.String())}
	if doc, err := Parse(page.Body); err == nil && len(doc.Methods) > 0 {
		keys.Keys = methodKeys(doc, kid)
	} else if keys.Keys, err = jose.ParseKeys(page.Body); err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if fragment != "" && len(keys.Keys) > 1 {
		keys.Keys = slices.DeleteFunc(keys.Keys, func(k jose.Key) bool { return k.ID != fragment && k.ID != kid })
	}
	if len(keys.Keys) == 0 {
		return Keys{}, fmt.Errorf("%w: no such key", ErrDocument)
	}
	return keys, nil
}

// methodKeys gives the key of the method kid, or, where kid is the document's
// own address, all keys for making claims.
func methodKeys(doc Document, kid string) []jose.Key {
	var keys []jose.Key
	for _, m := range doc.For(Assertion) {
		if m.Err == nil && (m.ID == kid || doc.ID == kid) {
			keys = append(keys, m.Key)
		}
	}
	return keys
}

// issuerURL takes the address of an issuer: it has no query and no fragment.
func issuerURL(s string) (*url.URL, error) {
	u, err := webURL(s)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(s, "?#") {
		return nil, fmt.Errorf("%w: query or fragment", ErrInvalid)
	}
	return u, nil
}

// webURL takes an https address; http is asked as https, as the getter would.
func webURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("%w: not an https address", ErrInvalid)
	}
	u.Scheme = "https"
	return u, nil
}

func askObject(ctx context.Context, get fetch.Getter, address string) (fetch.Page, map[string]any, error) {
	page, err := ask(ctx, get, address, "application/json")
	if err != nil {
		return page, nil, err
	}
	m, err := strict.Object(page.Body)
	if err != nil {
		return page, nil, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	return page, m, nil
}

// keysIn finds the keys of a document: methods for making claims, jwks, the set
// at jwks_uri, or the document itself.
func keysIn(ctx context.Context, get fetch.Getter, page fetch.Page, m map[string]any) (Keys, error) {
	out := Keys{AsOf: page.AsOf, URL: page.URL}
	set, inline := m["jwks"].(map[string]any)
	uri, linked := m["jwks_uri"].(string)
	switch {
	case inline && linked:
		return Keys{}, fmt.Errorf("%w: both jwks and jwks_uri", ErrDocument)
	case linked:
		u, err := url.Parse(uri)
		if err != nil || u.Scheme != "https" {
			return Keys{}, fmt.Errorf("%w: jwks_uri is no https address", ErrDocument)
		}
		next, body, err := askObject(ctx, get, uri)
		if err != nil {
			return Keys{}, err
		}
		out.AsOf, out.URL, set = earlier(page.AsOf, next.AsOf), uri, body
	case !inline:
		if doc, err := Parse(page.Body); err == nil && len(doc.Methods) > 0 {
			out.Keys = methodKeys(doc, doc.ID)
		}
		set = m
	}
	if len(out.Keys) > 0 {
		return out, nil
	}
	keys, err := jose.ParseSet(set)
	if err != nil {
		return Keys{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	out.Keys = keys
	return out, nil
}
