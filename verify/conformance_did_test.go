package verify_test

import (
	"crypto"
	"testing"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/testkit/webvh"
)

// didMakers seal a badge by an issuer of every method.
var didMakers = map[string]func(t *testing.T) made{
	"key": func(*testing.T) made {
		k := throwAway("college")
		id := didOf(k)
		return made{
			"good.json": byIssuerWith(k, id, method(k)), "bad-letter.json": byIssuerWith(k, string(swappedAt([]byte(id), -1)), method(k)),
			"bad-base.json": byIssuerWith(k, "did:key:u"+id[9:], "did:key:u"+id[9:]+"#u"+id[9:]), "bad-other.json": byIssuerWith(k, didOf(throwAway("other")), method(k)),
		}
	},
	"jwk": func(*testing.T) made {
		k := throwAway("college")
		id, other := must(did.JWK(k.Public())), must(did.JWK(throwAway("other").Public()))
		wrong := string(swapped(id, "eyJ", "fyJ"))
		return made{
			"good.json": byIssuerWith(k, id, id+"#0"), "bad-letter.json": byIssuerWith(k, wrong, wrong+"#0"),
			"bad-fragment.json": byIssuerWith(k, id, id+"#1"), "bad-other.json": byIssuerWith(k, other, id+"#0"),
		}
	},
	"web": func(*testing.T) made {
		k := throwAway("college")
		const id = "did:web:alpine.example"
		m := made{"good.json": byIssuerWith(k, id, id+"#key-1")}
		for name, doc := range map[string]string{
			"purpose": didDocument(id+":purpose", k, "authentication"), "stranger": didDocument("did:web:alpine.exemple", k, "assertionMethod"),
			"letter": string(swapped(didDocument(id+":letter", k, "assertionMethod"), `"publicKeyMultibase":"z`, `"publicKeyMultibase":"y`)), "missing": "",
		} {
			m["bad-"+name+".json"] = byIssuerWith(k, id+":"+name, id+":"+name+"#key-1")
			if doc != "" {
				m.at("https://alpine.example/"+name+"/did.json", []byte(doc))
			}
		}
		return m.at("https://alpine.example/.well-known/did.json", []byte(didDocument(id, k, "assertionMethod")))
	},
	"webvh": func(t *testing.T) made {
		owner, signs, thief := webvh.NewPen(t, 1), webvh.NewPen(t, 2), webvh.NewPen(t, 3)
		m := made{}
		for host, file := range map[string]string{
			"good.example": "good.json", "letter.example": "bad-letter.json", "forged.example": "bad-forged.json", "ended.example": "bad-ended.json", "other.example": "bad-other.json",
		} {
			log := webvh.New(t, host).Add(webvh.Entry{By: owner, Lists: signs, Params: object{"updateKeys": []any{owner.Multi}}})
			next := webvh.Entry{By: owner, Lists: signs}
			switch host {
			case "forged.example":
				next.By = thief
			case "ended.example":
				next.Params = object{"deactivated": true}
			}
			log.Add(next)
			published := []byte(log.Text())
			id := log.DID()
			switch host {
			case "letter.example":
				published = swapped(published, "2026-01-02T", "2026-01-03T")
			case "other.example":
				id = string(swapped(id, "did:webvh:Qm", "did:webvh:Qn"))
			}
			m[file] = byIssuerWith(signs.Key, id, id+"#key-1")
			m.at(log.URL(), published)
		}
		return m
	},
}

// byIssuerWith is a badge of an issuer, sealed with a key under a name.
func byIssuerWith(k crypto.Signer, issuer, name string) []byte {
	return text(seal(badge(issuer, nil), "eddsa-rdfc-2022", k, object{"verificationMethod": name}))
}
