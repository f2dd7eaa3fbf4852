package check

import (
	"reflect"
	"testing"
)

func TestTogether(t *testing.T) {
	silent := func(list string) Check {
		return Check{ID: Issuer, Outcome: Unknown, Reason: "issuer.list-unreachable", About: list, Args: map[string]string{"list": list}}
	}
	known := Check{ID: Issuer, Outcome: Pass, Reason: "issuer.listed"}
	both := Check{ID: Issuer, Outcome: Unknown, Reason: "issuer.lists-unreachable", Args: map[string]string{"list": "A, B"}}
	tests := []struct {
		name       string
		rows, want []Check
	}{
		{"none", []Check{known}, []Check{known}},
		{"one stays itself", []Check{silent("A"), known}, []Check{silent("A"), known}},
		{"several stand where the first did", []Check{silent("A"), known, silent("B")}, []Check{both, known}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := append([]Check(nil), tt.rows...)
			if got := Together(tt.rows); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if !reflect.DeepEqual(tt.rows, before) {
				t.Error("the rows given were changed")
			}
		})
	}
}
