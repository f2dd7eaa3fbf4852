package trust

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

const (
	wellKnown     = "/.well-known/openid-federation" // OpenID Federation 1.0, section 9
	statementType = "application/entity-statement+jwt"
)

// Statement is an entity statement: what one party of a federation says about
// another, or about itself (OpenID Federation 1.0, section 3). It is not believed
// before Check.
type Statement struct {
	Issuer, Subject string
	Issued, Expires time.Time
	Keys            []jose.Key // the subject's, as the issuer states them
	Name, Home      string
	FetchAt         string // where the subject answers about those below it
	token           *jose.Token
}

// ParseStatement reads a statement and checks its form only: the typ that section
// 3.1 demands, so that no other token passes for one, and the members it must have.
func ParseStatement(compact string) (Statement, error) {
	token, err := jose.Parse(strings.TrimSpace(compact))
	if err != nil {
		return Statement{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if token.Typ != "entity-statement+jwt" {
		return Statement{}, fmt.Errorf("%w: typ %q", ErrBroken, token.Typ)
	}
	claims, err := strict.Object(token.Payload)
	if err != nil {
		return Statement{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	s := Statement{
		Issuer: text(claims, "iss"), Subject: text(claims, "sub"),
		Issued: date(claims["iat"]), Expires: date(claims["exp"]),
		Name:    text(claims, "metadata", "federation_entity", "organization_name"),
		Home:    text(claims, "metadata", "federation_entity", "homepage_uri"),
		FetchAt: text(claims, "metadata", "federation_entity", "federation_fetch_endpoint"),
		Keys:    keys(claims), token: token,
	}
	if s.Name == "" {
		s.Name = text(claims, "metadata", "institution_additional_information", "legal_name")
	}
	if claims["crit"] != nil { // section 13.4: it demands that something of its own be understood
		return Statement{}, fmt.Errorf("%w: crit %v", ErrBroken, claims["crit"])
	}
	if s.Issuer == "" || s.Subject == "" || s.Expires.IsZero() {
		return Statement{}, fmt.Errorf("%w: iss, sub or exp is missing", ErrBroken)
	}
	return s, nil
}

// Check says whether the statement holds now under one of the keys.
func (s Statement) Check(under []jose.Key, now time.Time) error {
	holds := false
	for _, k := range under {
		if (s.token.Kid == "" || s.token.Kid == k.ID) && s.token.Verify(k) == nil {
			holds = true
			break
		}
	}
	switch {
	case !holds:
		return fmt.Errorf("%w: signature", ErrBroken)
	case now.IsZero(), !now.Before(s.Expires):
		return fmt.Errorf("%w: on %s", ErrExpired, s.Expires.Format(time.DateOnly))
	case now.Before(s.Issued.Add(-leeway)):
		return fmt.Errorf("%w: not of today", ErrBroken)
	}
	return nil
}

// leeway is how far two honest clocks may differ.
const leeway = 5 * time.Minute

// askFederation reads the trust anchor's statement about itself, which its address
// vouches for, and asks the anchor for a statement about the issuer.
func (r Registry) askFederation(ctx context.Context, get fetch.Getter, id string, now time.Time) (Listing, error) {
	page, err := get.Get(ctx, r.Anchor, statementType)
	if err != nil {
		return Listing{}, err
	}
	anchor, err := ParseStatement(string(page.Body))
	if err != nil {
		return Listing{}, err
	}
	if anchor.Issuer != anchor.Subject || anchor.Issuer != strings.TrimSuffix(r.Anchor, wellKnown) {
		return Listing{}, fmt.Errorf("%w: the anchor calls itself %s", ErrBroken, anchor.Issuer)
	}
	if err := anchor.Check(anchor.Keys, now); err != nil {
		return Listing{}, err
	}
	return anchor.ask(ctx, get, id, now)
}

// ask fetches what the anchor states about the subject (section 8.1).
func (s Statement) ask(ctx context.Context, get fetch.Getter, id string, now time.Time) (Listing, error) {
	address, err := url.Parse(s.FetchAt)
	if err != nil || s.FetchAt == "" {
		return Listing{}, fmt.Errorf("%w: the anchor does not say where to ask", ErrBroken)
	}
	q := address.Query()
	q.Set("sub", id)
	address.RawQuery = q.Encode()
	page, err := get.Get(ctx, address.String(), statementType)
	if errors.Is(err, fetch.ErrGone) { // section 8.9: not_found is answered with 404
		return Listing{}, ErrNotListed
	}
	if err != nil {
		return Listing{}, err
	}
	about, err := ParseStatement(string(page.Body))
	if err != nil {
		return Listing{}, err
	}
	if about.Issuer != s.Issuer || about.Subject != id {
		return Listing{}, fmt.Errorf("%w: %s about %s", ErrBroken, about.Issuer, about.Subject)
	}
	if err := about.Check(s.Keys, now); err != nil {
		return Listing{}, err
	}
	return Listing{Name: about.Name, Home: about.Home, AsOf: page.AsOf}, nil
}

// anchorOf gives the anchor of a registry that is known by its fetch endpoint
// only: its entity configuration is at the root of that site.
func anchorOf(fetchEndpoint string) string {
	u, err := url.Parse(fetchEndpoint)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + wellKnown
}

// keys reads the keys a statement gives its subject; those that can't be read are
// left out.
func keys(claims map[string]any) []jose.Key {
	set, _ := claims["jwks"].(map[string]any)
	list, _ := set["keys"].([]any)
	var out []jose.Key
	for _, el := range list {
		m, _ := el.(map[string]any)
		if k, err := jose.ParseJWK(m); err == nil {
			out = append(out, k)
		}
	}
	return out
}

// date reads a NumericDate (RFC 7519, section 2); zero where there is none.
func date(v any) time.Time {
	n, ok := v.(json.Number)
	if !ok {
		return time.Time{}
	}
	f, err := n.Float64()
	if err != nil || f < 0 || f > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(f), 0).UTC()
}
