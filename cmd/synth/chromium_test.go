package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// chromium is a headless browser, driven through its debugging pipe: each message is JSON with a zero byte behind it.
type chromium struct {
	t       *testing.T
	to      *os.File
	from    *bufio.Reader
	session string
	last    int
	refused []string // what the pages' policies did not let happen
}

// keystroke is a key of the keyboard as the DevTools protocol describes it.
type keystroke struct {
	Key  string `json:"key"`
	Code string `json:"code"`
	VK   int    `json:"windowsVirtualKeyCode"`
	Text string `json:"text,omitempty"`
}

var (
	keyTab   = keystroke{Key: "Tab", Code: "Tab", VK: 9}
	keyEnter = keystroke{Key: "Enter", Code: "Enter", VK: 13, Text: "\r"}
	keySpace = keystroke{Key: " ", Code: "Space", VK: 32, Text: " "}
	keyDown  = keystroke{Key: "ArrowDown", Code: "ArrowDown", VK: 40}
)

// startChromium starts a browser with an empty page. Where there is none, the test is skipped, but not in CI.
func startChromium(t *testing.T) *chromium {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	switch {
	case runtime.GOOS == "windows":
		t.Skip("no pipes for a browser on Windows")
	case program == "" && os.Getenv("CI") != "":
		t.Fatal("no Chromium in the PATH")
	case program == "":
		t.Skip("no Chromium in the PATH")
	}
	profile, err := os.MkdirTemp("", "chromium")
	fatalIf(t, err)
	theirs, ours, err := os.Pipe()
	fatalIf(t, err)
	answers, theirAnswers, err := os.Pipe()
	fatalIf(t, err)
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{theirs, theirAnswers}
	c := &chromium{t: t, to: ours, from: bufio.NewReader(answers)}
	fatalIf(t, cmd.Start())
	fatalIf(t, theirs.Close())
	fatalIf(t, theirAnswers.Close())
	t.Cleanup(func() {
		_ = ours.Close() // ends the browser
		_ = cmd.Wait()
		_ = answers.Close()
		_ = os.RemoveAll(profile) // a process of the browser may still be writing
	})
	var target struct{ TargetID string }
	c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	c.session = attached.SessionID
	for _, domain := range []string{"Page", "Log", "Runtime", "Accessibility"} {
		c.call(domain+".enable", nil, nil)
	}
	return c
}

func fatalIf(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// devtoolsMessage is one that the browser sends: the answer to a call, or an event.
type devtoolsMessage struct {
	ID     int
	Method string
	Result json.RawMessage
	Params json.RawMessage
	Error  *struct{ Message string }
}

// call asks the browser for something and decodes its answer.
func (c *chromium) call(method string, params, result any) {
	c.t.Helper()
	c.send(method, params)
	for {
		m := c.read()
		if m.ID != c.last {
			continue
		}
		if m.Error != nil {
			c.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			fatalIf(c.t, json.Unmarshal(m.Result, result))
		}
		return
	}
}

// read waits for the browser's next message.
func (c *chromium) read() devtoolsMessage {
	c.t.Helper()
	data, err := c.from.ReadBytes(0)
	if err != nil {
		c.t.Fatalf("the browser has gone: %v", err)
	}
	var m devtoolsMessage
	fatalIf(c.t, json.Unmarshal(data[:len(data)-1], &m))
	if m.Method == "Log.entryAdded" {
		var p struct {
			Entry struct{ Source, Text, URL string }
		}
		fatalIf(c.t, json.Unmarshal(m.Params, &p))
		if p.Entry.Source == "security" {
			c.refused = append(c.refused, p.Entry.Text)
		}
	}
	return m
}

// loaded waits until the page that is on its way is there.
func (c *chromium) loaded() {
	c.t.Helper()
	for c.read().Method != "Page.loadEventFired" {
	}
}

// visit opens an address.
func (c *chromium) visit(address string) {
	c.t.Helper()
	c.send("Page.navigate", map[string]any{"url": address})
	c.loaded()
}

// send asks the browser for something and does not wait.
func (c *chromium) send(method string, params any) {
	c.t.Helper()
	c.last++
	m := map[string]any{"id": c.last, "method": method, "params": params}
	if c.session != "" {
		m["sessionId"] = c.session
	}
	data, err := json.Marshal(m)
	fatalIf(c.t, err)
	_, err = c.to.Write(append(data, 0))
	fatalIf(c.t, err)
}

// eval gives the value of an expression on the page.
func (c *chromium) eval(expression string, value any) {
	c.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Exception struct{ Description string }
		}
	}
	c.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &answer)
	if answer.ExceptionDetails != nil {
		c.t.Fatalf("%s: %s", expression, answer.ExceptionDetails.Exception.Description)
	}
	if value != nil {
		fatalIf(c.t, json.Unmarshal(answer.Result.Value, value))
	}
}

// press strikes a key.
func (c *chromium) press(k keystroke) {
	c.t.Helper()
	down := "rawKeyDown"
	if k.Text != "" {
		down = "keyDown"
	}
	for _, kind := range []string{down, "keyUp"} {
		c.call("Input.dispatchKeyEvent", struct {
			keystroke
			Type string `json:"type"`
		}{k, kind}, nil)
	}
}

// write types a text.
func (c *chromium) write(text string) {
	c.t.Helper()
	c.call("Input.insertText", map[string]any{"text": text}, nil)
}
