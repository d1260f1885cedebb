export const stdlibDeclarations: Readonly<Record<string, string>> = {
  context: `package context
type Context interface {
  Deadline() (deadline time.Time, ok bool)
  Done() <-chan struct{}
  Err() error
  Value(key any) any
}
type CancelFunc func()
`,
};
