package collection

// Pointers returns pointers to values. Kinds are of pointers, for which the compiler makes one list
// view; for values it makes one more of each type, and half a megabyte.
func Pointers[T any](values []T) []*T {
	at := make([]*T, len(values))
	for i := range values {
		at[i] = &values[i]
	}
	return at
}
