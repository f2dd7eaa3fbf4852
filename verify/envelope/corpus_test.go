package envelope

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestWholeCorpus opens every file there is: each is opened or refused with a
// reason that has words, nothing panics (which would be input.unknown around a
// panic), and what was received is kept.
func TestWholeCorpus(t *testing.T) {
	root, words := testkit.Corpus(t), assets.English()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		t.Run(filepath.ToSlash(rel), func(t *testing.T) {
			before := bytes.Clone(raw)
			found, err := Open(raw)
			if !bytes.Equal(before, raw) {
				t.Fatal("the input was changed")
			}
			if err != nil {
				if strings.Contains(err.Error(), "panic") {
					t.Fatal(err)
				}
				told(t, words, err)
				return
			}
			for _, o := range found {
				if len(o.Raw) == 0 || len(o.Sealed) == 0 || o.Form == "" || o.Doc == nil {
					t.Errorf("incomplete: %+v", o)
				}
			}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCorpusSaysWhy pins the reasons for files whose kind is beyond doubt.
func TestCorpusSaysWhy(t *testing.T) {
	for file, code := range map[string]string{
		"hostile/edc__xxe_base64.xml":                        "input.dtd",
		"hostile/edc__xxe_dos.xml":                           "input.dtd",
		"hostile/edc__xxe_remote.xml":                        "input.dtd",
		"ob2-baked/concentricsk__unbaked_image.png":          "input.picture-empty",
		"ob2/1edtech-ob2__valid-badge-class.json":            "input.badge-class",
		"wallet-export/valid-export.tar":                     "input.archive-empty",
		"wallet-export/missing-actor.tar":                    "input.archive-empty",
		"wallet-export/uw2020__did-resolution-response.json": "input.did-document",
		"wallet-export/uw2020__indy-request.json":            "input.no-credential",
		"jades/dss__altered-jws.json":                        "input.sealed-other",
		"jades/dss__serialization-wrong-payload-type.json":   "input.sealed-broken",
		"jades/dss__simple-detached.json":                    "input.detached",
		"sd-jwt/vc-go__a97befeb.sdjwt.txt":                   "input.tilde",
		"sd-jwt/exampleHolderKey.json":                       "input.private-key",
		"status-token/waltid-identit__12c1084a.jwt.txt":      "input.status-list",
		"vpqr/digitalcre__exampleQrCodeData.txt":             "input.packed-context",
	} {
		t.Run(file, func(t *testing.T) {
			if _, err := Open(testkit.File(t, filepath.FromSlash(file))); fault.Code(err) != code {
				t.Errorf("got %v, want %s", err, code)
			}
		})
	}
}

// TestCorpusBadgesBakedAgain takes the badge out of each real picture and bakes it
// in again: the payload stays as it was.
func TestCorpusBadgesBakedAgain(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, "ob3-baked"), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first := openBaked(t, raw)
		out, err := Bake(raw, first.Sealed)
		if err != nil {
			t.Fatal(file, err)
		}
		if again := openBaked(t, out); !bytes.Equal(again.Sealed, first.Sealed) || again.Form != first.Form {
			t.Errorf("%s: another payload after baking", filepath.Base(file))
		}
	}
}

func openBaked(t *testing.T, raw []byte) *Opened {
	t.Helper()
	found, err := Open(raw)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	return found[0]
}
