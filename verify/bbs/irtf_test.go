package bbs_test

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/cloudflare/circl/expander"

	"github.com/cairnwallet/cairn/verify/bbs"
)

// The vectors of draft-irtf-cfrg-bbs-signatures for BLS12-381-SHA-256: the
// multi-message signature and the proof that shows four of its messages.
const (
	draftSecret = "60e55110f76883a13d030b2f6bd11883422d5abde717569fc0731f51237169fc"
	draftPublic = "a820f230f6ae38503b86c70dc50b61c58a77e45c39ab25c0652bbaa8fa136f2851bd4781c9dcde39fc9d1d52c9e60268061e7d7632171d91aa8d460acee0e96f1e7c4cfb12d3ff9ab5d5dc91c277db75c845d649ef3c4f63aebc364cd55ded0c"
	draftHeader = "11223344556677889900aabbccddeeff"
	draftSig    = "8339b285a4acd89dec7777c09543a43e3cc60684b0a6f8ab335da4825c96e1463e28f8c5f4fd0641d19cec5920d3a8ff4bedb6c9691454597bbd298288abed3632078557b2ace7d44caed846e1a0a1e8"
	draftPH     = "bed231d880675ed101ead304512e043ade9958dd0241ea70b4b3957fba941501"
	draftProof  = "a2ed608e8e12ed21abc2bf154e462d744a367c7f1f969bdbf784a2a134c7db2d340394223a5397a3011b1c340ebc415199462ba6f31106d8a6da8b513b37a47afe93c9b3474d0d7a354b2edc1b88818b063332df774c141f7a07c48fe50d452f897739228c88afc797916dca01e8f03bd9c5375c7a7c59996e514bb952a436afd24457658acbaba5ddac2e693ac481356918cd38025d86b28650e909defe9604a7259f44386b861608be742af7775a2e71a6070e5836f5f54dc43c60096834a5b6da295bf8f081f72b7cdf7f3b4347fb3ff19edaa9e74055c8ba46dbcb7594fb2b06633bb5324192eb9be91be0d33e453b4d3127459de59a5e2193c900816f049a02cb9127dac894418105fa1641d5a206ec9c42177af9316f433417441478276ca0303da8f941bf2e0222a43251cf5c2bf6eac1961890aa740534e519c1767e1223392a3a286b0f4d91f7f25217a7862b8fcc1810cdcfddde2a01c80fcc90b632585fec12dc4ae8fea1918e9ddeb9414623a457e88f53f545841f9d5dcb1f8e160d1560770aa79d65e2eca8edeaecb73fb7e995608b820c4a64de6313a370ba05dc25ed7c1d185192084963652f2870341bdaa4b1a37f8c06348f38a4f80c5a2650a21d59f09e8305dcd3fc3ac30e2a"
	draftSeed   = "332e313431353932363533353839373933323338343632363433333833323739"
)

var draftMessages = []string{
	"9872ad089e452c7b6e283dfac2a80d58e8d0ff71cc4d5e310a1debdda4a45f02",
	"c344136d9ab02da4dd5908bbba913ae6f58c2cc844b802a6f811f5fb075f9b80",
	"7372e9daa5ed31e6cd5c825eac1b855e84476a1d94932aa348e07b73",
	"77fe97eb97a1ebe2e81e4e3597a3ee740a66e9ef2412472c",
	"496694774c5604ab1b2544eababcf0f53278ff50",
	"515ae153e22aae04ad16f759e07237b4",
	"d183ddc6e2665aa4e2f088af",
	"ac55fb33a75909ed",
	"96012096",
	"",
}

func messagesOf(t testing.TB, texts []string) (out [][]byte) {
	t.Helper()
	for _, m := range texts {
		out = append(out, unhex(t, m))
	}
	return out
}

// mocked gives the draft's pseudo-random scalars (section 8.1,
// seeded_random_scalars).
func mocked(seed []byte, n int) *bytes.Reader {
	const dst = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_MOCK_RANDOM_SCALARS_DST_"
	return bytes.NewReader(expander.NewExpanderMD(crypto.SHA256, []byte(dst)).Expand(seed, uint(48*n)))
}

func TestDraft(t *testing.T) {
	secret, err := bbs.ParsePrivateKey(unhex(t, draftSecret))
	if err != nil {
		t.Fatal(err)
	}
	public := secret.Public().(*bbs.PublicKey)
	if got := hex.EncodeToString(public.Bytes()); got != draftPublic {
		t.Errorf("public key %s", got)
	}
	header, ph, messages := unhex(t, draftHeader), unhex(t, draftPH), messagesOf(t, draftMessages)
	sig, err := secret.Sign(header, messages)
	if got := hex.EncodeToString(sig); err != nil || got != draftSig {
		t.Errorf("signature %s, %v", got, err)
	}
	places := []int{0, 2, 4, 6}
	shown := [][]byte{messages[0], messages[2], messages[4], messages[6]}
	if err := public.VerifyProof(unhex(t, draftProof), header, ph, shown, places); err != nil {
		t.Errorf("the draft's proof: %v", err)
	}
	again, err := bbs.Derive(public, unhex(t, draftSig), header, ph, messages, places, mocked(unhex(t, draftSeed), 5+6))
	if got := hex.EncodeToString(again); err != nil || got != draftProof {
		t.Errorf("derived again: %s, %v", got, err)
	}
	slices.Reverse(shown)
	if err := public.VerifyProof(unhex(t, draftProof), header, ph, shown, places); err == nil {
		t.Error("holds over messages in another order")
	}
}
