/**
 * Functions of other packages that neither keep their arguments nor answer a channel among them. Whole packages are
 * listed where this holds for all functions; functions that call back are in `callbacks.ts`.
 */
const packages: ReadonlySet<string> = new Set([
  'bufio',
  'bytes',
  'cmp',
  'encoding/base64',
  'encoding/binary',
  'encoding/hex',
  'encoding/json',
  'encoding/xml',
  'errors',
  'fmt',
  'hash',
  'hash/fnv',
  'html',
  'io',
  'io/fs',
  'log',
  'log/slog',
  'maps',
  'math',
  'math/big',
  'math/bits',
  'math/rand',
  'math/rand/v2',
  'mime',
  'net/url',
  'net/netip',
  'os',
  'path',
  'path/filepath',
  'reflect',
  'regexp',
  'runtime',
  'runtime/debug',
  'runtime/pprof',
  'slices',
  'sort',
  'strconv',
  'strings',
  'syscall',
  'text/tabwriter',
  'text/template',
  'time',
  'unicode',
  'unicode/utf8',
  'unicode/utf16',
  'crypto/rand',
  'crypto/sha256',
  'crypto/sha1',
  'crypto/md5',
  'github.com/stretchr/testify/assert',
  'github.com/stretchr/testify/require',
  'github.com/pkg/errors',
  'github.com/google/uuid',
]);

/** Functions of these packages that hand a value on, so that their arguments do escape. */
const keepers: ReadonlySet<string> = new Set([
  'bufio.NewReader',
  'bufio.NewWriter',
  'bufio.NewScanner',
  'bufio.NewReadWriter',
  'bufio.NewReaderSize',
  'bufio.NewWriterSize',
  'encoding/json.NewDecoder',
  'encoding/json.NewEncoder',
  'encoding/xml.NewDecoder',
  'encoding/xml.NewEncoder',
  'io.MultiReader',
  'io.MultiWriter',
  'io.TeeReader',
  'io.LimitReader',
  'io.NopCloser',
  'io.Copy',
  'io.CopyN',
  'io.CopyBuffer',
  'io.ReadAll',
  'io.ReadFull',
  'io.ReadAtLeast',
  'io.WriteString',
  'fmt.Fprint',
  'fmt.Fprintf',
  'fmt.Fprintln',
  'fmt.Fscan',
  'fmt.Fscanf',
  'fmt.Fscanln',
  'log.New',
  'log.SetOutput',
  'reflect.ValueOf',
  'reflect.Select',
  'reflect.MakeFunc',
  'runtime.SetFinalizer',
  'runtime.AddCleanup',
  'runtime.KeepAlive',
  'text/template.New',
  'maps.Clone',
  'maps.Values',
  'maps.Keys',
  'slices.Clone',
  'slices.Values',
  'slices.Collect',
  'slices.Concat',
  'slices.Insert',
  'slices.Delete',
  'slices.Reverse',
  'slices.Grow',
]);

/** Types of other packages whose methods keep nothing that matters. */
const types: ReadonlySet<string> = new Set([
  'bytes.Buffer',
  'strings.Builder',
  'strings.Reader',
  'strings.Replacer',
  'time.Time',
  'time.Duration',
  'time.Month',
  'regexp.Regexp',
  'math/rand.Rand',
  'log.Logger',
  'log/slog.Logger',
  'os.File',
  'os.FileInfo',
  'os.Process',
  'io/fs.FileInfo',
  'net/url.URL',
  'net/url.Values',
  'net/http.Header',
  'reflect.Type',
  'runtime/pprof.Profile',
  'testing.T',
  'testing.B',
  'testing.TB',
  'testing.F',
  'testing.common',
  'math/big.Int',
  'bufio.Scanner',
  'encoding/json.Decoder',
  'encoding/json.Encoder',
  'sync/atomic.Value',
]);

const keepingMethods: ReadonlySet<string> = new Set(['testing.B.RunParallel', 'log.Logger.SetOutput']);

/** Whether arguments of `path.name` (a function) stay where they are. */
export function isPureFunction(path: string, name: string): boolean {
  return packages.has(path) && !keepers.has(`${path}.${name}`);
}

/** Whether receiver and arguments of `path.type.name` (a method) stay where they are. */
export function isPureMethod(path: string, type: string, name: string): boolean {
  return (
    (path === '' && name === 'Error') ||
    (types.has(`${path}.${type}`) && !keepingMethods.has(`${path}.${type}.${name}`))
  );
}

/** Interfaces of other packages that user types implement: their methods are found by the dynamic type. */
const interfaces: ReadonlySet<string> = new Set([
  'io.Reader',
  'io.Writer',
  'io.Closer',
  'io.ReadCloser',
  'io.WriteCloser',
  'io.ReadWriter',
  'io.ReadWriteCloser',
  'io.ReaderFrom',
  'io.WriterTo',
  'fmt.Stringer',
  'net.Conn',
  'net.Listener',
  'net/http.Handler',
  'net/http.RoundTripper',
  'net/http.ResponseWriter',
  'sort.Interface',
  'error',
]);

export function isInterfaceOfUsers(path: string, type: string): boolean {
  return interfaces.has(`${path}.${type}`);
}
