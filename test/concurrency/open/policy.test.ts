import { describe, expect, it } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';
import type { GoPackage } from '../../../src/go/package.ts';
import { weigher } from '../../../src/rules/blocked/plausibility/verdict.ts';

/** The leaks of a package of which something is said. */
function plausible(pkg: GoPackage) {
  return explorePackage(pkg, { everyEntry: true, weigh: weigher(pkg) }).leaks.filter(
    ({ weight }) => weight !== 'silent',
  );
}

/** Lines of the leaks that depend on an outsider, with their kind. */
function warned(body: string, path = 'open.go', name = 'open'): readonly string[] {
  const text = `package ${name}\n\nimport (\n"context"\n"net/http"\n"testing"\n)\n${body}`;
  const pkg = loadPackage('open', [{ path, text }]);
  expect(pkg.files.flatMap((file) => file.broken)).toEqual([]);
  return plausible(pkg).map(({ outsider, stuck: [first] }) => {
    const { file, range } = first?.site ?? {};
    const code = file && range ? file.text.slice(range.start, range.end).split('\n', 1)[0] : '';
    return `${outsider ? 'if left' : 'sure'}: ${code}`;
  });
}

/** A function that returns a channel on which a goroutine sends. */
function producer(
  options: { params?: string; doc?: string; room?: string; send?: string; name?: string } = {},
): string {
  const {
    params = 'ctx context.Context, items []int',
    doc = '',
    room = '',
    send = 'out <- item',
    name = 'Produce',
  } = options;
  return `${doc}func ${name}(${params}) <-chan int {
    out := make(chan int${room})
    go func() {
      defer close(out)
      for _, item := range items {
        ${send}
      }
    }()
    return out
  }\n`;
}

describe('a producer that a test leaves', () => {
  it('is told for all who call it', () => {
    const file = (path: string, body: string) => ({
      path,
      text: `package open\n\nimport (\n"context"\n"testing"\n)\n${body}`,
    });
    const leaving = `func TestFirst(t *testing.T) {
      if got := <-Produce(context.Background(), []int{1, 2}); got != 1 { t.Fatal(got) }
    }`;
    const pkg = loadPackage('open', [file('open.go', producer()), file('open_test.go', leaving)]);
    const leaks = plausible(pkg).map(({ entry, outsider }) => `${entry.name} ${outsider}`);
    expect(leaks).toEqual(['TestFirst false', 'Produce true']);
  });
});

describe('a producer whose channel is returned', () => {
  it('is told when a context, a request or a stop channel is at hand', () => {
    expect(warned(producer())).toEqual(['if left: out <- item']);
    expect(warned(producer({ params: 'r *http.Request, items []int' }))).toEqual(['if left: out <- item']);
    expect(warned(producer({ params: 'done <-chan struct{}, items []int' }))).toEqual(['if left: out <- item']);
  });

  it('is quiet when nothing is at hand and nobody is seen to leave', () => {
    expect(warned(producer({ params: 'items []int' }))).toEqual([]);
    expect(warned(producer({ params: 'jobs <-chan struct{}, items []int' }))).toEqual([]);
  });

  it('is quiet when the send waits for the stop', () => {
    const send = 'select {\n case out <- item:\n case <-ctx.Done():\n return\n }';
    expect(warned(producer({ send }))).toEqual([]);
  });

  it('is quiet when the documentation asks the caller to read on', () => {
    expect(warned(producer({ doc: '// Produce counts. The caller must drain the channel.\n' }))).toEqual([]);
    expect(warned(producer({ doc: '// Produce counts. Receive until it is closed.\n' }))).toEqual([]);
    expect(warned(producer({ doc: '// Produce counts in a goroutine of its own.\n' }))).toEqual([
      'if left: out <- item',
    ]);
  });

  it('takes a large buffer for full when a loop fills it', () => {
    expect(warned(producer({ room: ', 128' }))).toEqual(['if left: out <- item']);
    expect(warned(producer({ room: ', len(items)' }))).toEqual([]);
    const two = producer({ room: ', 128' }).replace('for _, item := range items {', '{ item := items[0]\n out <- 1');
    expect(warned(two)).toEqual([]);
  });

  it('is told once for all its sends, at the first in the text', () => {
    expect(warned(producer({ send: 'if item > 3 {\n out <- 3\n continue\n }\n out <- item' }))).toEqual([
      'if left: out <- 3',
    ]);
  });

  it('plays no part in tests', () => {
    expect(warned(producer(), 'open_test.go')).toEqual([]);
    expect(warned(producer({ params: 't *testing.T, ctx context.Context, items []int' }))).toEqual([]);
  });
});

describe('a channel that needs no reader', () => {
  it('has room that was counted from what is sent', () => {
    expect(warned(producer({ room: ', len(items)+1' }))).toEqual([]);
    expect(warned(producer({ room: ', 1' }))).toEqual(['if left: out <- item']);
    const counted = producer()
      .replace('out := ', 'room := 2 * len(items)\n out := ')
      .replace('chan int)', 'chan int, room)');
    expect(warned(counted)).toEqual([]);
    const bounded = producer({ params: 'ctx context.Context, n int', room: ', n' }).replace(
      '_, item := range items',
      'item := 0; item < n; item++',
    );
    expect(warned(bounded)).toEqual([]);
  });

  it('has more than a room that somebody chose', () => {
    const params = 'ctx context.Context, items []int, room int';
    expect(warned(producer({ params, room: ', room' }))).toEqual(['if left: out <- item']);
    const endless = producer({ room: ', len(items)' }).replace('_, item := range items', 'item := 0; ; item++');
    expect(warned(endless)).toEqual(['if left: out <- item']);
    const fed = producer({
      params: 'ctx context.Context, items []int, in <-chan int',
      room: ', len(items)',
      send: 'item, ok := <-in\n if !ok {\n return\n }\n out <- item',
    }).replace('_, item := range items', '');
    expect(warned(fed)).toEqual([]);
  });

  it('gives the answer of a service', () => {
    const start = (type: string, value: string) =>
      `func Start(ctx context.Context, serve func(context.Context) ${type}) <-chan ${type} {
        done := make(chan ${type})\n go func() {\n done <- ${value}\n }()\n return done\n }`;
    expect(warned(start('error', 'serve(ctx)'))).toEqual([]);
    expect(warned(start('int', 'serve(ctx)'))).toEqual(['if left: done <- serve(ctx)']);
  });

  it('belongs to a command, which ends as a whole', () => {
    const quits = 'select {\n case <-ctx.Done():\n return\n default:\n }\n out <- item';
    expect(warned(producer(), 'open.go', 'main')).toEqual([]);
    expect(warned(producer({ send: quits }), 'open.go', 'main')).toEqual(['if left: out <- item']);
  });
});

describe('the callers in the package', () => {
  const hidden = producer({ name: 'produce' });

  it('make it quiet when all of them drain', () => {
    expect(
      warned(
        `${hidden}func Sum(ctx context.Context) (n int) {\n for i := range produce(ctx, nil) {\n n += i\n }\n return n\n }`,
      ),
    ).toEqual([]);
    const stops = `func Has(ctx context.Context) bool {\n c := produce(ctx, nil)\n defer func() {\n for range c {\n }\n }()\n return <-c > 0\n }`;
    expect(warned(hidden + stops)).toEqual([]);
  });

  it('say nothing of others when it is exported and expects them to leave', () => {
    const sum = 'func Sum(ctx context.Context) (n int) {\n for i := range NAME(ctx, nil) {\n n += i\n }\n return n\n }';
    const send = 'select {\n case <-ctx.Done():\n return\n default:\n }\n out <- item';
    const all = (name: string, how: string) => producer({ name, send: how }) + sum.replace('NAME', name);
    expect(warned(all('Produce', send))).toEqual(['if left: out <- item']);
    expect(warned(all('produce', send))).toEqual([]);
    expect(warned(all('Produce', 'out <- item'))).toEqual([]);
  });

  it('leave it told when one of them hands the channel on', () => {
    const on = `func Sum(ctx context.Context) (n int) {\n for i := range produce(ctx, nil) {\n n += i\n }\n return n\n }
      func On(ctx context.Context) <-chan int { return produce(ctx, nil) }`;
    expect(warned(hidden + on)).toEqual(['if left: out <- item']);
  });

  it('turn it into an error when the search sees one leave', () => {
    const first = `func First(ctx context.Context, items []int) int {\n for i := range produce(ctx, items) {\n return i\n }\n return 0\n }`;
    expect(warned(hidden + first)).toEqual(['sure: out <- item']);
  });
});

describe('a function that returns an iterator', () => {
  const iterator = (body: string, doc = '') =>
    `${doc}func Numbers(items []int) func(yield func(int) bool) {
      out := make(chan int)
      go func() {
        defer close(out)
        for _, item := range items {
          out <- item
        }
      }()
      return func(yield func(int) bool) {
        ${body}
      }
    }\n`;
  const leaving = 'for item := range out {\n if !yield(item) {\n return\n }\n }';

  it('is told when the iterator stops reading as its loop is left', () => {
    expect(warned(iterator(leaving))).toEqual(['if left: out <- item']);
    expect(warned(iterator(leaving.replace('return', 'break')))).toEqual(['if left: out <- item']);
  });

  it('is quiet when the iterator reads on, or the loop must run to its end', () => {
    expect(warned(iterator('on := true\n for item := range out {\n on = on && yield(item)\n }'))).toEqual([]);
    expect(warned(iterator(leaving, '// Numbers counts. The loop must not be left: it has to read all.\n'))).toEqual(
      [],
    );
  });
});

describe('a channel that is handed to unseen code', () => {
  const handler = (body: string) =>
    `type sink interface{ Take(from <-chan int) }\n func Serve(r *http.Request, s sink) {\n out := make(chan int)\n ${body}\n }`;

  it('is told for a goroutine and for the handler itself', () => {
    expect(warned(handler('s.Take(out)\n go func() {\n out <- 1\n }()'))).toEqual(['if left: out <- 1']);
    expect(warned(handler('s.Take(out)\n out <- 1'))).toEqual(['if left: out <- 1']);
  });

  it('is told inside a literal of a package variable', () => {
    const table = `type sink interface{ Take(from <-chan int) }
      var serve = func(ctx context.Context, s sink) {\n out := make(chan int)\n s.Take(out)\n go func() {\n out <- 1\n }()\n }`;
    expect(warned(table)).toEqual(['if left: out <- 1']);
  });
});

describe('a goroutine that waits for CloseNotify', () => {
  const handler = (wait: string) => `func Serve(w http.ResponseWriter, r *http.Request) {
    gone := make(chan struct{})
    done := make(chan struct{})
    defer close(done)
    notify := w.(http.CloseNotifier).CloseNotify()
    go func() {\n ${wait}\n close(gone)\n }()
    work(gone)
  }
  func work(gone <-chan struct{}) { select {\n case <-gone:\n default:\n }\n }`;

  it('is told when it waits for nothing else', () => {
    expect(warned(handler('<-notify'))).toEqual(['if left: <-notify']);
    expect(warned(handler('select {\n case <-notify:\n case <-done:\n return\n }'))).toEqual([]);
  });
});
