package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// File is an attachment or a binary. Its content must not be changed.
type File struct {
	Name, Type string
	Content    []byte
	Noise      Noise // what is in the file if it has no content
}

// Noise is content that is too much to keep: Length bytes that look like compressed data, the same ones for the same seed.
type Noise struct {
	Seed   uint64
	Length int64
}

// Size is how many bytes are in the file.
func (f File) Size() int64 {
	if len(f.Content) > 0 {
		return int64(len(f.Content))
	}
	return f.Noise.Length
}

// Open reads what is in the file, from any place. It takes no memory worth mentioning.
func (f File) Open() io.ReadSeeker {
	if len(f.Content) > 0 {
		return bytes.NewReader(f.Content)
	}
	return &noiseReader{noise: f.Noise}
}

// noiseReader makes noise as it is read. Eight bytes are a function of the seed and of their place.
type noiseReader struct {
	noise Noise
	at    int64
}

func (r *noiseReader) Read(p []byte) (n int, err error) {
	if r.at >= r.noise.Length {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), r.noise.Length-r.at)]
	var word [8]byte
	for n < len(p) {
		binary.LittleEndian.PutUint64(word[:], scramble(r.noise.Seed+uint64(r.at/8)))
		k := copy(p[n:], word[r.at%8:])
		n, r.at = n+k, r.at+int64(k)
	}
	return n, nil
}

var errBeforeStart = errors.New("store: seek before the start of a file")

func (r *noiseReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.noise.Length
	}
	if offset < 0 {
		return 0, errBeforeStart
	}
	r.at = offset
	return offset, nil
}

// scramble turns any number into one without visible order (the finalizer of SplitMix64).
func scramble(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
