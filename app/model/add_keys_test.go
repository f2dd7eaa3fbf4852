package model

import (
	"testing"
)

// otherWallet is a file of another wallet: a badge, and the key it was made out to.
const otherWallet = `[{"type":"UniversalWallet2020","contents":[
{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"Welding","issuer":"https://school.example","credentialSubject":{"id":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"}},
{"type":"Ed25519VerificationKey2018","privateKeyBase58":"11111111111111111111111111111111"}]}]`

func TestKeysAreTakenOnlyWhenTicked(t *testing.T) {
	b := ownBench(t)
	keys := func() int {
		all, err := b.desk.Wallet.Keys()
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := keys()
	a := add(b, TextInput([]byte(otherWallet)))
	if len(a.Drafts) != 1 || len(a.Keys) != 1 || a.Keys[0].Take || len(a.Refused) != 0 {
		t.Fatalf("%d drafts, %+v, %+v", len(a.Drafts), a.Keys, a.Refused)
	}
	noGaps(t, a.Keys[0].Text)
	a.Save()
	b.until(t, "the saving", func() bool { return len(b.toasts) == 1 })
	if keys() != before {
		t.Error("a key was taken that nobody ticked")
	}

	a = add(b, TextInput([]byte(otherWallet)))
	if a.CanSave { // the badge is known
		t.Error("there is nothing to save")
	}
	a.TakeKeys(0, true)
	a.TakeKeys(9, true)
	if !a.CanSave {
		t.Fatal("a ticked key can't be saved")
	}
	a.Save()
	b.until(t, "the saving", func() bool { return len(b.toasts) == 2 })
	noGaps(t, b.toasts[1].Text)
	if keys() != before+1 {
		t.Error("the key was not taken")
	}
	if a = add(b, TextInput([]byte(otherWallet))); len(a.Keys) != 0 {
		t.Errorf("a key that is here already is offered: %+v", a.Keys)
	}
}

func TestFileOfNothingButKeys(t *testing.T) {
	b := ownBench(t)
	a := add(b, TextInput([]byte(`{"kty":"OKP","crv":"Ed25519","d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","x":"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"}`)))
	if a.Stage != Reviewing || len(a.Keys) != 1 || len(a.Refused) != 0 || a.CanSave {
		t.Fatalf("%s, %+v, %+v", a.Stage, a.Keys, a.Refused)
	}
	noGaps(t, a.Title)
	a.TakeKeys(0, true)
	a.Discard()
	if a.Stage != Asking || len(a.Keys) != 0 || a.CanSave {
		t.Errorf("%s, %+v", a.Stage, a.Keys)
	}
}
