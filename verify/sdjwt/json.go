package sdjwt

import "strings"

// FromJSON gives the compact form of an SD-JWT in JWS JSON serialisation,
// flattened or general (section 8). Of the general form it takes the one with a
// single signature: with several, what the second one covers would be left open.
func FromJSON(doc map[string]any) (string, error) {
	sig := doc
	if list, general := doc["signatures"]; general {
		all, _ := list.([]any)
		if len(all) != 1 {
			return "", ErrJSON
		}
		sig, _ = all[0].(map[string]any)
	}
	parts, ok := texts(sig["protected"], doc["payload"], sig["signature"])
	if !ok {
		return "", ErrJSON
	}
	header, _ := sig["header"].(map[string]any)
	disclosures, _ := header["disclosures"].([]any)
	raws, ok := texts(disclosures...)
	if !ok {
		return "", ErrJSON
	}
	kb := ""
	if v, stated := header["kb_jwt"]; stated {
		if kb, ok = v.(string); !ok {
			return "", ErrJSON
		}
	}
	return strings.Join(append([]string{strings.Join(parts, ".")}, raws...), "~") + "~" + kb, nil
}

// texts gives vs as texts. A tilde inside one would shift all parts after it.
func texts(vs ...any) ([]string, bool) {
	out := make([]string, len(vs))
	for i, v := range vs {
		s, ok := v.(string)
		if !ok || strings.Contains(s, "~") {
			return nil, false
		}
		out[i] = s
	}
	return out, true
}
