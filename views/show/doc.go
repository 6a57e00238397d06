// Package show knows how Cumulocity's things look: which sign a severity has,
// how a device's state is worded, how names and ids are ordered. It is shared
// by all views, so that a critical alarm looks the same wherever it appears.
package show
