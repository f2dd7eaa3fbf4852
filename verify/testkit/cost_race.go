//go:build race

package testkit

const surcharge = 3
