// Package look says what Cairn looks like: its colours, sizes, fonts, icons and emblems.
// It is the only place in the face that holds a colour or a text size; everything else
// asks the theme by name. It draws nothing. Start with Theme and Tone.
package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours by name. Those that Fyne knows keep Fyne's name, so its own widgets follow.
const (
	Background   = theme.ColorNameBackground          // the page
	Surface      = theme.ColorNameOverlayBackground   // cards, panels, dialogs
	Sidebar      = fyne.ThemeColorName("sidebar")     // the places at the left
	Text         = theme.ColorNameForeground          // ink
	Muted        = theme.ColorNamePlaceHolder         // second lines
	Faint        = theme.ColorNameDisabled            // what can't be used now
	Primary      = theme.ColorNamePrimary             // the one strong blue
	OnPrimary    = theme.ColorNameForegroundOnPrimary // words on it
	PrimaryTint  = theme.ColorNameSelection           // chosen rows, soft highlights
	Button       = theme.ColorNameButton              // a second-rank button
	OK           = theme.ColorNameSuccess             // genuine
	OKTint       = fyne.ThemeColorName("okTint")
	Caution      = theme.ColorNameWarning // ended, not started, sensitive
	CautionTint  = fyne.ThemeColorName("cautionTint")
	Error        = theme.ColorNameError // withdrawn, broken
	ErrorTint    = fyne.ThemeColorName("errorTint")
	OnError      = theme.ColorNameForegroundOnError
	Info         = fyne.ThemeColorName("info") // neither good nor bad
	InfoTint     = fyne.ThemeColorName("infoTint")
	Border       = theme.ColorNameInputBorder         // edges of what can be typed in or ticked
	Line         = theme.ColorNameSeparator           // dividers, outlines of what only shows
	Edge         = fyne.ThemeColorName("edge")        // round cards and panels; only high contrast shows it
	Progress     = fyne.ThemeColorName("progress")    // the filled part of rings and bars
	Track        = fyne.ThemeColorName("track")       // the rest of it
	Focus        = fyne.ThemeColorName("ring")        // the ring round what the keyboard is on
	Hover        = theme.ColorNameHover               // laid over what the pointer is on
	Pressed      = theme.ColorNamePressed             // laid over what is held down
	Shadow       = fyne.ThemeColorName("cardShadow")  // under cards
	Scrim        = fyne.ThemeColorName("scrim")       // over the page behind a dialog
	Toast        = fyne.ThemeColorName("toast")       // the slip that says what was just done
	OnToast      = fyne.ThemeColorName("onToast")     // words on it
	ToastAction  = fyne.ThemeColorName("toastAction") // its button
	Paper        = fyne.ThemeColorName("paper")       // white in every variant: under codes and pictures
	PaperInk     = fyne.ThemeColorName("paperInk")    // black in every variant: the dots of a code
	Letters      = fyne.ThemeColorName("initials")    // letters on a drawn emblem
	Clear        = fyne.ThemeColorName("clear")       // nothing at all
	InputSurface = theme.ColorNameInputBackground     // inside a field
)

// Text sizes by name.
const (
	SizeCaption = theme.SizeNameCaptionText
	SizeBody    = theme.SizeNameText
	SizeSection = theme.SizeNameSubHeadingText
	SizePage    = theme.SizeNameHeadingText
	SizeWelcome = fyne.ThemeSizeName("welcomeText")
	SizeIcon    = theme.SizeNameInlineIcon
)

// Steps of space, in Fyne's units.
const (
	Gap4  float32 = 4
	Gap8  float32 = 8
	Gap12 float32 = 12
	Gap16 float32 = 16
	Gap24 float32 = 24
	Gap32 float32 = 32
)

// Corner radii, and the widths of lines.
const (
	RadiusControl float32 = 10 // buttons, fields, bricks
	RadiusLayer   float32 = 14 // layers, banners
	RadiusCard    float32 = 16 // cards, panels, dialogs

	Hairline  float32 = 1
	Outline   float32 = 1.5 // fields, boxes, layers
	FocusRing float32 = 3
)

// Sizes of the big parts.
const (
	SidebarWidth float32 = 212
	DetailWidth  float32 = 392
	CardWidth    float32 = 204
	CardHeight   float32 = 224
	EmblemSize   float32 = 84
	Target       float32 = 36 // the least height of what can be pressed
	ShadowRoom   float32 = 10 // what a scrolling area leaves so that shadows aren't cut
	ReadingWidth float32 = 640
)

// Style says how a text is set.
type Style struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	Bold  bool
	Mono  bool
	Align fyne.TextAlign
	// Lines is the most lines it may take; what is left over ends in an ellipsis.
	// Wrap means as many as it needs, Whole means one line that is never cut.
	Lines int
}

// Values of Style.Lines with a meaning of their own.
const (
	Wrap  = 0
	Whole = -1
)

// The styles of the face.
var (
	Body    = Style{Size: SizeBody, Color: Text}
	Strong  = Style{Size: SizeBody, Color: Text, Bold: true}
	Second  = Style{Size: SizeBody, Color: Muted}
	Caption = Style{Size: SizeCaption, Color: Muted}
	Label   = Style{Size: SizeCaption, Color: Text, Bold: true}
	Section = Style{Size: SizeSection, Color: Text, Bold: true}
	Page    = Style{Size: SizePage, Color: Text, Bold: true}
	Welcome = Style{Size: SizeWelcome, Color: Text, Bold: true}
	Code    = Style{Size: SizeCaption, Color: Text, Mono: true}
)

// In gives the style in another colour.
func (s Style) In(c fyne.ThemeColorName) Style { s.Color = c; return s }

// Max gives the style with at most n lines.
func (s Style) Max(n int) Style { s.Lines = n; return s }

// Centered gives the style with its lines in the middle.
func (s Style) Centered() Style { s.Align = fyne.TextAlignCenter; return s }

// Trailing gives the style with its lines at the right.
func (s Style) Trailing() Style { s.Align = fyne.TextAlignTrailing; return s }
