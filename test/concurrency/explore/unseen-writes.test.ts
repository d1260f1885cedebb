import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

const imports = ['encoding/json', 'fmt', 'io', 'errors', 'flag', 'database/sql', 'example.com/ext'];

/** Whether the search gets past the beginning of a function, to a goroutine that nobody receives from. */
function getsPast(beginning: string): boolean {
  const header = `package p\n\nimport (\n${imports.map((path) => `\t"${path}"`).join('\n')}\n)\n\n`;
  const text = `${header}${beginning}\tch := make(chan int)\n\tgo func() { ch <- 1 }()\n}\n`;
  return explorePackage(loadPackage('p', [{ path: 'p.go', text }])).leaks.some((leak) =>
    leak.stuck.some(({ kind }) => kind === 'send'),
  );
}

test.each([
  [
    'unmarshal struct',
    `type C struct{ N int }
func f(b []byte) {
 var c C
 json.Unmarshal(b, &c)
 if c.N == 0 { return }
`,
  ],
  [
    'unmarshal nested',
    `type C struct{ A struct{ N int } }
func f(b []byte) {
 var c C
 if err := json.Unmarshal(b, &c); err != nil { return }
 if c.A.N == 0 { return }
`,
  ],
  [
    'unmarshal named nested',
    `type A struct{ On bool }
type C struct{ A A }
func f(b []byte) {
 var c C
 json.Unmarshal(b, &c)
 if !c.A.On { return }
`,
  ],
  [
    'pointer to new struct',
    `type C struct{ N int }
func f(b []byte) {
 c := &C{}
 ext.Fill(c)
 if c.N == 0 { return }
`,
  ],
  [
    'new(C)',
    `type C struct{ N string }
func f(b []byte) {
 c := new(C)
 ext.Fill(b, c)
 if c.N == "" { return }
`,
  ],
  [
    'scan',
    `func f(r *sql.Rows) {
 var n int
 r.Scan(&n)
 if n == 0 { return }
`,
  ],
  [
    'scan string',
    `func f(r *sql.Rows) {
 var n string
 if err := r.Scan(&n); err != nil { return }
 if n == "" { return }
`,
  ],
  [
    'decode',
    `type C struct{ N int }
func f(r io.Reader) {
 var c C
 json.NewDecoder(r).Decode(&c)
 if c.N == 0 { return }
`,
  ],
  [
    'decode v of caller',
    `type C struct{ N int }
func dec(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }
func f(r io.Reader) {
 var c C
 dec(r, &c)
 if c.N == 0 { return }
`,
  ],
  [
    'flag',
    `func f() {
 var n int
 flag.IntVar(&n, "n", 0, "")
 flag.Parse()
 if n == 0 { return }
`,
  ],
  [
    'read buf',
    `func f(r io.Reader) {
 buf := make([]byte, 4)
 r.Read(buf)
 if buf[0] == 0 { return }
`,
  ],
  [
    'readfull',
    `func f(r io.Reader) {
 buf := make([]byte, 4)
 io.ReadFull(r, buf)
 if buf[0] == 0 { return }
`,
  ],
  [
    'array buf',
    `func f(r io.Reader) {
 var buf [4]byte
 io.ReadFull(r, buf[:])
 if buf[0] == 0 { return }
`,
  ],
  [
    'errors.As',
    `type E struct{ error }
func f(err error) {
 var e *E
 errors.As(err, &e)
 if e == nil { return }
`,
  ],
  [
    'errors.As ok',
    `type E struct{ error; Code int }
func f(err error) {
 var e E
 if !errors.As(err, &e) { return }
 if e.Code == 0 { return }
`,
  ],
  [
    'option unexported',
    `type o struct{ n int }
func f(opts ...func(*o)) {
 var c o
 for _, opt := range opts { opt(&c) }
 if c.n == 0 { return }
`,
  ],
  [
    'option nonzero default',
    `type o struct{ n int }
func f(opts ...func(*o)) {
 c := o{n: 3}
 for _, opt := range opts { opt(&c) }
 if c.n == 3 { return }
`,
  ],
  [
    'option interface',
    `type o struct{ on bool }
type Option interface{ apply(*o) }
func f(opts ...Option) {
 c := &o{}
 for _, opt := range opts { opt.apply(c) }
 if !c.on { return }
`,
  ],
  [
    'map',
    `func f(b []byte) {
 m := map[string]int{}
 json.Unmarshal(b, &m)
 if len(m) == 0 { return }
`,
  ],
  [
    'map by value',
    `func f(b []byte) {
 m := map[string]int{}
 ext.Fill(b, m)
 if m["x"] == 0 { return }
`,
  ],
  [
    'map ok',
    `func f(b []byte) {
 m := make(map[string]int)
 ext.Fill(b, m)
 if _, ok := m["x"]; !ok { return }
`,
  ],
  [
    'nil slice',
    `func f(b []byte) {
 var xs []string
 json.Unmarshal(b, &xs)
 if len(xs) == 0 { return }
`,
  ],
  [
    'made slice by address',
    `func f(b []byte) {
 xs := []string{}
 json.Unmarshal(b, &xs)
 if len(xs) == 0 { return }
`,
  ],
  [
    'slice of structs',
    `type C struct{ N int }
func f(b []byte) {
 xs := make([]C, 2)
 ext.Fill(xs)
 if xs[0].N == 0 { return }
`,
  ],
  [
    'pointer in struct',
    `type In struct{ N int }
type C struct{ In *In }
func f() {
 c := &C{In: &In{}}
 ext.Fill(c)
 if c.In.N == 0 { return }
`,
  ],
  [
    'nil pointer field',
    `type In struct{ N int }
type C struct{ In *In }
func f() {
 c := &C{}
 ext.Fill(c)
 if c.In == nil { return }
`,
  ],
  [
    'unseen type method',
    `func f() {
 var b ext.Buf
 b.Load("x")
 if b.N == 0 { return }
`,
  ],
  [
    'unseen type by address',
    `func f() {
 var b ext.Buf
 ext.Load(&b)
 if b.N == 0 { return }
`,
  ],
  [
    'embedded',
    `type C struct{ ext.Base; N int }
func f() {
 var c C
 ext.Fill(&c)
 if c.N == 0 { return }
`,
  ],
  [
    'embedded own',
    `type Base struct{ N int }
type C struct{ Base }
func f() {
 var c C
 ext.Fill(&c)
 if c.N == 0 { return }
`,
  ],
  [
    'sscanf',
    `func f(s string) {
 var n int
 fmt.Sscanf(s, "%d", &n)
 if n == 0 { return }
`,
  ],
  [
    'element address',
    `func f(r *sql.Rows) {
 xs := make([]int, 3)
 r.Scan(&xs[0], &xs[1])
 if xs[0] == 0 { return }
`,
  ],
  [
    'field address',
    `type s struct{ n int }
func f(r *sql.Rows) {
 var c s
 r.Scan(&c.n)
 if c.n == 0 { return }
`,
  ],
  [
    'field address of ptr',
    `type s struct{ n int }
func (c *s) load(r *sql.Rows) { r.Scan(&c.n) }
func f(r *sql.Rows) {
 c := &s{}
 c.load(r)
 if c.n == 0 { return }
`,
  ],
  [
    'own UnmarshalJSON',
    `type C struct{ n int }
func (c *C) UnmarshalJSON(b []byte) error { c.n = len(b); return nil }
func f(b []byte) {
 var c C
 json.Unmarshal(b, &c)
 if c.n == 0 { return }
`,
  ],
  [
    'nonzero by unmarshal',
    `type C struct{ N int }
func f(b []byte) {
 c := C{N: 2}
 json.Unmarshal(b, &c)
 if c.N == 2 { return }
`,
  ],
  [
    'captured',
    `func f(r *sql.Rows) {
 var n int
 func() { r.Scan(&n) }()
 if n == 0 { return }
`,
  ],
  [
    'slice of any args',
    `func f(r *sql.Rows) {
 var n int
 args := []any{&n}
 r.Scan(args...)
 if n == 0 { return }
`,
  ],
  [
    'global conf',
    `type C struct{ N int }
func f(b []byte) {
 c := C{}
 p := &c
 json.Unmarshal(b, p)
 if c.N == 0 { return }
`,
  ],
])('unseen code writes to what it is given: %s', (_, beginning) => {
  expect(getsPast(beginning)).toBe(true);
});

test.each([
  [
    'unexported stays',
    `type C struct{ n int }
func f(b []byte) {
 var c C
 json.Unmarshal(b, &c)
 if c.n == 0 { return }
`,
  ],
  [
    'printed only',
    `type C struct{ N int }
func f(b []byte) {
 c := &C{}
 fmt.Println(c)
 if c.N == 0 { return }
`,
  ],
  [
    'value copy',
    `type C struct{ N int }
func f(b []byte) {
 var c C
 ext.Fill(c)
 if c.N == 0 { return }
`,
  ],
  [
    'other struct',
    `type C struct{ N int }
func f(b []byte) {
 var c, d C
 json.Unmarshal(b, &d)
 if c.N == 0 { return }
`,
  ],
  [
    'seen callee',
    `type C struct{ N int }
func g(c *C) { c.N = 0 }
func f(b []byte) {
 var c C
 g(&c)
 if c.N == 0 { return }
`,
  ],
  [
    'defer unseen',
    `type C struct{ N int }
func f(b []byte) {
 var c C
 defer ext.Fill(&c)
 if c.N == 0 { return }
`,
  ],
  [
    'nonzero stays',
    `type C struct{ N int }
func f(b []byte) {
 c := C{N: 2}
 ext.Log(&c)
 if c.N == 2 { return }
`,
  ],
])('what is not written stays: %s', (_, beginning) => {
  expect(getsPast(beginning)).toBe(false);
});

test('a channel in a struct that was filled elsewhere is still the one that was made', () => {
  const text = `package p
import "encoding/json"
type C struct { N int; Done chan int }
func f(b []byte) {
  c := &C{Done: make(chan int)}
  json.Unmarshal(b, c)
  go func() { c.Done <- 1 }()
  if c.N > 0 { <-c.Done }
}`;
  const { leaks } = explorePackage(loadPackage('p', [{ path: 'p.go', text }]));
  expect(leaks.map(({ stuck }) => stuck.map(({ kind }) => kind))).toEqual([['send']]);
});

test('what was filled is asked once: two branches on it agree', () => {
  const text = `package p
import "encoding/json"
type C struct { Wait bool }
func f(b []byte) {
  var c C
  json.Unmarshal(b, &c)
  ch := make(chan int)
  if c.Wait { go func() { ch <- 1 }() }
  if c.Wait { <-ch }
}`;
  expect(explorePackage(loadPackage('p', [{ path: 'p.go', text }])).leaks).toEqual([]);
});
