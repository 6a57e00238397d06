package keep

import "context"

// look: the credentials of a user who has logged in are never locked.
func look(context.Context, string) (openness, error) { return unlocked, nil }

func refused(error) bool { return false }
