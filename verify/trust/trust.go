// Package trust asks public registries of issuers whether they name one.
//
// European trusted lists are read from what the caller has (ParseEU): they name no
// issuers, but who may vouch for an issuer's certificate.
//
// Being named says "known to those who keep the list", not "accredited", and the
// package says no more: what a listing is worth is judged by package verify. It
// starts no goroutine. Start at Known and Registry.Find.
package trust

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
)

// What a registry may say instead of a listing. Errors of package fetch are
// passed on: the registry could not be asked.
var (
	ErrNotListed = errors.New("the registry does not name this issuer")
	ErrBroken    = errors.New("the registry's answer does not hold")
	ErrExpired   = errors.New("the registry's answer has ended")
)

// maxRegistries bounds how many registries one list may send us to.
const maxRegistries = 32

// Registry is a registry of issuers.
type Registry struct {
	Name   string
	Anchor string // OpenID Federation: address of the trust anchor's entity configuration
	File   string // legacy: address of the JSON file
}

// Listing is what a registry says about an issuer.
type Listing struct {
	Name string    // what the registry calls the issuer
	Home string    // the issuer's home page, as the registry has it
	AsOf time.Time // the age of the evidence
}

// Registries is a list of registries, with its own age.
type Registries struct {
	List    []Registry
	Skipped []string // names of registries of a type that can't be asked
	AsOf    time.Time
}

// Label names the i-th registry, with its host where two have one name.
func (r Registries) Label(i int) string {
	for k, other := range r.List {
		if k != i && other.Label() == r.List[i].Label() {
			return other.Label() + " (" + r.List[i].host() + ")"
		}
	}
	return r.List[i].Label()
}

// Label names the registry: by the site it is at, where it has no name.
func (r Registry) Label() string { return cmp.Or(r.Name, r.host()) }

func (r Registry) host() string {
	u, err := url.Parse(r.Address())
	if err != nil {
		return r.Address()
	}
	return u.Host
}

// Known gives the public list of registries, as fresh as get can have it, else
// the one this program came with.
func Known(ctx context.Context, get fetch.Getter) Registries {
	source, shipped := snapshot()
	page, err := get.Get(ctx, source, "application/json")
	if err != nil {
		return shipped
	}
	fresh, err := ParseRegistries(page.Body)
	if err != nil || len(fresh.List) == 0 {
		return shipped
	}
	fresh.AsOf = page.AsOf
	return fresh
}

// snapshot reads the list that is part of the program.
func snapshot() (source string, list Registries) {
	var file struct {
		Source     string          `json:"source"`
		AsOf       time.Time       `json:"asOf"`
		Registries json.RawMessage `json:"registries"`
	}
	if err := json.Unmarshal(assets.Registries(), &file); err != nil {
		return "", Registries{}
	}
	list, err := ParseRegistries(file.Registries)
	if err != nil {
		return "", Registries{}
	}
	list.AsOf = file.AsOf
	return file.Source, list
}

// ParseRegistries reads a list of known registries: "oidf" by the address of its
// trust anchor, or by its older fetch endpoint, and "dcc-legacy" by the address of
// its file. Others are skipped by name.
func ParseRegistries(b []byte) (Registries, error) {
	v, err := strict.Parse(b)
	if err != nil {
		return Registries{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	all, ok := v.([]any)
	if !ok || len(all) > maxRegistries {
		return Registries{}, fmt.Errorf("%w: not a short list of registries", ErrBroken)
	}
	var out Registries
	for _, el := range all {
		m, _ := el.(map[string]any)
		if r, ok := parseRegistry(m); ok {
			out.List = append(out.List, r)
		} else {
			out.Skipped = append(out.Skipped, text(m, "name"))
		}
	}
	return out, nil
}

func parseRegistry(m map[string]any) (Registry, bool) {
	r := Registry{Name: text(m, "name")}
	switch text(m, "type") {
	case "oidf":
		if r.Anchor = text(m, "trustAnchorEC"); r.Anchor == "" {
			r.Anchor = anchorOf(text(m, "fetchEndpoint"))
		}
	case "dcc-legacy":
		r.File = text(m, "url")
	}
	return r, r.Anchor != "" || r.File != ""
}

// forTests are the words by which registries that are open to anybody who tries
// something out call themselves.
var forTests = regexp.MustCompile(`(?i)(^|[^a-z])(test|testing|tests|sandbox|staging|demo)([^a-z]|$)`)

// Testing says whether the registry is one for trying things out. Anybody gets
// into such a list, so being in it vouches for nobody.
func (r Registry) Testing() bool {
	return forTests.MatchString(r.Name) || forTests.MatchString(r.Anchor) || forTests.MatchString(r.File)
}

// Find asks the registry about an issuer, named by its id. It returns
// ErrNotListed where the registry could be asked and does not name it.
func (r Registry) Find(ctx context.Context, get fetch.Getter, id string, now time.Time) (Listing, error) {
	if r.Anchor != "" {
		return r.askFederation(ctx, get, id, now)
	}
	page, err := get.Get(ctx, r.File, "application/json")
	if err != nil {
		return Listing{}, err
	}
	found, err := Look(page.Body, id)
	found.AsOf = page.AsOf // also of "not listed": that, too, has its age
	return found, err
}

// Look finds an issuer in the file of a legacy registry:
// {meta, registry: {id: {name, location, url}}}. The file has no signature; its
// address is what vouches for it.
func Look(file []byte, id string) (Listing, error) {
	doc, err := strict.Object(file)
	if err != nil {
		return Listing{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	all, ok := doc["registry"].(map[string]any)
	if !ok {
		return Listing{}, fmt.Errorf("%w: no registry in it", ErrBroken)
	}
	m, ok := all[id].(map[string]any)
	if !ok {
		return Listing{}, ErrNotListed
	}
	return Listing{Name: text(m, "name"), Home: text(m, "url")}, nil
}

// text gives a text below m, or "".
func text(m map[string]any, path ...string) string {
	for _, name := range path[:len(path)-1] {
		m, _ = m[name].(map[string]any)
	}
	s, _ := m[path[len(path)-1]].(string)
	return s
}
