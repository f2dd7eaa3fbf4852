package oid4vp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Query says which credentials are asked for: the Digital Credentials Query
// Language, DCQL (OpenID4VP 1.0, section 6).
type Query struct {
	Credentials []CredentialQuery
	Sets        []Set // in what combinations; without any, all credentials are asked for
}

// CredentialQuery asks for one credential (section 6.1).
type CredentialQuery struct {
	ID          string
	Format      string
	Types       [][]string // the credential has all types of one of these (appendix B.1.1)
	VCTs        []string   // its type is one of these (appendix B.3.5)
	Authorities []Authority
	Unbound     bool // it need not be proven whose it is
	Claims      []ClaimQuery
	ClaimSets   [][]string // ids of claims that do, the best first; without any, all claims are asked for
}

// ClaimQuery asks for one claim (section 6.3).
type ClaimQuery struct {
	ID     string // may be empty where there are no claim sets
	Path   Path
	Values []any // it has one of these; without any, whatever it says will do
}

// Authority is somebody who has to stand behind the issuer (section 6.1.1).
type Authority struct {
	Type   string // "aki", "etsi_tl", "openid_federation" or another
	Values []string
}

// Set is a group of combinations of which one is asked for (section 6.2).
type Set struct {
	Options  [][]string // ids of credential queries, the best first
	Optional bool
}

// Formats of credentials (appendix B).
const (
	SDJWT = "dc+sd-jwt"
	JWT   = "jwt_vc_json"
	LDP   = "ldp_vc"
	MDoc  = "mso_mdoc"
)

// ParseQuery reads a query. A fault names the member that is not as it should be;
// members that are not known are passed over (section 6).
func ParseQuery(raw []byte) (Query, error) {
	m, err := parse(raw, "dcql_query")
	if err != nil {
		return Query{}, err
	}
	return readQuery(m)
}

func readQuery(m map[string]any) (Query, error) {
	r := &reader{}
	var q Query
	const at = "dcql_query/"
	r.objects(m, at, "credentials", true, func(at string, m map[string]any) {
		q.Credentials = append(q.Credentials, r.credential(m, at, q))
	})
	r.objects(m, at, "credential_sets", false, func(at string, m map[string]any) {
		s := Set{Options: r.lists(m, at, "options", true), Optional: !r.truth(m, at, "required", true)}
		for _, id := range slices.Concat(s.Options...) {
			if _, known := q.credential(id); !known {
				r.bad(at + "options")
			}
		}
		q.Sets = append(q.Sets, s)
	})
	if r.err != nil {
		return Query{}, r.err
	}
	return q, nil
}

// credential finds a query by its id.
func (q Query) credential(id string) (CredentialQuery, bool) {
	i := slices.IndexFunc(q.Credentials, func(c CredentialQuery) bool { return c.ID == id })
	if i < 0 {
		return CredentialQuery{}, false
	}
	return q.Credentials[i], true
}

// credential reads one credential query; before holds those in front of it.
func (r *reader) credential(m map[string]any, at string, before Query) CredentialQuery {
	c := CredentialQuery{ID: r.id(m, at), Format: r.text(m, at, "format", true)}
	if _, twice := before.credential(c.ID); twice {
		r.bad(at + "id")
	}
	meta := r.object(m, at, "meta", true)
	switch c.Format {
	case SDJWT:
		c.VCTs = r.texts(meta, at+"meta/", "vct_values", true)
	case JWT, LDP:
		c.Types = r.lists(meta, at+"meta/", "type_values", true)
	case MDoc:
		r.text(meta, at+"meta/", "doctype_value", true)
	}
	r.truth(m, at, "multiple", false) // one is always an answer
	c.Unbound = !r.truth(m, at, "require_cryptographic_holder_binding", true)
	r.objects(m, at, "trusted_authorities", false, func(at string, m map[string]any) {
		c.Authorities = append(c.Authorities, Authority{Type: r.text(m, at, "type", true), Values: r.texts(m, at, "values", true)})
	})
	r.claims(&c, m, at)
	return c
}

// id reads the name of a query: letters, digits, underscores and hyphens (section 6.1).
func (r *reader) id(m map[string]any, at string) string {
	id := r.text(m, at, "id", true)
	if strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		r.bad(at + "id")
	}
	return id
}

// claims reads what is asked of a credential (section 6.3). No claim is asked for
// twice, ids are unique, and sets are made of ids that are there.
func (r *reader) claims(c *CredentialQuery, m map[string]any, at string) {
	paths, ids := map[string]bool{}, map[string]bool{}
	c.ClaimSets = r.lists(m, at, "claim_sets", false)
	r.objects(m, at, "claims", c.ClaimSets != nil, func(at string, m map[string]any) {
		q := ClaimQuery{Path: r.path(m, at)}
		if _, named := m["id"]; named || c.ClaimSets != nil {
			q.ID = r.id(m, at)
			if ids[q.ID] {
				r.bad(at + "id")
			}
			ids[q.ID] = true
		}
		if key := fmt.Sprintf("%#v", q.Path); paths[key] {
			r.bad(at + "path")
		} else {
			paths[key] = true
		}
		q.Values = r.values(m, at)
		c.Claims = append(c.Claims, q)
	})
	for _, id := range slices.Concat(c.ClaimSets...) {
		if !ids[id] {
			r.bad(at + "claim_sets")
		}
	}
}

// values reads the values that a claim may have: texts, whole numbers, truth values.
func (r *reader) values(m map[string]any, at string) []any {
	list := r.list(m, at, "values", false)
	for _, v := range list {
		switch v := v.(type) {
		case string, bool:
		case json.Number:
			if strings.ContainsAny(v.String(), ".eE") {
				r.bad(at + "values")
			}
		default:
			r.bad(at + "values")
		}
	}
	return list
}
