package fragment

import (
	"bytes"
	"compress/flate"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// perBlock is how many documents are compressed together. Those of one list look alike, so that
// together they take an eighth of what they take alone; more of them hardly take less, and all
// of a block must be unpacked to look at one.
const perBlock = 64

// block is some documents, compressed one behind the other.
type block struct {
	packed []byte
	ends   []int32 // where each ends when unpacked
}

// Packed is a document kept small. The zero Packed is no document.
type Packed struct {
	block *block
	at    int
}

// Packer compresses documents. It belongs to one goroutine; the zero Packer is ready.
type Packer struct {
	writer *flate.Writer
	buffer bytes.Buffer
}

// Pack returns the documents, packed, in the same order. Absent ones (nil) stay absent.
func (p *Packer) Pack(documents []jsontext.Value) []Packed {
	packed := make([]Packed, len(documents))
	for start := 0; start < len(documents); start += perBlock {
		p.pack(packed[start:], documents[start:min(start+perBlock, len(documents))])
	}
	return packed
}

func (p *Packer) pack(into []Packed, documents []jsontext.Value) {
	if p.writer == nil {
		p.writer, _ = flate.NewWriter(nil, flate.BestSpeed) // no error for a known level
	}
	p.buffer.Reset()
	p.writer.Reset(&p.buffer)
	b := &block{ends: make([]int32, len(documents))}
	end := 0
	for i, document := range documents {
		_, _ = p.writer.Write(document) // into memory
		end += len(document)
		b.ends[i] = int32(end)
		if document != nil {
			into[i] = Packed{b, i}
		}
	}
	_ = p.writer.Close()
	b.packed = bytes.Clone(p.buffer.Bytes())
}

// Unpacker reads packed documents. Documents that were packed together are best read together.
// It belongs to one goroutine; the zero Unpacker is ready.
type Unpacker struct {
	reader io.ReadCloser
	source bytes.Reader
	of     *block
	plain  []byte
}

// Document returns a document, nil if there is none. It is valid until the next call.
func (u *Unpacker) Document(p Packed) jsontext.Value {
	if p.block == nil {
		return nil
	}
	if u.of != p.block {
		u.unpack(p.block)
	}
	start := int32(0)
	if p.at > 0 {
		start = p.block.ends[p.at-1]
	}
	return u.plain[start:p.block.ends[p.at]:p.block.ends[p.at]]
}

func (u *Unpacker) unpack(b *block) {
	u.source.Reset(b.packed)
	if u.reader == nil {
		u.reader = flate.NewReader(&u.source)
	} else {
		_ = u.reader.(flate.Resetter).Reset(&u.source, nil)
	}
	size := int(b.ends[len(b.ends)-1])
	if cap(u.plain) < size {
		u.plain = make([]byte, size)
	}
	u.plain = u.plain[:size]
	_, _ = io.ReadFull(u.reader, u.plain) // what we packed ourselves
	u.of = b
}
