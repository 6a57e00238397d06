// Echo is a small program for the tests of package process: it shows the keys
// that it gets and the size of its terminal.
package main

import (
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

type echo struct {
	typed         string
	width, height int
}

func (e echo) Init() tea.Cmd { return nil }

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.width, e.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q":
			return e, tea.Quit
		case "x": // dies without putting the terminal right
			os.Exit(7)
		case "ctrl+c":
			return e, tea.Interrupt
		}
		e.typed += msg.String() + " "
	}
	return e, nil
}

func (e echo) View() tea.View {
	view := tea.NewView(fmt.Sprintf("%dx%d\n%s", e.width, e.height, e.typed))
	view.AltScreen = true
	return view
}

func main() {
	if !term.IsTerminal(os.Stdout.Fd()) {
		fmt.Println("home:", os.Getenv("HOME"), "args:", os.Args[1:])
		fmt.Fprintln(os.Stderr, "not a terminal")
		os.Exit(2)
	}
	if _, err := tea.NewProgram(echo{}).Run(); err != nil {
		fmt.Println("ended:", err)
		os.Exit(130)
	}
}
