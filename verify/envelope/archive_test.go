package envelope

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// entry is a file for an archive.
type entry struct{ name, text string }

func zipOf(list ...entry) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range list {
		f, err := z.Create(e.name)
		must(err)
		_, err = io.WriteString(f, e.text)
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}

func tarOf(list ...entry) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range list {
		must(w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.text)), Typeflag: tar.TypeReg}))
		_, err := io.WriteString(w, e.text)
		must(err)
	}
	must(w.Close())
	return b.Bytes()
}

func gzipOf(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	must(err)
	must(w.Close())
	return b.Bytes()
}

// zipped gives what a ZIP file holds of a text, and flipped a copy with one bit changed.
func zipped(text string) []byte {
	b := zipOf(entry{"a.json", text})
	start := bytes.Index(b, []byte("a.json")) + len("a.json")
	return b[start : start+40]
}

func flipped(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)/2] ^= 1
	return b
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// containers has good inputs for each envelope around other files.
func containers(t testing.TB) map[string][][]byte {
	jwt, doc := token(eddsa("typ", "vc+jwt"), doc20()), string(marshal(doc20()))
	sd := disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())
	return map[string][][]byte{
		"zip":      {zipOf(entry{"a.json", doc}, entry{"b.jwt", jwt})},
		"tar":      {tarOf(entry{"a.json", doc}, entry{"b.jwt", jwt})},
		"gzip":     {gzipOf([]byte(doc)), gzipOf(tarOf(entry{"a.jwt", jwt}))},
		"lines":    {[]byte(jwt + "\n" + jwt), []byte("# mine\n" + jwt + "\n\n" + sd + "\n"), []byte(sd + "\n" + sd)},
		"pdf":      {testkit.PDF{Files: [][]byte{[]byte(jwt)}, Plain: true}.Bytes(t), testkit.PDF{Files: [][]byte{[]byte(doc)}}.Bytes(t), testkit.PDF{Files: [][]byte{[]byte(jwt)}, Packed: true}.Bytes(t)},
		"xml":      {[]byte(europassDoc), []byte(`<?xml version="1.0"?><vp:verifiablePresentation xmlns:vp="http://data.europa.eu/snb/vp">` + europassDoc + `</vp:verifiablePresentation>`)},
		"data-url": {[]byte("data:application/vc+jwt," + jwt), []byte("data:application/vc+jwt,\n" + jwt), []byte("DATA:;base64," + base64.StdEncoding.EncodeToString([]byte(doc)))},
	}
}

func TestContainers(t *testing.T) {
	jwt, doc := token(eddsa("typ", "vc+jwt"), doc20()), string(marshal(doc20()))
	sd := disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())
	baked := string(pngWith(false, textChunk("iTXt", keywords[0], "\x00\x00\x00\x00", marshal(doc20()))))
	cut := jwt[:50] + "\n" + jwt[50:100] + "\n" + jwt[100:]
	litter := []entry{{"__MACOSX/._a.json", "\x00\x05"}, {"x/.DS_Store", "\x00"}, {"x/", ""}}
	cases := []struct{ name, in, forms, notes string }{
		{"a ZIP of many", string(zipOf(entry{"a.json", doc}, entry{"x/b.jwt", jwt}, entry{"c.txt", sd}, entry{"d.png", baked})), "zip+json zip+jwt zip+sd-jwt zip+baked-png+json", ""},
		{"a download folder", string(zipOf(append(litter, entry{"Certifications.csv", "Name,Url\nGo,https://x.example"}, entry{"a.json", "\ufeff" + doc + "\n"})...)), "zip+json", "shape.archive-skipped 1"},
		{"a damaged badge beside a good one", string(zipOf(entry{"a.json", doc}, entry{"b.jwt", jwt[:len(jwt)/2] + "!." + jwt})), "zip+json", "shape.archive-skipped 1"},
		{"a cut badge beside a good one", string(zipOf(entry{"a.json", doc}, entry{"b.json", doc[:40]})), "zip+json", "shape.others-unread 1"},
		{"a ZIP in a ZIP", string(zipOf(entry{"in.zip", string(zipOf(entry{"a.jwt", jwt}))})), "zip+zip+jwt", ""},
		{"a tar archive", string(tarOf(entry{"a.json", doc}, entry{"b.jwt", jwt})), "tar+json tar+jwt", ""},
		{"a cut tar archive", string(tarOf(entry{"a.json", doc}, entry{"b.json", doc})[:1324]), "tar+json", "shape.others-unread 1"},
		{"a packed tar archive", string(gzipOf(tarOf(entry{"a.json", doc}, entry{"readme", "hi"}))), "gzip+tar+json", "shape.archive-skipped 1"},
		{"a packed badge", string(gzipOf([]byte(doc))), "gzip+json", ""},
		{"a JSON value a line", doc + "\r\n\n" + doc + "\n\"" + jwt + "\"\n", "json json jwt", ""},
		{"a line that is cut", doc + "\n" + doc[:30], "json", "shape.others-unread 1"},
		{"lists on lines", "[" + doc + "]\n[" + doc + "," + doc + "]", "json json json", ""},
		{"a token a line", jwt + "\n" + jwt + "\n" + sd, "jwt jwt sd-jwt", ""},
		{"names and blank lines between", "# Go course\n" + jwt + "\n\n\nWelding, level 2:\n" + sd + "\n-- \n", "jwt sd-jwt", ""},
		{"wrapped tokens", cut + "\n\n" + cut, "jwt jwt", ""},
		{"wrapped tokens without a line between", cut + "\n" + cut + "\n" + sd, "jwt jwt sd-jwt", ""},
		{"a mail with one token", "Dear Ada,\nhere it is:\n" + jwt + "\n", "jwt", ""},
		{"a PDF", string(testkit.PDF{Files: [][]byte{[]byte(doc), []byte("<invoice/>")}}.Bytes(t)), "pdf+json", "shape.archive-skipped 1"},
		{"a PDF with several", string(testkit.PDF{Files: [][]byte{[]byte(doc), []byte(jwt)}, Packed: true}.Bytes(t)), "pdf+json pdf+jwt", ""},
		{"a PDF in a ZIP", string(zipOf(entry{"a.pdf", string(testkit.PDF{Files: [][]byte{[]byte(jwt)}}.Bytes(t))})), "zip+pdf+jwt", ""},
		{"a data: URL", "data:application/vc+jwt," + jwt, "jwt", ""},
		{"a data: URL in base64", "data:application/json;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(doc)), "json", ""},
		{"a picture as data: URL", "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(baked)), "baked-png+json", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			var forms, notes []string
			for _, o := range found {
				forms = append(forms, o.Form)
				for _, n := range o.Notes {
					notes = append(notes, n.Code+" "+n.Args["count"])
				}
			}
			if got := strings.Join(forms, " "); got != c.forms {
				t.Errorf("got %s, want %s", got, c.forms)
			}
			if got := strings.Join(notes, " "); got != c.notes {
				t.Errorf("notes %q, want %q", got, c.notes)
			}
		})
	}
}

// TestPiecesStandAlone: what is kept of a file in an archive is the file, which
// opens to the same without its archive.
func TestPiecesStandAlone(t *testing.T) {
	doc := "\n" + string(marshal(doc20())) + "\n"
	found, err := Open(zipOf(entry{"a.json", doc}, entry{"b.png", string(pngWith(false, textChunk("iTXt", keywords[0], "\x00\x00\x00\x00", marshal(doc20()))))}))
	if err != nil || len(found) != 2 || string(found[0].Raw) != doc || !claimsPNG(found[1].Raw) {
		t.Fatal(found, err)
	}
	for _, o := range found {
		alone, err := Open(o.Raw)
		if err != nil || len(alone) != 1 || !bytes.Equal(alone[0].Sealed, o.Sealed) || "zip+"+alone[0].Form != o.Form {
			t.Errorf("%s: %v, %v", o.Form, alone, err)
		}
	}
}

func TestContainersRefused(t *testing.T) {
	jwt, doc := token(eddsa("typ", "vc+jwt"), doc20()), string(marshal(doc20()))
	good := zipOf(entry{"a.json", doc})
	locked := bytes.Clone(good)
	for _, at := range []int{bytes.Index(good, []byte("PK\x03\x04")) + 6, bytes.Index(good, []byte("PK\x01\x02")) + 8} {
		locked[at] |= 1
	}
	deep := []byte(jwt)
	for range maxArchives + 1 {
		deep = zipOf(entry{"x.zip", string(deep)})
	}
	cases := []struct {
		name string
		in   []byte
		code string
	}{
		{"nothing in it", zipOf(), "input.archive-empty"},
		{"no badge in it", zipOf(entry{"a.txt", "hello"}, entry{"b.json", `{"hello":"world"}`}), "input.archive-empty"},
		{"behind a password", locked, "input.encrypted"},
		{"its end is missing", good[:len(good)-30], "input.archive-damaged"},
		{"a word processor's", zipOf(entry{"[Content_Types].xml", "<x/>"}, entry{"word/document.xml", "<x/>"}), "input.document"},
		{"an open document", zipOf(entry{"mimetype", "application/vnd.oasis.opendocument.text"}), "input.document"},
		{"only a damaged badge", zipOf(entry{"a.json", doc[:len(doc)/2]}), "input.truncated"},
		{"archives around archives", deep, "input.too-deep"},
		{"a file in it is damaged", bytes.Replace(good, zipped(doc), flipped(zipped(doc)), 1), "input.archive-damaged"},
		{"a tar archive without a badge", tarOf(entry{"a.txt", "hello"}), "input.archive-empty"},
		{"a cut tar archive", tarOf(entry{"a.json", doc})[:700], "input.archive-damaged"},
		{"a PDF with other files", testkit.PDF{Files: [][]byte{[]byte("hello")}}.Bytes(t), "input.pdf-empty"},
		{"an encrypted PDF", testkit.PDF{Files: [][]byte{[]byte("\x81\x92\xa3")}, Trailer: "/Encrypt 9 0 R"}.Bytes(t), "input.encrypted"},
		{"a damaged badge in a PDF", testkit.PDF{Files: [][]byte{[]byte(doc[:60])}}.Bytes(t), "input.truncated"},
		{"a packed text", gzipOf([]byte("hello")), "input.archive-empty"},
		{"a data: URL without a comma", []byte("data:text/plain"), "input.envelope"},
		{"a data: URL with bad letters", []byte("data:;base64,$$$"), "input.envelope"},
		{"a data: URL with a text", []byte("data:,hello"), "input.text"},
		{"JSON that breaks on its first line", []byte(doc[:len(doc)-1] + ",}\n" + doc), "input.not-json"},
		{"one value on two lines", []byte(`{"type":"VerifiableCredential",` + "\n" + `{"issuer":"x:y"}`), "input.not-json"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if found, err := Open(c.in); fault.Code(err) != c.code {
				t.Errorf("got %v, %v, want %s", found, err, c.code)
			}
		})
	}
}

// zeros is a file that packs a thousandfold.
func zeros(n int) string { return strings.Repeat("0", n) }

// TestArchiveBombs: what unpacks to gigabytes, or to very many files, costs at
// most what the limits say.
func TestArchiveBombs(t *testing.T) {
	many := make([]entry, maxEntries+1)
	for i := range many {
		many[i] = entry{fmt.Sprintf("%d.txt", i), "x"}
	}
	layer := zipOf(entry{"a", zeros(20 << 20)}, entry{"b", zeros(20 << 20)})
	jwt := token(eddsa("typ", "vc+jwt"), doc20())
	badges := make([]entry, MaxInside+1)
	for i := range badges {
		badges[i] = entry{fmt.Sprintf("%d.jwt", i), jwt}
	}
	cases := []struct {
		name string
		in   []byte
		code string
		mib  uint64 // may be allocated in all
	}{
		{"large files", zipOf(entry{"a", zeros(30 << 20)}, entry{"b", zeros(30 << 20)}, entry{"c", zeros(30 << 20)}), "input.expands", 200},
		{"one file larger than any badge", zipOf(entry{"a", zeros(40 << 20)}), "input.archive-empty", 160},
		{"layers", zipOf(entry{"1.zip", string(layer)}, entry{"2.zip", string(layer)}), "input.expands", 256},
		{"a packed file", gzipOf([]byte(zeros(100 << 20))), "input.archive-empty", 160},
		{"very many files", zipOf(many...), "input.too-many-files", 16},
		{"very many files in a tar archive", tarOf(many...), "input.too-many-files", 64},
		{"very many badges", zipOf(badges...), "input.too-many", 200},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var found []*Opened
			var err error
			used := testkit.Cost(func() { found, err = Open(c.in) }) >> 20
			if fault.Code(err) != c.code {
				t.Errorf("got %d, %v, want %s", len(found), err, c.code)
			}
			if used > c.mib {
				t.Errorf("%d MiB allocated for %d KiB, want at most %d", used, len(c.in)>>10, c.mib)
			}
		})
	}
}

func FuzzArchive(f *testing.F) {
	for _, list := range containers(f) {
		for _, in := range list {
			f.Add(in)
		}
	}
	f.Add(zipOf(entry{"[Content_Types].xml", "<x/>"}))
	f.Fuzz(opens)
}
