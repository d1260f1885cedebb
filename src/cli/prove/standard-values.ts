/**
 * Values of types of Go's standard library, as source: what a test can give a function without knowing more. Facts only.
 * `imports` are the paths that the source needs; the first alternative is the one that most witnesses want.
 */
export interface StandardValue {
  readonly sources: readonly string[];
  readonly imports?: readonly string[];
}

/** By `path.Name` for a type, `*path.Name` for a pointer to it. */
export const standardValues: ReadonlyMap<string, StandardValue> = new Map<string, StandardValue>([
  // Cancelled already, while the function runs, and after all else: a fix may rely on the end of a context.
  ['context.Context', { sources: ['ended()', 'ending()', 'endingLate()'], imports: ['context'] }],
  ['context.CancelFunc', { sources: ['func() {}'] }],
  ['time.Duration', { sources: ['time.Millisecond', '0', 'time.Second'], imports: ['time'] }],
  ['time.Time', { sources: ['time.Now()'], imports: ['time'] }],
  ['*time.Timer', { sources: ['time.NewTimer(time.Millisecond)'], imports: ['time'] }],
  ['*time.Ticker', { sources: ['time.NewTicker(time.Millisecond)'], imports: ['time'] }],
  ['io.Reader', { sources: ['strings.NewReader("a\\nb\\n")', 'strings.NewReader("")'], imports: ['strings'] }],
  ['io.ReadCloser', { sources: ['io.NopCloser(strings.NewReader("a\\nb\\n"))'], imports: ['io', 'strings'] }],
  ['io.Writer', { sources: ['io.Discard'], imports: ['io'] }],
  ['*bytes.Buffer', { sources: ['bytes.NewBufferString("a\\n")'], imports: ['bytes'] }],
  ['*bufio.Reader', { sources: ['bufio.NewReader(strings.NewReader("a\\nb\\n"))'], imports: ['bufio', 'strings'] }],
  ['*bufio.Scanner', { sources: ['bufio.NewScanner(strings.NewReader("a\\nb\\n"))'], imports: ['bufio', 'strings'] }],
  ['*bufio.Writer', { sources: ['bufio.NewWriter(io.Discard)'], imports: ['bufio', 'io'] }],
  ['*strings.Reader', { sources: ['strings.NewReader("a\\n")'], imports: ['strings'] }],
  ['*log.Logger', { sources: ['log.New(io.Discard, "", 0)'], imports: ['io', 'log'] }],
  ['*log/slog.Logger', { sources: ['slog.New(slog.DiscardHandler)'], imports: ['log/slog'] }],
  ['net.Conn', { sources: ['closedConn()', 'silentConn()'], imports: ['net'] }],
  ['net.Addr', { sources: ['&net.TCPAddr{}'], imports: ['net'] }],
  ['net.Listener', { sources: ['listener()'], imports: ['net'] }],
  ['*net.UDPConn', { sources: ['packetConn()'], imports: ['net'] }],
  ['net.PacketConn', { sources: ['net.PacketConn(packetConn())'], imports: ['net'] }],
  ['net/http.ResponseWriter', { sources: ['httptest.NewRecorder()'], imports: ['net/http/httptest'] }],
  [
    '*net/http.Request',
    {
      sources: [
        'httptest.NewRequest("GET", "/", nil).WithContext(ended())',
        'httptest.NewRequest("GET", "/", nil).WithContext(ending())',
      ],
      imports: ['context', 'net/http/httptest'],
    },
  ],
  ['*net/http.Client', { sources: ['refusingClient()'] }],
  ['*net/http.ServeMux', { sources: ['http.NewServeMux()'], imports: ['net/http'] }],
  ['net/http.Header', { sources: ['http.Header{}'], imports: ['net/http'] }],
  ['os.Signal', { sources: ['os.Interrupt'], imports: ['os'] }],
  ['io/fs.FS', { sources: ['fstest.MapFS{}'], imports: ['testing/fstest'] }],
  ['*testing.T', { sources: ['t'] }],
  ['testing.TB', { sources: ['t'] }],
  ['reflect.Type', { sources: ['reflect.TypeOf(0)'], imports: ['reflect'] }],
]);

/** Functions of the generated file that values call; it writes those that it needs, with names of its own. */
export const helpers: readonly {
  readonly name: string;
  readonly source: string;
  readonly imports: readonly string[];
}[] = [
  {
    name: 'nap',
    imports: ['math/rand', 'time'],
    source: `// nap takes a moment, now a shorter one, now a longer one.
func nap() {
	time.Sleep(time.Duration(1+rand.Intn(12)) * time.Millisecond)
}`,
  },
  {
    name: 'ended',
    imports: ['context'],
    source: `// ended is a context that is done.
func ended() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}`,
  },
  {
    name: 'ending',
    imports: ['context', 'time'],
    source: `// ending is a context that is done soon.
func ending() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(2*time.Millisecond, cancel)
	return ctx
}`,
  },
  {
    name: 'endingLate',
    imports: ['context', 'time'],
    source: `// endingLate is a context that is done when everything else has happened.
func endingLate() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(200*time.Millisecond, cancel)
	return ctx
}`,
  },
  {
    name: 'closedConn',
    imports: ['net'],
    source: `// closedConn is a connection whose other end is closed.
func closedConn() net.Conn {
	conn, other := net.Pipe()
	_ = other.Close()
	return conn
}`,
  },
  {
    name: 'silentConn',
    imports: ['net'],
    source: `// silentConn is a connection whose other end says nothing.
func silentConn() net.Conn {
	conn, _ := net.Pipe()
	return conn
}`,
  },
  {
    name: 'listener',
    imports: ['net', 'time'],
    source: `// listener is a listener that nobody dials.
func listener() net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = l.Close() })
	return l
}`,
  },
  {
    name: 'packetConn',
    imports: ['net', 'time'],
    source: `// packetConn is a socket that has a few packets to read.
func packetConn() *net.UDPConn {
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		panic(err)
	}
	for i := 0; i < 3; i++ {
		_, _ = conn.WriteTo([]byte("x"), conn.LocalAddr())
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = conn.Close() })
	return conn
}`,
  },
  {
    name: 'refusingClient',
    imports: ['errors', 'net/http', 'net/url'],
    source: `// refusingClient is a client whose requests all fail.
func refusingClient() *http.Client {
	refuse := func(*http.Request) (*url.URL, error) { return nil, errors.New("no network in a test") }
	return &http.Client{Transport: &http.Transport{Proxy: refuse}}
}`,
  },
];

const integers = 'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune'.split(' ');

/** Values of predeclared types; the first one is what most witnesses want. */
export const basicValues: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['bool', ['true', 'false']],
  ['string', ['"x"', '""']],
  ['error', ['errors.New("proof")', 'nil']],
  ['any', ['1', '"x"']],
  ...integers.map((name): [string, readonly string[]] => [
    name,
    /^(u|byte)/.test(name) ? ['1', '0', '3'] : ['1', '0', '3', '-1'],
  ]),
  ['float32', ['1', '0']],
  ['float64', ['1', '0']],
  ['complex64', ['1']],
  ['complex128', ['1']],
]);
