package c8yclient

import (
	"net/url"
	"strconv"
	"strings"
)

// maxEmptyPages is how many empty pages in a row a walk crosses: for a user who may
// see one device in a hundred thousand, the platform sends many.
const maxEmptyPages = 50

// linkWalk decides whether there is another page, and which.
type linkWalk struct {
	target string
	empty  int
}

// advance moves to the next page. The platform sends a next link on the last page as
// well, so the end is a missing link, the known total, or an empty page – unless
// the pages are not numbered one after another: those of a restricted user are not,
// and may be empty in the middle.
func (w *linkWalk) advance(items int, s Statistics, next string) bool {
	if next == "" || next == w.target {
		return false
	}
	if s.TotalPages != nil && s.CurrentPage >= *s.TotalPages && pageNumber(w.target) == s.CurrentPage {
		return false
	}
	if items > 0 {
		w.empty = 0
	} else if w.empty++; w.empty > maxEmptyPages || w.numbered(s, next) {
		return false
	}
	w.target = next
	return true
}

// numbered reports whether this page and the next have ordinary consecutive numbers.
func (w linkWalk) numbered(s Statistics, next string) bool {
	number := pageNumber(w.target)
	return (s.CurrentPage == number || s.CurrentPage == 0) && pageNumber(next) == number+1
}

// pageNumber reads currentPage from a target; 1 if it has none.
func pageNumber(target string) int {
	_, query, _ := strings.Cut(target, "?")
	values, _ := url.ParseQuery(query)
	if n, err := strconv.Atoi(values.Get("currentPage")); err == nil {
		return n
	}
	return 1
}
