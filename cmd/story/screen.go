package story

import (
	"fmt"
	"os"
)

// screenVariable names the environment variable that says how large the terminal is in stories that ask for no size:
// "80x24" is small, "120x40" the default. A story has to come to the same end on both.
const screenVariable = "C8YX_SCREEN"

// screen is the size that the environment wants, in cells.
func screen() (width, height int, err error) {
	text := os.Getenv(screenVariable)
	if text == "" {
		return 120, 40, nil
	}
	if n, _ := fmt.Sscanf(text, "%dx%d", &width, &height); n != 2 || width < 1 || height < 1 {
		return 0, 0, fmt.Errorf("%s=%q is not a size such as 80x24", screenVariable, text)
	}
	return width, height, nil
}
