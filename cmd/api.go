package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/byhand"
	"c8yx/views/transfer"
)

// apiFlags are those of the command that sends a request by hand.
type apiFlags struct {
	data, file, out, mode string
	query, header         []string
	force                 bool
	request               byhand.Request
}

// newAPI is the command that sends any request.
func newAPI(f *flags, streams Streams) *cobra.Command {
	var a apiFlags
	c := &cobra.Command{
		Use:   "api [METHOD] PATH",
		Short: "Send any request to the REST API",
		Long: `Send a request to the tenant and print the answer. Without a method it is GET, or POST
if there is something to send. What the tenant's mode forbids does not leave.

A body is given as it is, as @FILE, or as - for standard input; JSON is checked before
it is sent. A file is sent as the platform wants files: POST as a form, PUT as it is.`,
		Example: `  c8yx api /tenant/currentTenant
  c8yx api GET /inventory/managedObjects --query 'query=name eq "Press*"' --query pageSize=5
  c8yx api PUT /alarm/alarms/901 --data '{"status":"ACKNOWLEDGED"}'
  c8yx api POST /inventory/binaries --file firmware.bin
  c8yx api /inventory/binaries/4711 -o firmware.bin`,
		Args:              plainArgs(cobra.RangeArgs(1, 2)),
		ValidArgsFunction: completeEndpoint,
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.prepare(args, streams.In); err != nil {
				return err
			}
			t, closing, err := f.reach(c.Context(), streams)
			if err != nil {
				return err
			}
			defer closing()
			return a.send(c.Context(), t.Client, streams)
		},
	}
	set := c.Flags()
	set.StringVarP(&a.data, "data", "d", "", "the body: text, @FILE, or - for standard input")
	set.StringVar(&a.file, "file", "", "a file to send in place of a body")
	set.StringArrayVarP(&a.query, "query", "q", nil, "name=value, once for each parameter; it is escaped")
	set.StringVar(&a.request.ContentType, "content-type", "", "what the body is: application/json unless given")
	set.StringVar(&a.request.Accept, "accept", "", "what is wanted: application/json unless given")
	set.StringArrayVarP(&a.header, "header", "H", nil, "\"Name: value\", once for each header to send besides")
	set.StringVar(&a.mode, "mode", "", "processing mode: PERSISTENT, TRANSIENT, QUIESCENT or CEP")
	set.StringVarP(&a.out, "output", "o", "", "write the answer to a file")
	set.BoolVar(&a.force, "force", false, "replace the file if it is there")
	return c
}

// prepare makes the request of arguments and flags.
func (a *apiFlags) prepare(args []string, in io.Reader) error {
	r := &a.request
	r.Path, r.File = args[len(args)-1], a.file
	r.Mode = c8yclient.ProcessingMode(strings.ToUpper(a.mode))
	modes := []c8yclient.ProcessingMode{"", c8yclient.Persistent, c8yclient.Transient, c8yclient.Quiescent, c8yclient.CEP}
	if !slices.Contains(modes, r.Mode) {
		return usage("--mode %s: choose PERSISTENT, TRANSIENT, QUIESCENT or CEP", a.mode)
	}
	var parameters []string
	for _, parameter := range a.query {
		name, value, ok := strings.Cut(parameter, "=")
		if !ok || name == "" {
			return usage("--query %s: write name=value", parameter)
		}
		parameters = append(parameters, escapeQuery(name)+"="+escapeQuery(value))
	}
	r.Query = strings.Join(parameters, "&")
	header, err := byhand.ParseHeader(strings.Join(a.header, "\n"))
	if err != nil {
		return usage("--header: write \"Name: value\"")
	}
	*r = r.With(header)
	if r.Body, err = bodyOf(a.data, in); err != nil {
		return err
	}
	r.Method = "GET"
	if r.Body != "" || r.File != "" {
		r.Method = "POST"
	}
	if len(args) == 2 {
		r.Method = strings.ToUpper(args[0])
	}
	if problem := r.Check(); problem != nil {
		return usageError{problem}
	}
	if a.out != "" && r.File != "" {
		return usage("-o and --file: the answer to an upload is short, and printed")
	}
	return nil
}

// escapeQuery escapes a name or value of a query.
func escapeQuery(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// bodyOf returns what is to be sent.
func bodyOf(data string, in io.Reader) (string, error) {
	switch {
	case data == "-":
		raw, err := io.ReadAll(in)
		return string(raw), err
	case strings.HasPrefix(data, "@"):
		raw, err := os.ReadFile(data[1:])
		if err != nil {
			return "", usageError{err}
		}
		return string(raw), nil
	}
	return data, nil
}

// send sends the request and prints or saves the answer.
func (a *apiFlags) send(ctx context.Context, client *c8yclient.Client, streams Streams) error {
	ctx = c8yclient.WithCause(ctx, "c8yx api")
	if a.out != "" {
		if err := ready(a.out, a.force); err != nil {
			return err
		}
		work := byhand.NewSave(a.request, client, transfer.NewLanding(a.out, a.force))
		return finish(follow(ctx, streams, text.Clean(a.out), "", work.Run), work.Landing)
	}
	var answer *byhand.Answer
	run := func(ctx context.Context, m *transfer.Meter) (err error) {
		answer, err = a.request.Send(ctx, client, m)
		return err
	}
	var err error
	if a.file != "" {
		err = follow(ctx, streams, text.Clean(a.file), "", run)
	} else {
		err = run(ctx, &transfer.Meter{})
	}
	if err != nil {
		return err
	}
	return printAnswer(answer, streams)
}

// printAnswer prints an answer: documents with indents on a terminal, everything else as it came.
func printAnswer(answer *byhand.Answer, streams Streams) error {
	body := answer.Body
	if len(body) == 0 {
		fmt.Fprintf(streams.Err, "%d, without a body\n", answer.Status)
		return nil
	}
	terminal := false
	if file, ok := streams.Out.(*os.File); ok {
		terminal = term.IsTerminal(file.Fd())
	}
	if terminal {
		if !utf8.Valid(body) {
			return errors.New("the answer is no text: say -o FILE to save it")
		}
		if answer.IsJSON() {
			value := jsontext.Value(body)
			if value.Indent(jsontext.WithIndent("  "), jsontext.AllowDuplicateNames(true)) == nil {
				body = value
			}
		}
		body = forTerminal(body)
	}
	if _, err := streams.Out.Write(body); err != nil {
		return err
	}
	if terminal && body[len(body)-1] != '\n' {
		fmt.Fprintln(streams.Out)
	}
	if answer.Cut {
		return errors.New("the answer is longer than what is printed: say -o FILE to save all of it")
	}
	return nil
}

// forTerminal returns a text that a terminal draws and does not obey.
func forTerminal(body []byte) []byte {
	var b bytes.Buffer
	for line := range strings.Lines(string(body)) {
		b.WriteString(string(text.Clean(strings.TrimRight(line, "\r\n"))))
		b.WriteByte('\n')
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// completeEndpoint completes methods and paths from the operations of the API.
func completeEndpoint(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	var found []string
	if len(args) == 0 && !strings.HasPrefix(typed, "/") {
		for _, method := range byhand.Methods() {
			if strings.HasPrefix(method, strings.ToUpper(typed)) {
				found = append(found, method)
			}
		}
		if typed != "" {
			return found, cobra.ShellCompDirectiveNoFileComp
		}
	}
	method := ""
	if len(args) > 0 {
		method = strings.ToUpper(args[0])
	}
	return append(found, byhand.Paths(method, typed)...), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
