package config

import (
	"regexp"
	"strings"
)

// position is what stands in a line of a file in TOML.
type position struct {
	table  string // the header above, "" before the first
	nth    int    // of the headers with that name, from 0
	key    string // that is set here, "" if none is
	column int    // of the key or header, from 1
	header bool   // the line is the header
}

// outline tells what stands where. Unlike a parser it gets through a file with mistakes; it is good
// for saying where something is, and for nothing else.
type outline []position

var (
	headerLine = regexp.MustCompile(`^\s*\[\[?\s*([^\[\]]+?)\s*\]`)
	keyLine    = regexp.MustCompile(`^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.\- \t]+?)\s*=`)
)

func outlineOf(lines []string) outline {
	positions := make(outline, len(lines))
	count := map[string]int{}
	at := position{}
	for i, line := range lines {
		positions[i] = at
		if header := headerLine.FindStringSubmatchIndex(line); header != nil {
			name := line[header[2]:header[3]]
			at = position{table: name, nth: count[name]}
			count[name]++
			positions[i] = at
			positions[i].header, positions[i].column = true, len(line)-len(strings.TrimLeft(line, " \t"))+1
			continue
		}
		if key := keyLine.FindStringSubmatchIndex(line); key != nil {
			positions[i].key = strings.Trim(line[key[2]:key[3]], `"'`)
			positions[i].column = key[2] + 1
		}
	}
	return positions
}

// find returns the index of the line that sets the key in the nth table of a name, or that of the
// table's header if there is no such line, or the first.
func (o outline) find(table string, nth int, key string) int {
	found := 0
	for i, p := range o {
		switch {
		case p.nth == nth && p.table == table && (p.key == key || strings.HasPrefix(p.key, key+".") && key != ""):
			return i
		case p.key != "" && p.table != table && p.table+"."+p.key == table+"."+key:
			return i // [keys.alarm] and acknowledge
		case p.header && p.table == table && p.nth == nth:
			found = i
		}
	}
	return found
}
