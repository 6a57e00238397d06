package cmd

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/theme"
	"c8yx/views"
	"c8yx/views/lobby"
	"c8yx/views/signin"
)

// TestRandomWalksThroughSignIn presses random keys where tenants are chosen and signed in to, among
// tenants with misleading names, while sessions end and the network fails. Now and then somebody types
// what is right. It promises what [TestRandomWalks] promises.
func TestRandomWalksThroughSignIn(t *testing.T) {
	t.Parallel()
	walks, _ := strconv.Atoi(os.Getenv(walksVariable))
	first, err := strconv.ParseUint(os.Getenv(seedVariable), 10, 64)
	if err != nil {
		first = 1
	}
	for walk := range max(1, walks) {
		for i, ways := range []demo.SignIn{{}, {SSO: demo.SSORedirect}, {BasicOnly: true, UnknownHost: true}} {
			seed := first + uint64(walk)*1000
			t.Run(fmt.Sprintf("%+v/seed %d", ways, seed), func(t *testing.T) {
				t.Parallel()
				walkThroughSignIn(t, ways, rand.New(rand.NewPCG(seed, uint64(i))))
			})
		}
	}
}

func walkThroughSignIn(t *testing.T, ways demo.SignIn, random *rand.Rand) {
	t.Helper()
	var program *watched
	o := story.Options{Patience: 5 * time.Minute, Tenant: story.Demo(demo.Options{Devices: 20, Life: true, SignIn: ways})}
	o.Start = func(w story.World) (story.Model, error) {
		keeping := signin.NewKeeping(keep.Options{Folder: t.TempDir()})
		known := []session.Profile{{Name: "local", Address: "http://localhost", User: "admin", Mode: session.Production, Origin: session.FromConfig}}
		for i, name := range hostileNames {
			known = append(known, session.Profile{Name: name, Address: w.BaseURL, User: name, Tenant: strconv.Itoa(i), Origin: session.FromC8Y})
		}
		admin := demo.Options{}.Administrator()
		shell, err := lobby.New(lobby.Options{
			Keeping: keeping,
			Gate: func(p session.Profile) lobby.Gate {
				return access{profile: p, transport: w.Transport, keeper: keeping}.gate()
			},
			Known: func(context.Context) ([]session.Profile, []error) { return known, nil },
			Demo: func(context.Context) (session.Profile, error) {
				return session.Profile{
					Name: "demo", Address: w.BaseURL, Tenant: admin.Tenant, User: admin.Name, Password: c8yclient.Secret(admin.Password), Origin: session.FromDemo,
				}, nil
			},
		}).Shell(nil, views.ShellOptions{Home: "alarms", Palette: theme.Standard, Dark: true})
		program = &watched{Shell: shell}
		return program, err
	}
	narrate(t, o, func(s *story.Story) {
		keys := append(everyKey(), "ctrl+n", "ctrl+x", "ctrl+o", "ctrl+s", "ctrl+r", "ctrl+y", "ctrl+k", "y", "n", "t", "@", "Q", "down", "tab", "enter", "enter", "enter")
		w := &walker{t: t, story: s, watch: program, random: random, keys: slices.Clip(keys)}
		right := []string{"http://localhost", "admin", "demo-Admin.1", "t4711", "000000", "demo-Totp.1", "totp", "+49151123"}
		for range 2 * stepsOfAWalk {
			if random.IntN(5) == 0 {
				s.Type(right[random.IntN(len(right))])
			} else {
				w.step()
			}
			s.Screen() // fails unless the program comes to rest
			if err := program.wrongFrame(); err != nil {
				t.Fatal(err)
			}
		}
		w.leave()
	})
}
