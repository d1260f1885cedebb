/** Neighbours of the kinds in `go-inputs.ts`: declarations, types, syntax and comments that grow without end. */
import type { GoInput } from './go-inputs.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** A goroutine that leaks, so that the search has a reason to look. */
const leak = 'func leak() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n}\n';

const file = (...parts: readonly string[]): string => `package p\n\n${parts.join('\n')}\n${leak}`;

/** Types that lead to types. */
const types: readonly GoInput[] = [
  {
    name: 'a chain of embedded structs',
    usual: 3000,
    text: (count) =>
      file(
        'type T0 struct{ c chan int }\nfunc (t *T0) put() { t.c <- 1 }\n',
        lines(count, (i) => `type T${i + 1} struct{ T${i} }\n`),
        `func f() { t := &T${count}{}; t.c = make(chan int); go t.put() }\n`,
      ),
  },
  {
    name: 'a chain of embedded interfaces',
    usual: 3000,
    text: (count) =>
      file(
        'type I0 interface{ put() }\n',
        lines(count, (i) => `type I${i + 1} interface{ I${i}; m${i}() }\n`),
        `type A struct{ c chan int }\nfunc (a A) put() { a.c <- 1 }\nfunc f(x I${count}) { go x.put() }\n`,
      ),
  },
  {
    name: 'generics that instantiate one another',
    usual: 2000,
    text: (count) =>
      file(
        lines(
          count,
          (i) => `type G${i}[A, B any] struct{ a G${(i + 1) % count}[B, G${(i + 2) % count}[A, A]]; c chan A }\n`,
        ),
        'func f(g *G0[int, string]) { go func() { g.a.a.a.a.a.c <- 1 }() }\n',
      ),
  },
  {
    name: 'generic functions that double their argument',
    usual: 60,
    text: (count) =>
      file(
        'type P[A, B any] struct{ a A; b B; c chan A }\n',
        lines(
          count,
          (i) => `func g${i}[A any](a A) { g${i + 1}(P[A, A]{a: a}); c := make(chan A); go func() { c <- a }() }\n`,
        ),
        `func g${count}[A any](a A) {}\nfunc f() { g0(1) }\n`,
      ),
  },
  {
    name: 'aliases in a circle',
    usual: 3000,
    text: (count) =>
      file(
        lines(count, (i) => `type A${i} = A${(i + 1) % count}\n`),
        'func f(x A0) { x.c = make(chan int); go func() { x.c <- 1 }(); x.m() }\n',
      ),
  },
  {
    name: 'a chain of aliases',
    usual: 8000,
    text: (count) =>
      file(
        lines(count, (i) => `type A${i} = A${i + 1}\n`),
        `type A${count} = chan int\nfunc f() { x := make(A0); go func() { x <- 1 }() }\n`,
      ),
  },
  {
    name: 'an array of arrays',
    usual: 2000,
    text: (count) =>
      file(`var x ${'[2]'.repeat(count)}chan int\nfunc f() { go func() { x${'[0]'.repeat(count)} <- 1 }() }\n`),
  },
  {
    name: 'a type of nested maps',
    usual: 2000,
    text: (count) =>
      file(
        `var x ${'map[string]'.repeat(count)}chan int\nfunc f() { for _, y := range x { go func() { _ = y }() } }\n`,
      ),
  },
  {
    name: 'a function of functions',
    usual: 2000,
    text: (count) =>
      file(`func f(g ${'func(int) '.repeat(count)}chan int) { go func() { g${'(1)'.repeat(count)} <- 1 }() }\n`),
  },
  {
    name: 'structs within structs',
    usual: 1500,
    text: (count) =>
      file(
        `var x ${'struct{ a '.repeat(count)}chan int${' }'.repeat(count)}\nfunc f() { go func() { x${'.a'.repeat(count)} <- 1 }() }\n`,
      ),
  },
  {
    name: 'ten thousand methods',
    usual: 10_000,
    text: (count) =>
      file(
        'type T struct{ c chan int }\n',
        lines(count, (i) => `func (t *T) m${i}() { t.c <- ${i} }\n`),
        'func f(t *T) { go t.m1() }\n',
      ),
  },
  {
    name: 'methods that call each other',
    usual: 1500,
    text: (count) =>
      file(
        'type T struct{ c chan int; done chan struct{} }\n',
        lines(
          count,
          (i) => `func (t *T) m${i}() { t.m${(i + 1) % count}(); t.m${(i * 5 + 2) % count}(); t.c <- ${i} }\n`,
        ),
        'func f(t *T) { go t.m1() }\n',
      ),
  },
  {
    name: 'methods with goroutines of one type',
    usual: 600,
    text: (count) =>
      file(
        'import "sync"\n\ntype T struct{ c chan int; done chan struct{}; mu sync.Mutex }\n',
        lines(
          count,
          (i) => `func (t *T) M${i}() { t.mu.Lock(); defer t.mu.Unlock(); go func() { t.c <- ${i}; <-t.done }() }\n`,
        ),
        'func (t *T) Close() { close(t.done) }\nfunc New() *T { return &T{c: make(chan int), done: make(chan struct{})} }\n',
      ),
  },
  {
    name: 'services of many types',
    usual: 800,
    text: (count) =>
      file(
        lines(
          count,
          (i) =>
            `type S${i} struct{ c chan int; stop chan struct{} }\nfunc NewS${i}() *S${i} { s := &S${i}{c: make(chan int), stop: make(chan struct{})}; go s.run(); return s }\nfunc (s *S${i}) run() { for { select { case v := <-s.c: _ = v; case <-s.stop: return } } }\nfunc (s *S${i}) Put(v int) { s.c <- v }\nfunc (s *S${i}) Stop() { close(s.stop) }\n`,
        ),
      ),
  },
  {
    name: 'one struct of many channels',
    usual: 2000,
    text: (count) =>
      file(
        `type T struct {\n${lines(count, (i) => `\tc${i} chan int\n`)}}\n`,
        `func New() *T {\n\treturn &T{\n${lines(count, (i) => `\t\tc${i}: make(chan int),\n`)}\t}\n}\n`,
        lines(count, (i) => `func (t *T) Put${i}(v int) { t.c${i} <- v }\n`),
        'func (t *T) run() { go func() { t.c1 <- <-t.c2 }() }\n',
      ),
  },
];

/** Constants and values. */
const values: readonly GoInput[] = [
  {
    name: 'a block of iota with expressions',
    usual: 20_000,
    text: (count) =>
      file(
        `const (\n\tk0 = 1 << (iota % 60)\n${lines(count, (i) => `\tk${i + 1}\n`)})\n`,
        `func f() { c := make(chan int, k${count}); go func() { c <- 1 }() }\n`,
      ),
  },
  {
    name: 'constants that shift',
    usual: 40,
    text: (count) =>
      file(
        'const c0 = 1\n',
        lines(count, (i) => `const c${i + 1} = c${i} << 1000000000\n`),
        `func f() { c := make(chan int, c${count}); go func() { c <- 1 }() }\n`,
      ),
  },
  {
    name: 'constants that square',
    usual: 60,
    text: (count) =>
      file(
        'const c0 = 12345678901234567890\n',
        lines(count, (i) => `const c${i + 1} = c${i} * c${i}\n`),
        `func f() { c := make(chan int, c${count}); go func() { c <- 1 }() }\n`,
      ),
  },
  {
    name: 'constants in a circle',
    usual: 5000,
    text: (count) =>
      file(
        lines(count, (i) => `const c${i} = c${(i + 1) % count} + c${(i * 3) % count}\n`),
        'func f() { c := make(chan int, c0); go func() { c <- 1 }() }\n',
      ),
  },
  {
    name: 'variables in a circle',
    usual: 4000,
    text: (count) =>
      file(
        lines(count, (i) => `var v${i} = v${(i + 1) % count}\n`),
        'func f() { go func() { v0 <- 1 }() }\n',
      ),
  },
  {
    name: 'variables that double in type',
    usual: 60,
    text: (count) =>
      file(
        'var v0 = make(chan int)\n',
        lines(count, (i) => `var v${i + 1} = func() (a, b any) { return v${i}, v${i} }\n`),
        `func f() { go func() { v${count}() }() }\n`,
      ),
  },
  {
    name: 'a hundred thousand strings joined',
    usual: 100_000,
    text: (count) =>
      file(
        `const s = "a"${' + "b"'.repeat(count)}\n`,
        'func f(x string) { c := make(chan int); go func() { if x == s { c <- 1 } }() }\n',
      ),
  },
  {
    name: 'a hundred thousand strings joined inside',
    usual: 100_000,
    text: (count) =>
      file(`func f(x string) { c := make(chan string); go func() { c <- "a"${' + "b"'.repeat(count)} }() }\n`),
  },
  {
    name: 'a huge composite literal',
    usual: 200_000,
    text: (count) =>
      file(
        `var x = []int{${'1,'.repeat(count)}}\n`,
        'func f() { c := make(chan int); go func() { for _, v := range x { c <- v } }() }\n',
      ),
  },
  {
    name: 'a huge composite literal inside',
    usual: 200_000,
    text: (count) =>
      file(
        `func f() { c := make(chan int); go func() { for _, v := range []int{${'1,'.repeat(count)}} { c <- v } }() }\n`,
      ),
  },
  {
    name: 'a composite literal of channels',
    usual: 10_000,
    text: (count) =>
      file(
        `func f() { cs := []chan int{${'make(chan int),'.repeat(count)}}; for _, c := range cs { go func() { c <- 1 }() } }\n`,
      ),
  },
  {
    name: 'a map of functions that start',
    usual: 3000,
    text: (count) =>
      file(
        `var m = map[string]func(chan int){\n${lines(count, (i) => `\t"k${i}": func(c chan int) { go func() { c <- ${i} }() },\n`)}}\n`,
        'func f(k string) { c := make(chan int); m[k](c) }\n',
      ),
  },
  {
    name: 'nested composite literals',
    usual: 1500,
    text: (count) => file(`var x = ${'[]any{'.repeat(count)}1${'}'.repeat(count)}\n`),
  },
  {
    name: 'a binary tree of operators',
    usual: 5000,
    text: (count) =>
      file(
        `func f(a bool) { c := make(chan int); if ${'(a && '.repeat(count)}a${')'.repeat(count)} { go func() { c <- 1 }() } }\n`,
      ),
  },
  {
    name: 'a condition of many parts',
    usual: 5000,
    text: (count) =>
      file(
        `func f(a, b, d bool) { c := make(chan int); if a${' && b || d'.repeat(count)} { go func() { c <- 1 }() } }\n`,
      ),
  },
  {
    name: 'unary operators in a row',
    usual: 5000,
    text: (count) =>
      file(
        `func f(a bool, p chan chan int) { c := make(chan int); if ${'!'.repeat(count)}a { go func() { c <- 1 }() }; ${'<-'.repeat(count)}p }\n`,
      ),
  },
  {
    name: 'selectors in a row',
    usual: 5000,
    text: (count) =>
      file(`type T struct{ t *T; c chan int }\nfunc f(t *T) { go func() { t${'.t'.repeat(count)}.c <- 1 }() }\n`),
  },
  {
    name: 'conversions in conversions',
    usual: 2000,
    text: (count) =>
      file(
        `func f(a int) { c := make(chan int, ${'int('.repeat(count)}a${')'.repeat(count)}); go func() { c <- 1 }() }\n`,
      ),
  },
  {
    name: 'calls in calls',
    usual: 2000,
    text: (count) =>
      file(
        `func g(c chan int) chan int { go func() { c <- 1 }(); return c }\nfunc f() { c := make(chan int); ${'g('.repeat(count)}c${')'.repeat(count)} }\n`,
      ),
  },
  {
    name: 'appends in appends',
    usual: 1500,
    text: (count) =>
      file(
        `func f() { var cs []chan int; cs = ${'append('.repeat(count)}cs${', make(chan int))'.repeat(count)}; for _, c := range cs { go func() { c <- 1 }() } }\n`,
      ),
  },
];

/** Statements. */
const statements: readonly GoInput[] = [
  {
    name: 'ten thousand arms of a select',
    usual: 10_000,
    text: (count) =>
      file(`func f(c chan int) {\n\tgo func() {\n\t\tselect {\n${'\t\tcase c <- 1:\n'.repeat(count)}\t\t}\n\t}()\n}\n`),
  },
  {
    name: 'selects in selects',
    usual: 400,
    text: (count) =>
      file(`func f(c, d chan int) {\n${'select { case c <- 1: case <-d: '.repeat(count)}${'}\n'.repeat(count)}}\n`),
  },
  {
    name: 'loops around selects of goroutines',
    usual: 300,
    text: (count) =>
      file(
        `func f(c, d chan int) {\n${lines(count, () => 'for { select { case v := <-c: go func() { d <- v }(); case <-d: return } }\n')}}\n`,
      ),
  },
  {
    name: 'branches in branches',
    usual: 3000,
    text: (count) =>
      file(
        `func f(a bool) { c := make(chan int); go func() { c <- 1 }()\n${'if a {\n'.repeat(count)}<-c\n${'} else { <-c }\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'a long else if',
    usual: 5000,
    text: (count) =>
      file(
        `func f(a int) { c := make(chan int); go func() { c <- 1 }()\nif a == 0 { }${lines(count, (i) => ` else if a == ${i} { <-c }`)}\n}\n`,
      ),
  },
  {
    name: 'switches in switches',
    usual: 1000,
    text: (count) =>
      file(
        `func f(a int) { c := make(chan int); go func() { c <- 1 }()\n${'switch a { case 1: <-c; default:\n'.repeat(count)}${'}\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'a type switch of many types',
    usual: 3000,
    text: (count) =>
      file(
        lines(count, (i) => `type T${i} struct{}\n`),
        `func f(x any) { c := make(chan int); go func() { switch x.(type) {\n${lines(count, (i) => `case T${i}: c <- ${i}\n`)}} }() }\n`,
      ),
  },
  {
    name: 'many defers',
    usual: 5000,
    text: (count) =>
      file(`func f() { c := make(chan int); go func() { c <- 1 }()\n${'defer func() { <-c }()\n'.repeat(count)}}\n`),
  },
  {
    name: 'defers in loops that recover',
    usual: 500,
    text: (count) =>
      file(
        `func f(n int) { c := make(chan int); go func() { c <- 1 }()\n${'for i := 0; i < n; i++ { defer func() { recover(); <-c }() }\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'many locks in many orders',
    usual: 200,
    text: (count) =>
      `package p\n\nimport "sync"\n\n${file(
        `var (\n${lines(count, (i) => `\tm${i} sync.Mutex\n`)})\n`,
        lines(
          count,
          (i) =>
            `func f${i}(a bool) { m${i}.Lock(); if a { m${(i * 7 + 1) % count}.Lock(); f${(i * 3 + 1) % count}(a); m${(i * 7 + 1) % count}.Unlock() }; m${i}.Unlock() }\n`,
        ),
      ).slice('package p\n\n'.length)}`,
  },
  {
    name: 'many locks in one function',
    usual: 600,
    text: (count) =>
      `package p\n\nimport "sync"\n\n${file(`type T struct {\n${lines(count, (i) => `\tm${i} sync.Mutex\n`)}}\n`, `func (t *T) f(a bool) error {\n${lines(count, (i) => `\tt.m${i}.Lock()\n\tif a { return nil }\n\tt.m${i}.Unlock()\n`)}\treturn nil\n}\n`).slice('package p\n\n'.length)}`,
  },
  {
    name: 'wait groups that add and wait',
    usual: 500,
    text: (count) =>
      `package p\n\nimport "sync"\n\nfunc f(a bool) {\n\tvar wg sync.WaitGroup\n\tc := make(chan int)\n${lines(count, (i) => `\twg.Add(1)\n\tgo func() { defer wg.Done(); if a { return }; c <- ${i} }()\n`)}\twg.Wait()\n}\n`,
  },
  {
    name: 'contexts from contexts',
    usual: 1000,
    text: (count) =>
      `package p\n\nimport "context"\n\nfunc f(ctx context.Context, a bool) {\n${lines(count, (i) => `\tctx, cancel${i} := context.WithCancel(ctx)\n\tif a { return }\n\tdefer cancel${i}()\n`)}\tgo func() { <-ctx.Done() }()\n}\n`,
  },
  {
    name: 'tickers in a row',
    usual: 1000,
    text: (count) =>
      `package p\n\nimport "time"\n\nfunc f(a bool) {\n${lines(count, (i) => `\tt${i} := time.NewTicker(1)\n\tif a { return }\n\t<-t${i}.C\n`)}}\n`,
  },
  {
    name: 'bodies that are not closed',
    usual: 600,
    text: (count) =>
      `package p\n\nimport "net/http"\n\nfunc f(a bool) error {\n${lines(count, (i) => `\tr${i}, err := http.Get("x")\n\tif err != nil { return err }\n\tif a { return nil }\n\t_ = r${i}\n`)}\treturn nil\n}\n`,
  },
  {
    name: 'bodies in branches',
    usual: 200,
    text: (count) =>
      `package p\n\nimport "net/http"\n\nfunc f(a []bool) error {\n\tr, err := http.Get("x")\n\tif err != nil { return err }\n${lines(count, (i) => `\tif a[${i}] { r.Body.Close() } else if a[${i + 1}] { return nil }\n`)}\treturn nil\n}\n`,
  },
  {
    name: 'labels and jumps back and forth',
    usual: 1500,
    text: (count) =>
      file(
        `func f(n int) { c := make(chan int); go func() { c <- 1 }()\n${lines(count, (i) => `L${i}:\n\tfor { if n == ${i} { continue L${i} }; if n > ${i} { break L${i} }; goto L${count - 1 - i} }\n`)}}\n`,
      ),
  },
  {
    name: 'three thousand nested blocks with a send',
    usual: 3000,
    text: (count) =>
      file(`func f() { c := make(chan int); ${'{'.repeat(count)} go func() { c <- 1 }() ${'}'.repeat(count)} }\n`),
  },
  {
    name: 'names that are shadowed in blocks',
    usual: 1000,
    text: (count) =>
      file(
        `func f() { c := make(chan int)\n${'{ c := c; go func() { c <- 1 }()\n'.repeat(count)}${'}\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'literals called in literals',
    usual: 200,
    text: (count) =>
      file(
        `func f() { c := make(chan int)\n${'func() {\n'.repeat(count)}go func() { c <- 1 }()\n${'}()\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'literals returned by literals',
    usual: 200,
    text: (count) =>
      file(
        `func f() any { c := make(chan int)\n${'return func() any {\n'.repeat(count)}go func() { c <- 1 }(); return nil\n${'}\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'goroutines in a nest of loops and literals',
    usual: 60,
    text: (count) =>
      file(
        `func f(xs []int) { c := make(chan int)\n${lines(count, () => 'for range xs { go func() {\n')}c <- 1\n${'}() }\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'iterators in iterators',
    usual: 60,
    text: (count) =>
      file(
        'func it(yield func(int) bool) { for yield(1) {} }\n',
        `func f() { c := make(chan int)\n${'for range it {\n'.repeat(count)}go func() { c <- 1 }()\n${'}\n'.repeat(count)}}\n`,
      ),
  },
  {
    name: 'assignments among many variables',
    usual: 3000,
    text: (count) =>
      file(
        `func f(a bool) {\n\tc0 := make(chan int)\n${lines(count, (i) => `\tvar c${i + 1} chan int\n\tif a { c${i + 1} = c${i} }\n`)}\tgo func() { c${count} <- 1 }()\n}\n`,
      ),
  },
  {
    name: 'channels sent over channels',
    usual: 300,
    text: (count) =>
      file(
        `func f() {\n${lines(count, (i) => `\tc${i} := make(${'chan '.repeat(Math.min(i, 40))}chan int, 1)\n`)}${lines(count - 1, (i) => `\tgo func() { c${i + 1} <- c${i} }()\n`)}}\n`,
      ),
  },
  {
    name: 'channels in a ring',
    usual: 400,
    text: (count) =>
      file(
        `func f() {\n${lines(count, (i) => `\tc${i} := make(chan int)\n`)}${lines(count, (i) => `\tgo func() { v := <-c${i}; c${(i + 1) % count} <- v }()\n`)}}\n`,
      ),
  },
  {
    name: 'pointers to pointers',
    usual: 1000,
    text: (count) =>
      file(
        `func f() {\n\tp0 := make(chan int)\n${lines(count, (i) => `\tp${i + 1} := &p${i}\n`)}\tgo func() { ${'*'.repeat(count)}p${count} <- 1 }()\n}\n`,
      ),
  },
  {
    name: 'functions that hand on functions',
    usual: 800,
    text: (count) =>
      file(
        lines(
          count,
          (i) => `func h${i}(g func()) { ${i + 1 < count ? `h${i + 1}(func() { g(); g() })` : 'go g()'} }\n`,
        ),
        'func f() { c := make(chan int); h0(func() { c <- 1 }) }\n',
      ),
  },
  {
    name: 'functions that call all later ones',
    usual: 150,
    text: (count) =>
      file(
        lines(
          count,
          (i) => `func h${i}(c chan int) { ${lines(count - i - 1, (j) => `h${i + j + 1}(c); `)} c <- ${i} }\n`,
        ),
        'func f() { c := make(chan int); go h0(c) }\n',
      ),
  },
  {
    name: 'entries that share one chain',
    usual: 400,
    text: (count) =>
      file(
        lines(
          count,
          (i) =>
            `func h${i}(c chan int) { ${i + 1 < count ? `h${i + 1}(c)` : 'c <- 1'} }\nfunc e${i}() { c := make(chan int); go h${i}(c) }\n`,
        ),
      ),
  },
  {
    name: 'callbacks that are registered',
    usual: 800,
    text: (count) =>
      file(
        'var hooks []func()\nfunc on(g func()) { hooks = append(hooks, g) }\nfunc fire() { for _, h := range hooks { go h() } }\n',
        lines(count, (i) => `func e${i}() { c := make(chan int); on(func() { c <- ${i} }) }\n`),
      ),
  },
];

/** Texts that are no code. */
const texts: readonly GoInput[] = [
  { name: 'a long comment on one line', usual: 4_500_000, text: (count) => file(`// ${'x '.repeat(count / 2)}`) },
  { name: 'a comment without an end', usual: 1_000_000, text: (count) => file(`/* ${'x/*'.repeat(count / 3)}`) },
  { name: 'many short comments', usual: 200_000, text: (count) => file('/**/'.repeat(count)) },
  {
    name: 'a raw string of tokens',
    usual: 1_000_000,
    text: (count) => file(`var x = \`${'func go { c <- '.repeat(count / 15)}\`\n`),
  },
  { name: 'a string without an end', usual: 500_000, text: (count) => file(`var x = "${'\\"'.repeat(count / 2)}\n`) },
  { name: 'quotes that open and close', usual: 300_000, text: (count) => file(`var x = ${'"`'.repeat(count / 2)}\n`) },
  { name: 'braces that are not closed', usual: 100_000, text: (count) => file(`func f() ${'{'.repeat(count)}\n`) },
  {
    name: 'parentheses that are not closed',
    usual: 100_000,
    text: (count) => file(`func f() { x${'('.repeat(count)}\n`),
  },
  { name: 'brackets that are not closed', usual: 100_000, text: (count) => file(`func f() { x${'['.repeat(count)}\n`) },
  {
    name: 'generic brackets that are ambiguous',
    usual: 20_000,
    text: (count) => file(`func f() { x := ${'a[b, '.repeat(count)}c${']'.repeat(count)} }\n`),
  },
  {
    name: 'calls of generics that are ambiguous',
    usual: 5000,
    text: (count) => file(`func f() { ${'g[int](func() { '.repeat(count)}${'})'.repeat(count)} }\n`),
  },
  {
    name: 'composite literals that are ambiguous',
    usual: 3000,
    text: (count) => file(`func f() { if ${'x == T{'.repeat(count)}${'}'.repeat(count)} {} }\n`),
  },
  {
    name: 'conversions that are ambiguous',
    usual: 3000,
    text: (count) => file(`func f() { ${'(*T)('.repeat(count)}x${')'.repeat(count)} }\n`),
  },
  { name: 'semicolons', usual: 500_000, text: (count) => file(`func f() { ${';'.repeat(count)} }\n`) },
  { name: 'empty lines', usual: 2_000_000, text: (count) => file('\n'.repeat(count)) },
  { name: 'carriage returns', usual: 500_000, text: (count) => file('\r'.repeat(count)) },
  { name: 'line separators', usual: 300_000, text: (count) => file(`// ${'\u2028'.repeat(count)}`) },
  { name: 'null characters', usual: 300_000, text: (count) => file('\0'.repeat(count)) },
  { name: 'byte order marks', usual: 300_000, text: (count) => file('\uFEFF'.repeat(count)) },
  {
    name: 'a name of a million letters',
    usual: 1_000_000,
    text: (count) =>
      file(`var ${'a'.repeat(count)} chan int\nfunc f() { go func() { ${'a'.repeat(count)} <- 1 }() }\n`),
  },
  {
    name: 'a number of a million digits',
    usual: 300_000,
    text: (count) =>
      file(`const n = ${'9'.repeat(count)}\nfunc f() { c := make(chan int, n); go func() { c <- 1 }() }\n`),
  },
  {
    name: 'a float of a large exponent',
    usual: 1,
    text: () => file('const n = 1e999999999\nfunc f() { c := make(chan int, n); go func() { c <- 1 }() }\n'),
  },
  {
    name: 'a message of a long expression',
    usual: 100_000,
    text: (count) => file(`func f(x []chan int) { go func() { x[${'1+'.repeat(count / 2)}1] <- 1 }() }\n`),
  },
  {
    name: 'imports',
    usual: 20_000,
    text: (count) => `package p\n\nimport (\n${lines(count, (i) => `\ta${i} "example.com/m${i}"\n`)})\n\n${leak}`,
  },
  {
    name: 'imports of one package',
    usual: 5000,
    text: (count) => `package p\n\n${lines(count, (i) => `import a${i} "m/p"\n`)}\n${leak}`,
  },
  {
    name: 'build constraints',
    usual: 5000,
    text: (count) => `//go:build ${'('.repeat(count)}linux${')'.repeat(count)}\n\n${file('')}`,
  },
  {
    name: 'negated build constraints',
    usual: 50_000,
    text: (count) => `//go:build ${'!'.repeat(count * 2)}linux\n\n${file('')}`,
  },
  {
    name: 'a build constraint of many parts',
    usual: 20_000,
    text: (count) => `//go:build linux${' && !a || b'.repeat(count)}\n\n${file('')}`,
  },
  {
    name: 'many build constraints',
    usual: 20_000,
    text: (count) => `${'// +build linux\n'.repeat(count)}\n${file('')}`,
  },
  {
    name: 'functions without a body',
    usual: 30_000,
    text: (count) => file(lines(count, (i) => `func f${i}(c chan int)\n`)),
  },
  {
    name: 'functions of one name',
    usual: 2000,
    text: (count) => file(lines(count, (i) => `func f(c chan int) { go func() { c <- ${i} }() }\n`)),
  },
  {
    name: 'a go statement in each of many functions',
    usual: 6000,
    text: (count) => file(lines(count, (i) => `func f${i}(c chan int) { go func() { c <- ${i} }() }\n`)),
  },
  {
    name: 'one line of many functions',
    usual: 3000,
    text: (count) => file(lines(count, (i) => `func f${i}() { c := make(chan int); go func() { c <- ${i} }() };`)),
  },
  {
    name: 'many warnings',
    usual: 3000,
    text: (count) =>
      `package p\n\nimport "time"\n\nfunc f() {\n${lines(count, () => '\tgo func() { for { time.Sleep(1) } }()\n')}}\n`,
  },
  {
    name: 'suppressions of a hundred kilobytes',
    usual: 2500,
    text: (count) => file(lines(count, (i) => `//goplumber:ignore-file unreceived-send reason ${i}\n`)),
  },
  {
    name: 'bad directives',
    usual: 5000,
    text: (count) => file(lines(count, (i) => `//goplumber:${'x'.repeat(i % 20)} ${i}\n`)),
  },
  {
    name: 'deep comments in arguments',
    usual: 3000,
    text: (count) => file(`func f(c chan int) { go func() { c <- g(${'/* a */ 1, // b\n'.repeat(count)}1) }() }\n`),
  },
];

export const moreGoInputs: readonly GoInput[] = [...types, ...values, ...statements, ...texts];
