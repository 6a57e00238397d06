package cmd

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"
)

// requestLog returns a log of one line per request.
func requestLog(name string, standard io.Writer) (logger *slog.Logger, closing func() error, err error) {
	closing = func() error { return nil }
	switch name {
	case "none":
		return slog.New(slog.DiscardHandler), closing, nil
	case "-":
	default:
		file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("cannot log to %s: %w", name, err)
		}
		standard, closing = file, file.Close
	}
	return slog.New(slog.NewTextHandler(standard, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: shorter})), closing, nil
}

// shorter leaves out what says nothing in a log of requests, and what is too long.
func shorter(groups []string, a slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return a
	}
	switch a.Key {
	case slog.TimeKey:
		a.Value = slog.StringValue(a.Value.Time().Format("15:04:05.000"))
	case slog.LevelKey:
		if a.Value.Any() == slog.LevelDebug {
			return slog.Attr{}
		}
	case "query":
		if a.Value.String() == "" {
			return slog.Attr{}
		}
	case "took":
		a.Value = slog.DurationValue(a.Value.Duration().Round(10 * time.Microsecond))
	}
	return a
}
