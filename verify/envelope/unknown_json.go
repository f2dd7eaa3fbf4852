package envelope

import (
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// objects are the kinds of JSON documents that people take for credentials, or
// that are credentials of kinds this version does not read.
var objects = []struct {
	code string
	is   func(m vc.Doc) bool
}{
	{"input.private-key", isPrivateKey},
	{"input.key", func(m vc.Doc) bool { return m["kty"] != nil || m["keys"] != nil && m["issuer"] == nil }},
	{"input.badge-class", isBadgeClass},
	{"input.encrypted-json", func(m vc.Doc) bool {
		return m["ciphertext"] != nil && (m["protected"] != nil || m["recipients"] != nil)
	}},
	{"input.did-document", isDIDDocument},
	{"input.pathway", func(m vc.Doc) bool { return m["@graph"] != nil || m["layers"] != nil || m["completionBadge"] != nil }},
	{"input.offer", func(m vc.Doc) bool {
		return m["credential_issuer"] != nil || m["protocols"] != nil || m["verifiablePresentationRequest"] != nil
	}},
}

func isPrivateKey(m vc.Doc) bool {
	return m["kty"] != nil && (m["d"] != nil || m["k"] != nil) || m["privateKeyMultibase"] != nil || m["privateKeyJwk"] != nil
}

func contextHas(m vc.Doc, part string) bool {
	for _, s := range Strings(m["@context"]) {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// isBadgeClass tells the parts of an Open Badges 2.0 award that award nothing.
func isBadgeClass(m vc.Doc) bool {
	for _, t := range Strings(m["type"]) {
		if t == "BadgeClass" || t == "Issuer" || t == "Profile" || t == "Achievement" {
			return true
		}
	}
	return m["criteria"] != nil && m["issuer"] != nil
}

func isDIDDocument(m vc.Doc) bool {
	if d, ok := m["didDocument"].(map[string]any); ok {
		m = d
	}
	return strings.HasPrefix(text(m["id"]), "did:") && (m["verificationMethod"] != nil || m["authentication"] != nil || m["publicKey"] != nil)
}
