package model

import "image"

// EmblemView is the mark of a badge: its picture, or initials on a colour picked
// by Hash.
type EmblemView struct {
	Initials string
	Hash     uint32
	Picture  image.Image // nil until it is loaded, or when there is none
}

// CardView is a badge in a grid or list.
type CardView struct {
	ID      string
	Name    string
	Issuer  string
	Pill    Pill
	Emblem  EmblemView
	Sample  bool
	Damaged bool // its record can't be read: only removing it makes sense
}
