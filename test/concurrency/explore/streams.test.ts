import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Functions of a library in which somebody is stuck. */
function stuckIn(text: string): readonly (string | undefined)[] {
  const { leaks } = explorePackage(loadPackage('p', [{ path: 'p.go', text }]));
  return [...new Set(leaks.flatMap((leak) => leak.stuck.map(({ library }) => library)))];
}

test.each([
  [
    'body of failed request',
    '(*PipeWriter).Write',
    `package post
import ("encoding/json"; "io"; "net/http")
func Post(client *http.Client, url string, v any) error {
	r, w := io.Pipe()
	go func() { w.CloseWithError(json.NewEncoder(w).Encode(v)) }()
	req, err := http.NewRequest(http.MethodPost, url, r)
	if err != nil { return err }
	resp, err := client.Do(req)
	if err != nil { return err }
	return resp.Body.Close()
}`,
  ],
  [
    'request not sent on one way',
    '(*PipeWriter).Write',
    `package post
import ("fmt"; "io"; "net/http"; "context")
func Post(ctx context.Context, token func() (string, error), url string) error {
	r, w := io.Pipe()
	go func() { defer w.Close(); fmt.Fprintf(w, "x") }()
	req, err := http.NewRequestWithContext(ctx, "POST", url, r)
	if err != nil { r.Close(); return err }
	t, err := token()
	if err != nil { return err }
	req.Header.Set("Authorization", t)
	resp, err := http.DefaultClient.Do(req)
	if err != nil { return err }
	return resp.Body.Close()
}`,
  ],
  [
    'scanner leaves early',
    '(*PipeWriter).Write',
    `package post
import ("bufio"; "io"; "fmt"; "strings")
func First(n int) string {
	r, w := io.Pipe()
	go func() { for i := 0; i < n; i++ { fmt.Fprintln(w, i) }; w.Close() }()
	s := bufio.NewScanner(r)
	for s.Scan() { if strings.HasPrefix(s.Text(), "x") { return s.Text() } }
	return ""
}`,
  ],
  [
    'writer never closes',
    '(*PipeReader).Read',
    `package post
import ("bufio"; "io"; "fmt")
func All(n int) {
	r, w := io.Pipe()
	go func() { fmt.Fprintln(w, n) }()
	s := bufio.NewScanner(r)
	for s.Scan() { println(s.Text()) }
}`,
  ],
  [
    'decode once',
    '(*PipeWriter).Write',
    `package post
import ("encoding/json"; "io")
func One(v any, out any) error {
	r, w := io.Pipe()
	go func() { enc := json.NewEncoder(w); enc.Encode(v); enc.Encode(v); w.Close() }()
	return json.NewDecoder(r).Decode(out)
}`,
  ],
])('a pipe waits for its other side: %s', (_, library, text) => {
  expect(stuckIn(text)).toEqual([library]);
});

test.each([
  [
    'body closed',
    `package post
import ("encoding/json"; "io"; "net/http")
func Post(client *http.Client, url string, v any) error {
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(json.NewEncoder(w).Encode(v)) }()
	req, err := http.NewRequest(http.MethodPost, url, r)
	if err != nil { return err }
	resp, err := client.Do(req)
	if err != nil { return err }
	return resp.Body.Close()
}`,
  ],
  [
    'request returned',
    `package post
import ("fmt"; "io"; "net/http")
func Req(url string) (*http.Request, error) {
	r, w := io.Pipe()
	go func() { defer w.Close(); fmt.Fprintf(w, "x") }()
	req, err := http.NewRequest("POST", url, r)
	if err != nil { r.Close(); return nil, err }
	return req, nil
}`,
  ],
  [
    'scanner to the end',
    `package post
import ("bufio"; "io"; "fmt")
func All(n int) {
	r, w := io.Pipe()
	go func() { defer w.Close(); for i := 0; i < n; i++ { if _, err := fmt.Fprintln(w, i); err != nil { return } } }()
	s := bufio.NewScanner(r)
	for s.Scan() { println(s.Text()) }
}`,
  ],
  [
    'multipart',
    `package post
import ("mime/multipart"; "io"; "net/http")
func Post(c *http.Client, url string, src io.Reader) error {
	r, w := io.Pipe()
	m := multipart.NewWriter(w)
	go func() {
		part, err := m.CreateFormFile("f", "f")
		if err != nil { w.CloseWithError(err); return }
		_, err = io.Copy(part, src)
		m.Close()
		w.CloseWithError(err)
	}()
	resp, err := c.Post(url, m.FormDataContentType(), r)
	if err != nil { return err }
	return resp.Body.Close()
}`,
  ],
  [
    'stdout',
    `package post
import ("fmt"; "os"; "io")
func f(w io.Writer) { fmt.Fprintln(os.Stdout, "x"); fmt.Fprintf(w, "y"); fmt.Fprintln(os.Stderr) }`,
  ],
])('quiet: %s', (_, text) => {
  expect(stuckIn(text)).toEqual([]);
});
