package trust

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Lists are the registries that a person has asked about issuers. The zero value is
// none at all.
type Lists struct {
	Public bool       // those of the public list of registries
	Off    []string   // addresses of registries that are not asked all the same
	More   []Registry // the person's own
}

// All gives the registries to ask, as fresh as get can have the public list.
func (l Lists) All(ctx context.Context, get fetch.Getter) Registries {
	var out Registries
	if l.Public {
		out = Known(ctx, get)
	}
	return l.pick(out)
}

// Shipped gives the registries of l by the public list that is part of the program:
// nobody is asked.
func (l Lists) Shipped() Registries {
	var out Registries
	if l.Public {
		_, out = snapshot()
	}
	return l.pick(out)
}

func (l Lists) pick(r Registries) Registries {
	for _, more := range l.More {
		if !slices.ContainsFunc(r.List, func(have Registry) bool { return have.Address() == more.Address() }) {
			r.List = append(r.List, more)
		}
	}
	r.List = slices.DeleteFunc(r.List, func(have Registry) bool { return slices.Contains(l.Off, have.Address()) })
	return r
}

// FederationPath is where a trust anchor says what it is, at the root of its site
// (OpenID Federation 1.0, section 9).
const FederationPath = wellKnown

// Address is where the registry is asked: it tells registries of one name apart.
func (r Registry) Address() string { return cmp.Or(r.Anchor, r.File) }

// ParseRegistryAt tells what kind of registry answered at an address: the trust
// anchor of a federation, by its statement about itself, or the file of a legacy
// registry. The error is an ErrBroken.
func ParseRegistryAt(address string, body []byte) (Registry, error) {
	if s, err := ParseStatement(string(body)); err == nil {
		if s.Issuer != s.Subject || s.Issuer != strings.TrimSuffix(address, wellKnown) {
			return Registry{}, fmt.Errorf("%w: a statement of %s about %s", ErrBroken, s.Issuer, s.Subject)
		}
		if s.FetchAt == "" {
			return Registry{}, fmt.Errorf("%w: the anchor does not say where to ask", ErrBroken)
		}
		return Registry{Name: s.Name, Anchor: address}, nil
	}
	doc, err := strict.Object(body)
	if err != nil {
		return Registry{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if _, ok := doc["registry"].(map[string]any); !ok {
		return Registry{}, fmt.Errorf("%w: no registry in it", ErrBroken)
	}
	return Registry{Name: text(doc, "meta", "name"), File: address}, nil
}
