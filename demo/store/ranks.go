package store

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// Ranks tells of every place where its value in a column stands among all values, by their bytes; equal ones have the same rank. The list must not be changed. Whoever
// asks first has to wait until all are sorted; after that only what has changed is put into its place.
func (s *Scan) Ranks(column int) []int32 { return s.columns[column].rank() }

// values are a column at one moment. They are copies, so that they hold on to no documents, and are never changed in place: scans have them.
type values struct {
	texts []string

	mu     sync.Mutex
	sorted []int32 // places by value; of an earlier moment until somebody asks for the ranks, nil if nobody ever has
	stale  []int   // the places whose values have changed since
	ranks  []int32 // nil until somebody asks for them
}

// rank is [Scan.Ranks] of these values.
func (v *values) rank() []int32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ranks != nil {
		return v.ranks
	}
	v.sorted = v.sort()
	v.stale = nil
	v.ranks = make([]int32, len(v.texts))
	rank := int32(0)
	for i, place := range v.sorted {
		if i > 0 && v.texts[place] != v.texts[v.sorted[i-1]] {
			rank++
		}
		v.ranks[place] = rank
	}
	return v.ranks
}

// inherit takes over what an earlier moment knows of the order, if that helps: of most places it still has to hold.
func (v *values) inherit(earlier *values, changed []int) {
	earlier.mu.Lock()
	defer earlier.mu.Unlock()
	if stale := len(earlier.stale) + len(changed); earlier.sorted != nil && stale < len(v.texts)/8 {
		v.sorted, v.stale = earlier.sorted, slices.Concat(earlier.stale, changed)
	}
}

// sort returns all places by their values. What is in order already stays.
func (v *values) sort() []int32 {
	stale := v.stale
	if v.sorted == nil {
		stale = make([]int, len(v.texts))
		for place := range stale {
			stale[place] = place
		}
	}
	moving, prefixes := make([]bool, len(v.texts)), make([]uint64, len(v.texts))
	places := make([]int32, 0, len(stale))
	for _, place := range stale {
		if !moving[place] {
			moving[place], prefixes[place] = true, prefix(v.texts[place])
			places = append(places, int32(place))
		}
	}
	slices.SortFunc(places, func(a, b int32) int {
		if prefixes[a] != prefixes[b] {
			return cmp.Compare(prefixes[a], prefixes[b])
		}
		return cmp.Or(strings.Compare(v.texts[a], v.texts[b]), cmp.Compare(a, b))
	})
	staying := make([]int32, 0, len(v.sorted))
	for _, place := range v.sorted {
		if !moving[place] {
			staying = append(staying, place)
		}
	}
	sorted := make([]int32, 0, len(v.texts))
	for _, place := range places {
		before, _ := slices.BinarySearchFunc(staying, v.texts[place], func(other int32, text string) int { return strings.Compare(v.texts[other], text) })
		sorted = append(append(sorted, staying[:before]...), place)
		staying = staying[before:]
	}
	return append(sorted, staying...)
}

// prefix is a number that orders as the text does, as far as it goes: texts with the same prefix may still differ.
func prefix(text string) uint64 {
	var first [8]byte
	copy(first[:], text)
	return binary.BigEndian.Uint64(first[:])
}
