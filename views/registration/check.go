package registration

import (
	"slices"
	"strings"

	"c8yx/ui/text"
)

// The limits of the platform.
const (
	longestID        = 1000
	shortestPassword = 8
	longestPassword  = 32
	deepestNesting   = 20
)

// check says what is wrong with the columns or, if nothing is, with which lines. It notes what will
// be done with columns that mean nothing to the platform.
func (s *Sheet) check() []Problem {
	if problems := s.checkColumns(); len(problems) > 0 {
		return problems
	}
	var problems []Problem
	seen := map[string]int{}
	for _, r := range s.rows {
		for _, why := range s.checkRow(r) {
			problems = append(problems, Problem{r.line, why})
		}
		id := s.cell(r, columnID)
		if first, twice := seen[id]; twice && id != "" {
			problems = append(problems, Problem{r.line, text.Clean(id) + " stands in line " + text.Count(first) + " already"})
			continue
		}
		seen[id] = r.line
	}
	return problems
}

// checkColumns looks at the first line.
func (s *Sheet) checkColumns() []Problem {
	var problems []Problem
	wrong := func(why text.Safe) { problems = append(problems, Problem{1, why}) }
	if s.column(columnID) < 0 {
		if len(s.columns) == 1 && !strings.ContainsAny(s.columns[0], ";,\t") && strings.ContainsAny(s.columns[0], "|: ") {
			wrong("part the columns by tabs, semicolons or commas: this is one column, " + quoted(s.columns[0]))
			return problems
		}
		wrong("there is no column ID, which says what the device calls itself; the first line names the columns")
	}
	var properties []string
	for i, name := range s.columns {
		if at := slices.IndexFunc(s.columns, func(c string) bool { return strings.EqualFold(c, name) }); at < i {
			wrong("the column " + quoted(name) + " stands there twice")
			continue
		}
		switch kind, external := strings.CutPrefix(name, prefixExternal); {
		case known(name):
		case name == "":
			wrong("column " + text.Count(i+1) + " has no name")
		case external && kind == "":
			wrong("the column " + quoted(name) + " lacks the type of the external id after the hyphen")
		case external:
		case slices.Contains(strings.Split(name, "."), "") || strings.Count(name, ".") >= deepestNesting:
			wrong("the column " + quoted(name) + " is no path of a property")
		case meant(name) != "":
			wrong("there is no column " + quoted(name) + ": is " + text.Clean(meant(name)) + " meant?")
		default:
			properties = append(properties, name)
		}
	}
	s.note(properties)
	return problems
}

// note says what the user may not expect of the columns.
func (s *Sheet) note(properties []string) {
	switch {
	case s.Announces() && len(properties) > 0:
		s.notes = append(s.notes, "Without CREDENTIALS, AUTH_TYPE or ENROLLMENT_OTP devices are only announced: of "+text.Clean(strings.Join(properties, ", "))+" nothing is kept.")
		return
	case s.Announces():
		s.notes = append(s.notes, "There are no credentials: the devices are announced, and each is accepted when it calls.")
		return
	}
	if i := slices.Index(properties, columnAgent); i >= 0 {
		properties = slices.Delete(properties, i, i+1)
	} else {
		s.notes = append(s.notes, "Without a column "+columnAgent+" the devices will be no agents and get no operations.")
	}
	if len(properties) > 0 {
		s.notes = append(s.notes, "Properties of the devices will be: "+text.Clean(strings.Join(properties, ", "))+".")
	}
	if s.column(columnTenant) >= 0 {
		s.notes = append(s.notes, "TENANT is read in the management tenant only.")
	}
}

// known reports whether a column means something to the platform.
func known(name string) bool {
	return slices.ContainsFunc(columns[:], func(c string) bool { return strings.EqualFold(c, name) })
}

// meant returns the column for which a name is a slip, "" if it may well be a property.
func meant(name string) string {
	plain := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToUpper(name))
	switch plain {
	case "PASSWORD", "CREDENTIAL", "SECRET":
		return columnCredentials
	case "DEVICEID", "SERIAL", "SERIALNUMBER", "EXTERNALID":
		return columnID
	case "GROUP", "GROUPPATH":
		return columnPath
	case "OTP", "ENROLLMENTTOKEN":
		return columnOTP
	}
	for _, c := range columns {
		if strings.ReplaceAll(c, "_", "") == plain {
			return c
		}
	}
	return ""
}

// checkRow looks at one line.
func (s *Sheet) checkRow(r row) []text.Safe {
	var problems []text.Safe
	wrong := func(is bool, why text.Safe) {
		if is {
			problems = append(problems, why)
		}
	}
	get := func(column string) string { return s.cell(r, column) }
	id, auth, shell := get(columnID), strings.ToUpper(get(columnAuth)), get(columnShell)
	wrong(id == "", "the ID is missing")
	wrong(len(id) > longestID, "the ID is longer than 1,000 characters")
	wrong(auth != "" && auth != "BASIC" && auth != "CERTIFICATES", "AUTH_TYPE is "+quoted(get(columnAuth))+": write BASIC or CERTIFICATES")
	wrong(shell != "" && shell != "0" && shell != "1", "SHELL is "+quoted(shell)+": write 1 for a device with a shell, or 0")
	wrong(slices.Contains(strings.Split(strings.Trim(get(columnPath), "/"), "/"), "") && get(columnPath) != "", "PATH has a group without a name: write hall 2/line 4")
	if s.Announces() {
		return problems
	}
	password := get(columnCredentials)
	switch {
	case auth == "CERTIFICATES": // the certificate is all that it needs
	case get(columnOTP) != "":
		wrong(true, "ENROLLMENT_OTP is for certificates: write CERTIFICATES as AUTH_TYPE")
	case password == "":
		wrong(true, "CREDENTIALS is missing: the password of the device")
	default:
		wrong(len(password) < shortestPassword || len(password) > longestPassword, "CREDENTIALS must have 8 to 32 characters")
	}
	if get(columnType) == "" || get(columnName) == "" {
		for _, column := range []string{columnICCID, columnIDType, columnPath, columnShell} {
			wrong(get(column) != "", text.Clean(column)+" needs TYPE and NAME")
		}
	}
	return problems
}

// quoted shows a name out of the file.
func quoted(s string) text.Safe {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return "“" + text.Clean(s) + "”"
}
