/** Groups of goroutines, gRPC and websockets. Facts from the sources that each entry names. */
import { deferred } from '../release-advice.ts';
import type { ModuleResource } from '../resource.ts';
import { methods } from './methods.ts';

const grpc = 'https://github.com/grpc/grpc-go/blob/4793ad047';

const group = {
  rule: 'unwaited-group',
  value: { kind: 'receiver' },
  releasedBy: ['Wait()'],
  condition: 'not-cancelled',
  stays: 'goroutine',
  keeps: 'its goroutines keep running unobserved, and their errors are lost',
  advice: { kind: 'manual', text: 'Call `Wait` before every return that follows the first `Go`.' },
} as const;

const stream = {
  rule: 'unfinished-stream',
  value: { kind: 'result', index: 0 },
  condition: 'endless-context',
  stays: 'goroutine',
  keeps: 'the goroutine of the stream lives until the connection closes',
  advice: {
    kind: 'manual',
    text: 'Derive a context with `context.WithCancel` for the stream and defer its cancel function.',
  },
} as const;

const websocket = {
  rule: 'unclosed-client',
  value: { kind: 'result', index: 0 },
  advice: deferred,
} as const;

export const rpcResources: readonly ModuleResource[] = [
  {
    ...group,
    acquiredBy: methods('golang.org/x/sync/errgroup', ['Group'], ['Go', 'TryGo']),
    source: 'https://github.com/golang/sync/blob/master/errgroup/errgroup.go',
  },
  {
    ...group,
    acquiredBy: [
      ...methods('github.com/sourcegraph/conc/pool', ['Pool', 'ErrorPool', 'ContextPool', 'ResultPool'], ['Go']),
      'github.com/sourcegraph/conc.WaitGroup.Go',
    ],
    source: 'https://pkg.go.dev/github.com/sourcegraph/conc/pool',
  },
  {
    rule: 'unclosed-server',
    acquiredBy: ['google.golang.org/grpc.Server.Serve'],
    value: { kind: 'receiver' },
    releasedBy: ['GracefulStop()', 'Stop()'],
    inGoroutine: true,
    condition: 'started-again',
    stays: 'goroutine',
    keeps: 'the server and its goroutine keep running after the function has returned',
    advice: { kind: 'manual', text: 'Stop the server before the function returns, or hand it to its owner.' },
    source: `${grpc}/server.go`,
  },
  {
    // NewStream lists the four ways to end a stream; a background context is none of them.
    ...stream,
    acquiredBy: methods('google.golang.org/grpc', ['ClientConn', 'ClientConnInterface'], ['NewStream']),
    releasedBy: [],
    ends: { method: 'RecvMsg', when: 'error' },
    source: `${grpc}/stream.go`,
  },
  {
    // Clients that protoc-gen-go-grpc generates: `stream, err := client.Watch(context.Background(), request)`.
    ...stream,
    acquiredBy: ['generated gRPC stream'],
    releasedBy: ['CloseAndRecv()'],
    ends: { method: 'Recv', when: 'error' },
    source: `${grpc}/stream.go`,
  },
  {
    // A connection starts the goroutine that runs its callbacks when it is made, before it dials.
    rule: 'unclosed-client',
    acquiredBy: ['NewClient', 'Dial', 'DialContext'].map((name) => `google.golang.org/grpc.${name}`),
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    wrappedBy: /^New[A-Z]\w*Client$/,
    condition: 'not-for-process',
    stays: 'goroutine',
    keeps: 'the goroutines of the connection stay',
    advice: deferred,
    source: `${grpc}/resolver_wrapper.go#L60`,
  },
  {
    ...websocket,
    acquiredBy: [
      ...methods('github.com/gorilla/websocket', ['Dialer'], ['Dial', 'DialContext']),
      'github.com/gorilla/websocket.Upgrader.Upgrade',
      'github.com/gorilla/websocket.Upgrade',
      'github.com/gorilla/websocket.NewClient',
    ],
    releasedBy: ['Close()', 'NetConn()', 'UnderlyingConn()'],
    stays: 'handle',
    keeps: 'the connection stays open, with the peer that waits at its other end',
    source: 'https://github.com/gorilla/websocket/blob/e064f32e3/conn.go#L343',
  },
  {
    ...websocket,
    acquiredBy: ['Dial', 'Accept'].map((name) => `github.com/coder/websocket.${name}`),
    releasedBy: ['CloseNow()', 'Close()'],
    stays: 'handle',
    keeps: 'the connection stays open, with the peer that waits at its other end',
    source: 'https://github.com/coder/websocket/blob/9c8faadcc/close.go#L99',
  },
  {
    ...websocket,
    acquiredBy: ['Dial', 'Accept'].map((name) => `nhooyr.io/websocket.${name}`),
    releasedBy: ['CloseNow()', 'Close()'],
    stays: 'goroutine',
    keeps: 'the goroutine that watches its deadlines stays',
    source: 'https://github.com/nhooyr/websocket-old/blob/master/conn.go',
  },
];
