package registration

import (
	"strings"
	"testing"
)

func TestReadSaysWhatIsWrongAndWhere(t *testing.T) {
	for name, tc := range map[string]struct {
		file string
		want []string // of the problems, in order; nil for a file that is right
	}{
		"announced":              {"ID;PATH\nSN-1;hall 2/line 4\nSN-2;\n", nil},
		"parted by tabs":         {"ID\tPATH\nSN-1\thall 2\n", nil},
		"with a mark, and CRLF":  {"\ufeffID,CREDENTIALS\r\nSN-1,secret-0001\r\n", nil},
		"all columns":            {"ID,CREDENTIALS,AUTH_TYPE,TENANT,TYPE,NAME,ICCID,IDTYPE,PATH,SHELL,external-imei,c8y_Hardware.model,com_cumulocity_model_Agent.active\nSN-1,secret-0001,BASIC,,c8y_Linux,Pump,89,c8y_Serial,hall,1,77,P7,true\n", nil},
		"certificates":           {"ID;AUTH_TYPE;ENROLLMENT_OTP\nSN-1;CERTIFICATES;once\nSN-2;certificates;\n", nil},
		"quoted":                 {"ID;CREDENTIALS;NAME\n\"SN;1\";secret-0001;\"a \"\"b\"\"\"\n", nil},
		"lines of nothing":       {"ID;PATH\n\n;\nSN-1;hall\n;\n", nil},
		"empty":                  {" \n", []string{"the file is empty"}},
		"a workbook":             {"PK\x03\x04 and so on", []string{"this is a workbook and no text: save it as CSV"}},
		"UTF-16":                 {"I\x00D\x00", []string{"this is no text in UTF-8: save it as CSV in UTF-8"}},
		"names only":             {"ID;PATH\n", []string{"line 1: there is nothing below the names of the columns"}},
		"no ID":                  {"NAME;TYPE\nPump;c8y_Linux\n", []string{"line 1: there is no column ID, which says what the device calls itself; the first line names the columns"}},
		"another separator":      {"ID|PATH\nSN-1|hall\n", []string{"line 1: part the columns by tabs, semicolons or commas: this is one column, “ID|PATH”"}},
		"mixed separators":       {"ID;PATH\nSN-1,hall\nSN-2;hall;x\n", []string{"line 2: it is parted by commas, and the first line by semicolons", "line 3: it has 3 values for 2 columns"}},
		"an open quotation mark": {"ID;PATH\n\"SN-1;hall\nSN-2;hall\n", []string{"line 2: a quotation mark is open or stands within a value: double it"}},
		"slips": {"ID;PASSWORD;AUTHTYPE;ID;a..b;\nSN-1;x;x;x;x;x\n", []string{
			"line 1: there is no column “PASSWORD”: is CREDENTIALS meant?", "line 1: there is no column “AUTHTYPE”: is AUTH_TYPE meant?",
			"line 1: the column “ID” stands there twice", "line 1: the column “a..b” is no path of a property", "line 1: column 6 has no name",
		}},
		"wrong values": {"ID;CREDENTIALS;AUTH_TYPE;PATH;SHELL\n;secret-0001;;;\nSN-1;short;;;\nSN-2;;;;\nSN-3;secret-0001;TOKEN;;\nSN-4;secret-0001;;a//b;yes\n", []string{
			"line 2: the ID is missing", "line 3: CREDENTIALS must have 8 to 32 characters", "line 4: CREDENTIALS is missing: the password of the device",
			"line 5: AUTH_TYPE is “TOKEN”: write BASIC or CERTIFICATES", "line 6: SHELL is “yes”: write 1 for a device with a shell, or 0",
			"line 6: PATH has a group without a name: write hall 2/line 4", "line 6: PATH needs TYPE and NAME", "line 6: SHELL needs TYPE and NAME",
		}},
		"twice":         {"ID;PATH\nSN-1;\nSN-2;\n\nSN-1;hall\n", []string{"line 5: SN-1 stands in line 2 already"}},
		"OTP and BASIC": {"ID;ENROLLMENT_OTP\nSN-1;once\n", []string{"line 2: ENROLLMENT_OTP is for certificates: write CERTIFICATES as AUTH_TYPE"}},
		"hostile names": {"ID;\x1b[2J..x\nSN-1;x\n", []string{"line 1: the column “␛[2J..x” is no path of a property"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := Read([]byte(tc.file))
			var got []string
			for _, p := range problems {
				got = append(got, string(p.String()))
			}
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

// A file in the ANSI of Windows is sent in UTF-8, and the lines of some devices alone can be had.
func TestFileIsSentInUTF8(t *testing.T) {
	s, problems := Read([]byte("ID,PATH\nSN-1,M\xfchle\nSN-2,\"a,b\"\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	if got := string(s.File(nil)); got != "ID,PATH\nSN-1,Mühle\nSN-2,\"a,b\"\n" {
		t.Errorf("%q is sent", got)
	}
	if got := string(s.File(map[string]bool{"SN-2": true})); got != "ID,PATH\nSN-2,\"a,b\"\n" {
		t.Errorf("%q is written", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("ID;PATH\nSN-1;x\n"))
	f.Add([]byte("\"\n\xff;"))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, problems := Read(content)
		if len(problems) > 0 {
			return
		}
		again, wrong := Read(s.File(nil))
		if wrong != nil || again.Devices() != s.Devices() {
			t.Errorf("what is right is sent as %q: %v", s.File(nil), wrong)
		}
	})
}
