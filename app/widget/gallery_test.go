package widget

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
)

// variants are the looks every picture is drawn in.
var variants = map[string]look.Variant{
	"light": {},
	"dark":  {Dark: true},
}

// stage shows an object on the ground of a page and gives the window it is in.
func stage(t testing.TB, v look.Variant, size fyne.Size, make func() fyne.CanvasObject) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme(v))
	w := test.NewWindow(NewGround(look.Background, Around(make(), look.Gap24)))
	w.SetPadded(false)
	w.Resize(size)
	t.Cleanup(w.Close)
	return w
}

// shot draws a window.
func shot(w fyne.Window) image.Image { return w.Canvas().Capture() }

func nothing() {}

var good = PillView{Icon: "check", Word: "Verified", Tone: look.Good}

func cards() []CardView {
	card := func(name, issuer string, p PillView) CardView {
		return CardView{
			ID: name, Name: name, Issuer: issuer, Pill: p,
			Emblem: EmblemView{Initials: look.Initials(name), Hash: look.Hash(name)},
		}
	}
	out := []CardView{
		card("Food Safety Level 2", "Alpine College", good),
		card("First Aid at Work", "Red Shield Training", PillView{"clock-alert", "Expired 3 May 2026", look.Care}),
		card("Customer Care in Restaurants, Hotels and Mountain Huts", "Alpine College", PillView{"stop", "Withdrawn", look.Bad}),
		card("Barista Skills", "Roast & Co", PillView{"question", "Genuine, issuer not recognised", look.Note}),
		card("Kitchen Operations", "Alpine College", PillView{"refresh", "Not fully checked", look.Note}),
		card("Menu Planning", "Hotel School Bern", PillView{"warning", "Problem found", look.Bad}),
		card("Staying Safe Online", "Made-up School", PillView{"info", "No signature to check", look.Plain}),
	}
	out[0].Selected, out[6].Sample = true, "Sample"
	return out
}

func grid() *Grid {
	g := NewGrid()
	c := cards()
	g.SetItems(len(c), func(i int) CardView { return c[i] })
	return g
}

func sidebar() fyne.CanvasObject {
	badges := NewNavItem("grid", "Badges", nothing)
	badges.SetCount(24)
	badges.SetSelected(true)
	paths := NewNavItem("layers", "Pathways", nothing)
	paths.SetCount(3)
	places := Column(look.Gap4, NewNavItem("home", "Home", nothing), badges, paths,
		NewNavItem("share", "Share", nothing), NewNavItem("clock", "Activity", nothing), Spring(),
		NewNavItem("gear", "Settings", nothing))
	return NewGround(look.Sidebar, Sized(Around(places, look.Gap12), look.SidebarWidth, 0))
}

func checks() []CheckRow {
	return []CheckRow{
		{look.Good, "", "The signature is genuine", "Signed with Alpine College's key.", "", nil},
		{look.Good, "", "It is yours", "It was issued to the key kept on this computer.", "", nil},
		{look.Care, "clock-alert", "It ends soon", "It is good until 29 November 2026.", "Ask for renewal", nothing},
		{look.Note, "question", "The issuer is not on a list", "You marked Alpine College as trusted on 2 June 2026.", "Change", nothing},
	}
}

func detail() fyne.CanvasObject {
	name := Column(2, NewText("Food Safety Level 2", look.Section.Max(2)), NewText("Alpine College", look.Second), NewText("Earned 12 June 2026", look.Caption))
	head := Row(look.Gap16, NewEmblem(EmblemView{Initials: "FS", Hash: look.Hash("Food Safety Level 2")}, 72), Grow(name))
	verdict := NewBanner(BannerView{Tone: look.Good, Title: "Verified", Body: "Alpine College issued this to you and nothing was changed since.", Note: "Checked today 09:14"})
	actions := Flow(look.Gap8, NewButton("Share", "share", Primary, nothing), NewButton("Add to pathway", "plus", Secondary, nothing), NewIconButton("dots", "More", nothing))
	fold := NewFold("Technical details", Code("eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6ZXhhbXBsZTphbHBpbmUifQ"), nil)
	fold.SetOpen(true)
	body := Column(look.Gap16, head, verdict, actions, NewText("What we checked", look.Strong), NewChecklist(checks()), NewDivider(), fold)
	return NewGround(look.Surface, Sized(Scroll(Around(body, look.Gap12)), look.DetailWidth, 0))
}

func badgesPage() fyne.CanvasObject {
	header := NewHeader("Badges", "24 badges from 6 issuers", NewButton("Add badge", "plus", Primary, nothing))
	tools := Row(look.Gap8, Grow(NewSearch("Search badges, skills, issuers", nil)), NewSelect("Order", []string{"Newest first", "Name"}, 0, nil))
	chips := Flow(look.Gap8, NewChip("All", 24, true, nil), NewChip("Verified", 19, false, nil), NewChip("Needs attention", 3, false, nil))
	page := Column(look.Gap12, header, tools, chips, Grow(grid()))
	return Over(layoutShell(sidebar(), Around(page, look.Gap24), detail()))
}

func layoutShell(left, middle, right fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: shell{}, Objects: []fyne.CanvasObject{left, middle, right}}
}

// shell lays places, page and pane beside each other in full height.
type shell struct{}

func (shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 600) }

func (shell) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	middle := size.Width - look.SidebarWidth - look.DetailWidth
	set(objs[0], fyne.Position{}, look.SidebarWidth, size.Height)
	set(objs[1], fyne.NewPos(look.SidebarWidth, 0), middle, size.Height)
	set(objs[2], fyne.NewPos(look.SidebarWidth+middle, 0), look.DetailWidth, size.Height)
}

func layers() []LayerView {
	b := func(name string, s BrickState, w string) BrickView { return BrickView{name, s, w} }
	return []LayerView{
		{"Service and hygiene", "All 5 badges", Complete, "Complete", 5, 5, 1, []BrickView{b("Food Safety", Earned, ""), b("First Aid", Earned, ""), b("Allergens", Earned, ""), b("Guest care", ByHand, ""), b("Cleaning", Earned, "")}},
		{"Kitchen operations", "All 4 badges. Next: Stock Control", Open, "Next step", 2, 4, 0.5, []BrickView{b("Knife skills", Earned, ""), b("Menu costing", Problem, ""), b("Stock Control", Missing, ""), b("Rota Planning", Missing, ""), b("Barista", Optional, "")}},
		{"Advanced cooking", "Any 2 of 3", Later, "Later", 0, 3, 0, []BrickView{b("Pastry", Missing, ""), b("Butchery", Missing, ""), b("Sauces", Missing, "")}},
		{"Professional Cook Certificate", "When every layer below is complete", Later, "Goal", 0, 0, 0, nil},
	}
}

func pathwayPage() fyne.CanvasObject {
	header := NewHeader("Pathways", "Your stack toward a qualification", NewButton("Table view", "list", Secondary, nothing), NewButton("Add pathway", "plus", Primary, nothing))
	words := Column(look.Gap8, NewText("Professional Cook Certificate", look.Section), NewText("Alpine College · Level 4 · 60 credits", look.Second),
		NewText("7 of 12 steps done. Two badges away from the Kitchen operations layer.", look.Body))
	top := NewPanel(Row(look.Gap24, NewRing(112, 0.58, ""), Grow(words)))
	return Column(look.Gap16, header, top, NewStack(layers()))
}

func sharePage() fyne.CanvasObject {
	ticks := Column(0, NewText("Choose what to show", look.Section),
		NewTick(TickView{Label: "Badge", Value: "Food Safety Level 2", Note: "always shown", On: true, Fixed: true}, nil),
		NewTick(TickView{Label: "Your name", Value: "Maya Keller", On: true}, nil),
		NewTick(TickView{Label: "Grade", Value: "Merit (78 %)", Indent: 1}, nil),
		NewTick(TickView{Label: "Date of birth", Value: "4 March 2003", Note: "sensitive", Sensitive: true}, nil))
	seen := Column(look.Gap16, NewText("What Hotel Bellevue will see", look.Section), NewWell(NewFacts([]Fact{
		{"Issued by", "Alpine College", false}, {"Name", "Maya Keller", false}, {"Grade", "hidden", true},
	})),
		NewText("Hidden lines are removed, not blurred. They can keep what you do share.", look.Caption))
	bad := NewField("Who will get it?", "A name or a web address")
	bad.SetError("Please say who will get this, so that nobody else can use it.")
	area := NewField("For what?", "")
	area.SetText("Job application")
	return Column(look.Gap16, NewHeader("Share", "You decide what leaves your wallet"),
		NewSteps([]string{"Who and why", "What to show", "Send"}, 1),
		Split(look.Gap16, 300, bad, area), NewChoice("Good for", []string{"1 day", "7 days", "30 days"}, 1, nil),
		Split(look.Gap16, 300, NewPanel(ticks), NewPanel(seen)),
		Row(look.Gap8, NewButton("Back", "back", Quiet, nothing), Spring(), NewButton("Save as file", "save", Secondary, nothing), NewButton("Show QR code", "qr", Primary, nothing)))
}

func restPage() fyne.CanvasObject {
	table := NewTable([]TableColumn{{"Step", 3}, {"State", 2}, {"Date", 2}})
	table.Height = 3
	table.SetRows(3, func(i int) TableRow {
		return []TableRow{
			{[]string{"Food Safety", "Earned", "12 June 2026"}, "check", look.Good, true},
			{[]string{"First Aid", "Expired", "3 May 2026"}, "clock-alert", look.Care, false},
			{[]string{"Stock Control", "Missing", ""}, "plus", look.Plain, false},
		}[i]
	})
	off := NewButton("Can't now", "", Primary, nothing)
	off.Disable()
	quietOff := NewButton("Can't either", "undo", Quiet, nothing)
	quietOff.Disable()
	toasts := NewToasts(nil)
	toasts.Say(ToastView{Text: "First Aid at Work was removed.", Action: "Undo", Do: nothing})
	busy := NewBusy(func(_ time.Duration, do func()) func() { do(); return nothing }, "Stop")
	busy.Start("Reading 3 of 12", nothing)
	left := Column(look.Gap16, NewDropzone("Drop a file here", "Badge picture, .json, .jwt, PDF or zip", NewButton("Choose a file", "folder", Primary, nothing)),
		NewBanner(BannerView{Tone: look.Bad, Icon: "warning", Title: "Problem found", Body: "The text no longer matches the signature, so we can't vouch for any of it."}, NewButton("Get it again", "refresh", Secondary, nothing), NewLink("Why this matters", nothing)),
		NewBanner(BannerView{Tone: look.Care, Title: "Expired 3 May 2026", Body: "It was genuine and ended on 3 May 2026."}),
		NewBanner(BannerView{Tone: look.Note, Icon: "question", Title: "Genuine, issuer not recognised", Body: "The signature fits, but Roast & Co is on none of the lists you use."}), busy)
	right := Column(look.Gap16, NewPanel(NewEmpty("grid", "No badges yet", "Drop one anywhere in this window, or add your first one.", NewButton("Add badge", "plus", Primary, nothing))), table,
		Flow(look.Gap8, off, quietOff, NewButton("Erase the key", "trash", Danger, nothing)), NewBar(0.4), Row(look.Gap16, NewRing(64, 1, ""), NewRing(64, 0.2, ""), NewIcon("shield", look.OK, 32)))
	return Over(Split(look.Gap24, 300, left, right), toasts)
}
