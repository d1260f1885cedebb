/** Go sources made from a small grammar of what the rules look at: goroutines, channels, locks, contexts, calls. */
import fc, { type Arbitrary, type LetrecTypedTie, type LetrecValue } from 'fast-check';

const channels = fc.constantFrom('c', 'd', 't.c', 't.u.c', 'cs[i]', 'm["k"]', 'nilChan', 'f1()', '(<-cc)');
const functions = fc.constantFrom(
  'f0',
  'f1',
  'f2',
  't.run',
  't.Close',
  'g',
  'h',
  'x.Do',
  'missing',
  'gen[int]',
  'wg.Wait',
);
const numbers = fc.constantFrom('0', '1', 'n', 'len(cs)', 'k0', 'k1', '1<<70', 'cap(c)', '-1', 'n+1');
const conditions = fc.constantFrom(
  'n > 0',
  'a && b',
  '!a',
  'err != nil',
  'ctx.Err() == nil',
  'c == nil',
  'k0 == k1',
  'true',
  'ok',
);

const joined = (parts: readonly string[]): string => parts.join('');
const block = (statements: readonly string[]): string => `{\n${joined(statements)}}\n`;

interface Grammar {
  readonly statement: string;
  readonly statements: string[];
  readonly literal: string;
  readonly clause: string;
}

const simple: Arbitrary<string> = fc.oneof(
  channels.map((c) => `${c} <- 1\n`),
  channels.map((c) => `<-${c}\n`),
  channels.map((c) => `close(${c})\n`),
  fc.tuple(fc.constantFrom('', 'go ', 'defer '), functions).map(([how, f]) => `${how}${f}(c)\n`),
  fc
    .tuple(fc.constantFrom('c', 'd', 't.c'), numbers)
    .map(([c, n]) => `${c} ${c.includes('.') ? '=' : ':='} make(chan int, ${n})\n`),
  fc.constantFrom(
    'mu.Lock()\n',
    'mu.Unlock()\n',
    't.mu.RLock()\n',
    'wg.Add(1)\n',
    'wg.Done()\n',
    'wg.Wait()\n',
    'once.Do(g)\n',
    'cond.Wait()\n',
  ),
  fc.constantFrom(
    'return\n',
    'break\n',
    'continue\n',
    'break L\n',
    'goto L\n',
    'L:\n',
    'panic(1)\n',
    'runtime.Goexit()\n',
    'os.Exit(1)\n',
  ),
  fc.constantFrom(
    'ctx, cancel := context.WithCancel(ctx)\n',
    'cancel()\n',
    '_ = cancel\n',
    'defer cancel()\n',
    'tick := time.NewTicker(1)\n',
    'resp, err := http.Get("x")\n',
    'eg, ctx := errgroup.WithContext(ctx)\n',
  ),
  fc.constantFrom(
    'c, d = d, c\n',
    't.c = c\n',
    'x = t\n',
    'cs = append(cs, c)\n',
    'm["k"] = c\n',
    'var c chan int\n',
    'c = nil\n',
    'n++\n',
    'p := &c\n*p <- 1\n',
    '//goplumber:ignore leaked-send why\n',
  ),
);

const grammar = fc.letrec<Grammar>((tie: LetrecTypedTie<Grammar>): LetrecValue<Grammar> => {
  const body = tie('statements').map(block);
  return {
    statements: fc.array(tie('statement'), { maxLength: 4, depthIdentifier: 'go' }),
    literal: body.map((text) => `func() ${text.trimEnd()}`),
    clause: fc
      .tuple(
        fc.constantFrom(
          'case $ <- 1:\n',
          'case v, ok := <-$:\n_, _ = v, ok\n',
          'case <-ctx.Done():\n',
          'case <-time.After(1):\n',
          'default:\n',
        ),
        channels,
        tie('statements'),
      )
      .map(([head, channel, inner]) => head.replace('$', channel) + joined(inner)),
    statement: fc.oneof(
      { depthIdentifier: 'go', maxDepth: 4, depthSize: 'small' },
      simple,
      fc
        .tuple(fc.constantFrom('go ', 'defer ', '', 'g = ', 'wg.Go(', 't.Cleanup('), tie('literal'))
        .map(([how, literal]) =>
          how.endsWith('(') ? `${how}${literal})\n` : how === 'g = ' ? `${how}${literal}\n` : `${how}${literal}()\n`,
        ),
      fc
        .tuple(conditions, body, fc.option(body, { nil: undefined }))
        .map(([test, yes, no]) => (no === undefined ? `if ${test} ${yes}` : `if ${test} ${yes.trimEnd()} else ${no}`)),
      fc
        .tuple(
          fc.constantFrom(
            'for ',
            'for range n ',
            'for i := range cs ',
            'for v := range c ',
            'for n > 0 ',
            'for i := 0; i < 3; i++ ',
            'L: for ',
            'for v := range seq ',
          ),
          body,
        )
        .map(joined),
      fc.array(tie('clause'), { maxLength: 3 }).map((clauses) => `select {\n${joined(clauses)}}\n`),
      fc
        .tuple(numbers, tie('statements'), tie('statements'))
        .map(([n, one, other]) => `switch n {\ncase ${n}:\n${joined(one)}fallthrough\ndefault:\n${joined(other)}}\n`),
      body,
    ),
  };
});

const header = `package p

import (
\t"context"
\t"net/http"
\t"os"
\t"runtime"
\t"sync"
\t"time"
\t"golang.org/x/sync/errgroup"
)

const k0, k1 = iota, 1 << 3

type I interface{ Do(c chan int) }
type U struct{ c chan int }
type T struct {
\tU
\tmu sync.RWMutex
\tc chan int
\tu *T
}

`;

const signatures = [
  'func f0(c chan int)',
  'func f1() chan int',
  'func f2(c chan int, t *T, ctx context.Context) (err error)',
  'func (t *T) run(c chan int)',
  'func (t *T) Close(c chan int)',
  'func (t T) Do(c chan int)',
  'func gen[A any](c chan A)',
  'func seq(yield func(int) bool)',
  'func NewT() *T',
  'func TestX(t *testing.T)',
];

/** A file with a few functions of such statements, names declared or not. */
export const grammarSource: Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...signatures), grammar.statements), { minLength: 1, maxLength: 5 })
  .map((decls) => header + decls.map(([signature, statements]) => `${signature} ${block(statements)}\n`).join(''));
