package model

// TrustedView is an issuer on the learner's list.
type TrustedView struct {
	ID, Name, Since string
}

// KeyView is one of the learner's keys.
type KeyView struct {
	Name    string // "Your public key", or its note
	Kind    string
	Created string
	DID     string
	JWK     string
}

// ContactView is a stranger's server that was asked.
type ContactView struct {
	When, Host, Why string
}

// Settings is S12.
type Settings struct {
	base
	Loading  bool
	Fault    *FaultView
	Looks    []OptionView // light, dark, auto
	Sizes    []OptionView // S, M, L, XL
	Contrast bool
	Online   bool
	Emails   []string
	Trusted  []TrustedView
	Keys     []KeyView
	NewKinds []OptionView // kinds of keys that can be made
	NewKey   *KeyView     // the key that was just made, to be copied
	Bin      []BinView
	Path     string
	OnLook   func() // look, size or contrast are others
}

// BinView is a removed badge that can still come back.
type BinView struct {
	ID, Name, Gone string
}

// NewSettings reads the settings.
func NewSettings(d *Desk) *Settings { return &Settings{base: newBase(d)} }

// SetLook chooses one of Looks.
func (s *Settings) SetLook(id string) {}

// SetSize chooses one of Sizes.
func (s *Settings) SetSize(id string) {}

// SetContrast turns high contrast on or off.
func (s *Settings) SetContrast(on bool) {}

// SetOnline turns online checks on or off.
func (s *Settings) SetOnline(on bool) {}

// AddEmail adds an address the learner owns; badges are checked again by it.
func (s *Settings) AddEmail(address string) {}

// RemoveEmail takes an address away.
func (s *Settings) RemoveEmail(address string) {}

// Distrust takes an issuer off the list.
func (s *Settings) Distrust(id string) {}

// MakeKey makes a key for an issuer.
func (s *Settings) MakeKey(kind, note string) {}

// Restore brings a badge back from the bin.
func (s *Settings) Restore(id string) {}
