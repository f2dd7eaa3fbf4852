package screen

import (
	"context"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	problems "github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/samples"
)

var update = flag.Bool("update", false, "take today's pictures as the right ones")

// scene is a page as it is shown for a picture.
type scene struct {
	size  fyne.Size
	dark  bool // drawn in both looks
	begin func(t testing.TB, v look.Variant, size fyne.Size) *house
}

var scenes = map[string]scene{
	"welcome": {large, false, func(t testing.TB, v look.Variant, size fyne.Size) *house { return open(t, v, size, nil) }},
	"locked":  {small, false, locked},
	"empty": {small, false, func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(own(t, v, size), model.AtBadges, "")
	}},
	"badges": {large, true, func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtBadges, "")
	}},
	"problem": {large, false, problem},
	"record":  {large, true, record},
	"tells":   {small, true, tells},
	"sources": {large, true, asked},
	"stack":   {large, false, stacked},
	"foreign": {large, true, foreign},
	"what":    {large, true, func(t testing.TB, v look.Variant, size fyne.Size) *house { return shared(t, v, size, model.StepWhat) }},
	"send":    {small, true, func(t testing.TB, v look.Variant, size fyne.Size) *house { return shared(t, v, size, model.StepSend) }},
	"answer": {large, true, func(t testing.TB, v look.Variant, size fyne.Size) *house {
		h, _ := requested(t, v, size, request(foodSafety))
		return h
	}},
	"review": {small, true, review},
	"check":  {small, true, checked},
	"offer":  {small, true, offered},
}

// TestPictures compares pages with pictures somebody has looked at. What differs is written
// to testdata/failed.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector learns nothing from pictures, and draws them ten times slower: make unit compares them")
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the pictures were drawn on Linux, amd64: others round differently")
	}
	for name, s := range scenes {
		t.Run(name, func(t *testing.T) { compare(t, name+"-light.png", s.begin(t, look.Variant{}, s.size).shot()) })
		if s.dark {
			t.Run(name+" dark", func(t *testing.T) { compare(t, name+"-dark.png", s.begin(t, look.Variant{Dark: true}, s.size).shot()) })
		}
	}
}

// own opens a new wallet of the learner.
func own(t testing.TB, v look.Variant, size fyne.Size) *house {
	return open(t, v, size, (*model.Session).OpenOwn)
}

// at goes to a place and waits until it is there.
func at(h *house, place model.Place, id string) *house {
	h.visit(model.Route{Place: place, ID: id})
	h.loop.Settle()
	return h
}

func locked(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := open(t, v, size, nil)
	h.keys.Fail(problems.New("keyring.locked"))
	h.session.OpenOwn()
	h.until("the fault", func() bool { return h.session.Stage != model.Opening })
	return h
}

func problem(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := practice(t, v, size)
	return at(h, model.AtDetail, h.badge("Allergen"))
}

func stacked(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := practice(t, v, size)
	routes, err := h.session.Desk().Wallet.Pathways()
	if err != nil || len(routes) == 0 {
		t.Fatal("no pathway", err)
	}
	return at(h, model.AtStack, routes[0].ID)
}

// degree is a pathway in CTDL: what badges can't show is in it, and what it names
// but doesn't describe.
const degree = `{"@graph": [
  {"@id": "https://r.example/p", "@type": "ceterms:Pathway", "ceterms:name": {"en": "Kitchen manager"},
   "ceterms:description": {"en": "From the stove to the office."}, "ceterms:hasDestinationComponent": "https://r.example/d"},
  {"@id": "https://r.example/d", "@type": "ceterms:CredentialComponent", "ceterms:name": {"en": "Kitchen manager diploma"}, "ceterms:hasCondition": [
    {"@type": "ceterms:ComponentCondition", "ceterms:name": {"en": "Work"}, "ceterms:requiredNumber": 2,
     "ceterms:targetComponent": ["https://r.example/f", "https://r.example/g", "https://r.example/k"]},
    {"@type": "ceterms:ComponentCondition", "ceterms:name": {"en": "Exam"}, "ceterms:targetComponent": ["https://r.example/x", "https://r.example/unknown"],
     "ceterms:hasConstraint": {"@type": "ceterms:Constraint", "ceterms:leftSource": "ex:grade", "ceterms:comparator": "compare:GTEQ", "ceterms:rightSource": "B"}}]},
  {"@id": "https://r.example/f", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "Food safety"}, "ceterms:proxyFor": "https://alpine-college.example/badges/food-safety-2"},
  {"@id": "https://r.example/g", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "Guests"}, "ceterms:proxyFor": "https://hotel-school-bern.example/badges/guest-care"},
  {"@id": "https://r.example/k", "@type": "ceterms:BasicComponent", "ceterms:name": {"en": "Kitchens"}, "ceterms:hasCondition": {
    "@type": "ceterms:ComponentCondition", "ceterms:logicalOperator": "logic:Or", "ceterms:targetComponent": ["https://r.example/k1", "https://r.example/f"]}},
  {"@id": "https://r.example/k1", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "Cold kitchen"}},
  {"@id": "https://r.example/x", "@type": "ceterms:AssessmentComponent", "ceterms:name": {"en": "Office exam"}}
]}`

// foreign is a pathway of somebody else, as it was read.
func foreign(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := practice(t, v, size)
	r, err := h.session.Desk().Wallet.AddPathway([]byte(degree), "kitchen-manager.json")
	if err != nil {
		t.Fatal(err)
	}
	at(h, model.AtStack, r.ID)
	page := h.root.frame.page.(*stack)
	h.until("the pathway", func() bool { return !page.m.Loading })
	return h
}

// shared is the sharing of a badge, up to a step.
func shared(t testing.TB, v look.Variant, size fyne.Size, step model.ShareStep) *house {
	h, p := sharing(t, v, size)
	h.typed("Hotel Bellevue")
	for p.m.Step != step {
		p.m.Next()
		h.until("the proof", func() bool { return p.m.Preview.Ready && !p.m.Making.On })
	}
	return h
}

// sample is one of the badges of the practice wallet as a file.
func sample(t testing.TB, h *house, name string) []byte {
	t.Helper()
	profile, err := h.session.Desk().Wallet.Profile()
	if err != nil {
		t.Fatal(err)
	}
	set, err := samples.Make(today, profile.Public())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range set.Files {
		if f.Sample == name {
			return f.Raw
		}
	}
	t.Fatalf("no sample %q", name)
	return nil
}

func review(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := own(t, v, size)
	return h.add(model.TextInput(sample(t, h, samples.Shared)))
}

// record is a record of several badges, one of them opened.
func record(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := own(t, v, size)
	desk := h.session.Desk()
	raw, err := os.ReadFile(filepath.Join("..", "model", "testdata", "record.json"))
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := desk.Wallet.Review(context.Background(), raw, "record.json", nil)
	if err == nil {
		_, err = desk.Wallet.Keep(context.Background(), drafts)
	}
	if err != nil {
		t.Fatal(err)
	}
	at(h, model.AtDetail, h.badge("Transcript"))
	page := h.root.frame.page.(*detail)
	h.until("what it carries", func() bool { return len(page.m.Inside.Rows) > 0 })
	page.m.OpenInside(page.m.Inside.Rows[0].Key)
	return h.toBottom(page)
}

// tells is a page at what a badge tells an employer.
func tells(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := practice(t, v, size)
	at(h, model.AtDetail, h.badge("Food Safety"))
	page := h.root.frame.page.(*detail)
	h.until("the badge", func() bool { return !page.m.Loading })
	page.folds["tells"] = true
	page.body.done = false
	page.draw()
	return h.toBottom(page)
}

// asked are the settings, at whom the checks ask.
func asked(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := own(t, v, size)
	desk := h.session.Desk()
	if err := desk.Wallet.AddChain("bitcoin=https://explorer.example/api"); err != nil {
		t.Fatal(err)
	}
	at(h, model.AtSettings, "")
	page := h.root.frame.page.(*settings)
	h.until("the lists", func() bool { return len(page.sources.m.Lists) > 0 && len(page.sources.m.Chains) > 0 })
	h.loop.Settle()
	scroll := scrollIn(page.content())
	scroll.ScrollToOffset(fyne.NewPos(0, 560))
	h.loop.Settle()
	return h
}

// toBottom shows the end of a page.
func (h *house) toBottom(page *detail) *house {
	h.loop.Settle()
	scrollIn(page.content()).ScrollToBottom()
	h.loop.Settle()
	return h
}

// add takes something in and waits for the review.
func (h *house) add(in ...model.Input) *house {
	h.visit(model.Route{Place: model.AtAdd, In: in})
	page := h.root.frame.over.page.(*add)
	h.until("the review", func() bool { return page.m.Stage == model.Reviewing })
	return h
}

func checked(t testing.TB, v look.Variant, size fyne.Size) *house {
	h := shared(t, v, size, model.StepSend)
	proof := h.root.frame.page.(*sharePage).m.AsText()
	h.visit(model.Route{Place: model.AtHome})
	h.visit(model.Route{Place: model.AtCheck, In: []model.Input{model.TextInput([]byte(proof))}})
	page := h.root.frame.over.page.(*check)
	h.until("the check", func() bool { return !page.m.Progress.On })
	h.loop.Settle()
	return h
}

// compare demands that a picture is the one kept, but for a few points that are a little off.
func compare(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		keep(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update and look at the picture", err)
	}
	defer f.Close() //nolint:errcheck // only read
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := differ(got, want); n > got.Bounds().Dx()*got.Bounds().Dy()/2000 {
		failed := filepath.Join("testdata", "failed", name)
		keep(t, failed, got)
		t.Errorf("%d points differ; see %s, and take it with -update if it is right", n, failed)
	}
}

// differ counts the points that are clearly not the same.
func differ(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if far(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

// far says whether two colours are further apart than rounding takes them.
func far(a, b color.Color) bool {
	const most = 12 << 8
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return max(r, r2)-min(r, r2) > most || max(g, g2)-min(g, g2) > most || max(bl, b2)-min(bl, b2) > most
}

func keep(t testing.TB, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := errors.Join(enc.Encode(f, img), f.Close()); err != nil {
		t.Fatal(err)
	}
}
