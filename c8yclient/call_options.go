package c8yclient

import (
	"context"
	"maps"
	"net/http"
)

// CallOptions change single calls: give them along with [WithCallOptions].
type CallOptions struct {
	// ProcessingMode says what the platform does with what is written. It goes with POST,
	// PUT and DELETE.
	ProcessingMode ProcessingMode
	// Units asks for measurements in other units than those in which devices sent them.
	Units Units
	// ApplicationKey takes the place of the key of the client, see [WithApplicationKey].
	ApplicationKey string
	// Header is sent besides, in place of what the client would send under the same names.
	Header http.Header
	// NoRetry makes a failure final that the client would otherwise try to overcome by
	// sending the request again.
	NoRetry bool
}

// ProcessingMode says what the platform does with what is written.
type ProcessingMode string

// The processing modes.
const (
	// Persistent stores, processes and publishes: what happens without a mode.
	Persistent ProcessingMode = "PERSISTENT"
	// Transient processes and publishes without storing; the answer comes at once.
	Transient ProcessingMode = "TRANSIENT"
	// Quiescent stores and processes without publishing, for imports.
	Quiescent ProcessingMode = "QUIESCENT"
	// CEP only processes.
	CEP ProcessingMode = "CEP"
)

// Units is a system of units.
type Units string

// The systems of units.
const (
	Metric   Units = "metric"
	Imperial Units = "imperial"
)

// WithCallOptions returns a context whose calls are made with these options. Those that ctx
// has already stay, where the new ones say nothing else; headers add up.
//
//	quiet := c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{ProcessingMode: c8yclient.Quiescent})
//	_, err := client.Events.Create(quiet, event)
func WithCallOptions(ctx context.Context, options CallOptions) context.Context {
	merged := callOptionsOf(ctx)
	if options.ProcessingMode != "" {
		merged.ProcessingMode = options.ProcessingMode
	}
	if options.Units != "" {
		merged.Units = options.Units
	}
	if options.ApplicationKey != "" {
		merged.ApplicationKey = options.ApplicationKey
	}
	header := http.Header{}
	maps.Copy(header, merged.Header)
	for name, values := range options.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	merged.Header = header
	merged.NoRetry = merged.NoRetry || options.NoRetry
	return context.WithValue(ctx, callOptionsKey{}, merged)
}

type callOptionsKey struct{}

func callOptionsOf(ctx context.Context) CallOptions {
	options, _ := ctx.Value(callOptionsKey{}).(CallOptions)
	return options
}

// apply adds to a request what the options say.
func (o CallOptions) apply(req *http.Request) {
	if o.ProcessingMode != "" && (req.Method == http.MethodPost || req.Method == http.MethodPut || req.Method == http.MethodDelete) {
		req.Header.Set("X-Cumulocity-Processing-Mode", string(o.ProcessingMode))
	}
	if o.Units != "" {
		req.Header.Set("X-Cumulocity-System-Of-Units", string(o.Units))
	}
	if o.ApplicationKey != "" {
		req.Header.Set("X-Cumulocity-Application-Key", o.ApplicationKey)
	}
	maps.Copy(req.Header, o.Header)
}
