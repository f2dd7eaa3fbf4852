package link

import (
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestPictureOfAProof: a picture as a data: URL whose code is a packed proof (VPQR).
func TestPictureOfAProof(t *testing.T) {
	picture := string(testkit.File(t, "vpqr", "digitalcre__exampleImageDataUrl.txt"))
	want := strings.TrimSpace(string(testkit.File(t, "vpqr", "digitalcre__exampleQrCodeData.txt")))
	b, err := envelope.DataURL(strings.TrimSpace(picture))
	if err != nil {
		t.Fatal(err)
	}
	texts, err := qr.Decode(b)
	if err != nil || len(texts) != 1 || texts[0] != want {
		t.Errorf("%v, %q", err, texts)
	}
	byText, errText := Look([]byte(want))
	byPicture, errPicture := Look([]byte(picture))
	if len(byText) != len(byPicture) || (errText == nil) != (errPicture == nil) {
		t.Errorf("text: %v, %v; picture: %v, %v", byText, errText, byPicture, errPicture)
	}
}
