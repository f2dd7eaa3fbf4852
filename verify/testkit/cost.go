package testkit

import "runtime"

// Cost gives how many bytes work allocates in all. What is compiled for the race
// detector allocates up to twice as much; there it is divided by more than that.
func Cost(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / surcharge
}
