/**
 * Go sources of at most about 100 KB that once took minutes, gigabytes, or for ever. Each is one of a kind: the size is
 * a parameter, so that others of the kind can be tried.
 */

export interface GoInput {
  readonly name: string;
  /** The source with so many parts; `usual` is how many once hurt. */
  readonly text: (count: number) => string;
  readonly usual: number;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** One entry a kind. */
export const goInputs: readonly GoInput[] = [
  {
    name: 'a function that starts itself',
    usual: 2,
    text: (count) => `package p\n\nfunc f(c chan int) {\n${lines(count, () => '\tgo f(c)\n')}\tc <- 1\n}\n`,
  },
  {
    name: 'a loop that starts its own function until a context ends',
    usual: 1,
    text: (count) =>
      `package p\n\nimport "context"\n\nfunc f(ctx context.Context) {\n\tgo f(ctx)\n\tfor ctx.Err() == nil {\n\t\tc := make(chan int)\n${lines(count, () => '\t\tgo f(ctx)\n')}\t\t<-c\n\t}\n}\n`,
  },
  {
    name: 'functions that start each other',
    usual: 900,
    text: (count) =>
      `package p\n\n${lines(count, (i) => `func f${i}(c chan int) {\n\tgo f${(i + 1) % count}(c)\n\tgo f${(i * 7) % count}(c)\n\tc <- 1\n}\n`)}`,
  },
  {
    name: 'literals that start each other',
    usual: 3,
    text: (count) =>
      `package p\n\nfunc f() {\n\tvar g func()\n\tc := make(chan int)\n\tg = func() {\n${lines(count, () => '\t\tgo g()\n')}\t\tc <- 1\n\t}\n\tg()\n}\n`,
  },
  {
    name: 'a chain of functions',
    usual: 1300,
    text: (count) =>
      `package p\n\n${lines(count, (i) => `func f${i}(c chan int) { ${i + 1 === count ? 'c <- 1' : `go f${i + 1}(c)`} }\n`)}func start() { f0(make(chan int)) }\n`,
  },
  {
    name: 'a chain of functions that call twice',
    usual: 60,
    text: (count) =>
      `package p\n\n${lines(count, (i) => `func f${i}(c chan int) { ${i + 1 === count ? 'c <- 1' : `f${i + 1}(c); f${i + 1}(c)`} }\n`)}func start() { c := make(chan int); go f0(c) }\n`,
  },
  {
    name: 'constants that double',
    usual: 3000,
    text: (count) =>
      `package p\n\nconst c0 = 1\n${lines(count, (i) => `const c${i + 1} = c${i} + c${i}\n`)}\nfunc f() {\n\tc := make(chan int, c${count})\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'strings that double',
    usual: 30,
    text: (count) =>
      `package p\n\nconst s0 = "abcdefghij"\n${lines(count, (i) => `const s${i + 1} = s${i} + s${i}\n`)}\nfunc f() {\n\tc := make(chan int)\n\tgo func() { if s${count} == s${count - 1} { c <- 1 } }()\n}\n`,
  },
  {
    name: 'a constant of one long sum',
    usual: 8000,
    text: (count) =>
      `package p\n\nconst n = 1${' + 1'.repeat(count)}\n\nfunc f() {\n\tc := make(chan int, n)\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'repeated specifications of iota',
    usual: 5000,
    text: (count) =>
      `package p\n\nconst (\n\tk0 = iota + k\n${lines(count, (i) => `\tk${i + 1}\n`)})\nconst k = 1\n\nfunc f() {\n\tc := make(chan int, k${count})\n${lines(30, (i) => `\tif k${i} > 3 { c <- k${i} }\n`)}\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'types that double',
    usual: 200,
    text: (count) =>
      `package p\n\ntype T0 struct{ c chan int }\n${lines(count, (i) => `type T${i + 1} struct{ T${i}; x T${i}; f map[T${i}]T${i} }\n`)}\nfunc f(t *T${count}) {\n\tgo func() { t.c <- 1 }()\n\tt.missing()\n}\n`,
  },
  {
    name: 'types in a circle',
    usual: 500,
    text: (count) =>
      `package p\n\n${lines(count, (i) => `type T${i} struct { *T${(i + 1) % count}; *T${(i * 3 + 1) % count} }\n`)}\nfunc f(t *T0) {\n\tgo func() { t.c <- 1; t.m() }()\n}\n`,
  },
  {
    name: 'a switch of many cases with a send each',
    usual: 5000,
    text: (count) =>
      `package p\n\nfunc f(n int) {\n\tc := make(chan int)\n\tgo func() {\n\t\tswitch n {\n${lines(count, (i) => `\t\tcase ${i}:\n\t\t\tc <- ${i}\n`)}\t\t}\n\t}()\n}\n`,
  },
  {
    name: 'a select of many cases',
    usual: 5000,
    text: (count) =>
      `package p\n\nfunc f(c chan int, d []chan int) {\n\tgo func() {\n\t\tselect {\n${lines(count, (i) => `\t\tcase c <- ${i}:\n\t\tcase <-d[${i}]:\n`)}\t\t}\n\t}()\n}\n`,
  },
  {
    name: 'many questions in a row',
    usual: 2000,
    text: (count) =>
      `package p\n\nfunc f(${lines(40, (i) => `a${i}, `)}z bool) {\n\tc := make(chan int)\n\tgo func() {\n${lines(count, (i) => `\t\tif a${i % 40} { c <- ${i} }\n`)}\t}()\n\t<-c\n}\n`,
  },
  {
    name: 'many leaks',
    usual: 700,
    text: (count) =>
      `package p\n\n${lines(count, (i) => `func f${i}() int {\n\tc := make(chan int)\n\tgo func() { c <- ${i} }()\n\tif g() { return 0 }\n\treturn <-c\n}\n`)}func g() bool\n`,
  },
  {
    name: 'many leaks in one function',
    usual: 700,
    text: (count) =>
      `package p\n\nfunc f() {\n${lines(count, (i) => `\tc${i} := make(chan int)\n\tgo func() { c${i} <- ${i} }()\n`)}}\n`,
  },
  {
    name: 'many goroutines in one function',
    usual: 1500,
    text: (count) =>
      `package p\n\nfunc f(c chan int) {\n${lines(count, (i) => `\tgo func() { c <- ${i}; <-c }()\n`)}}\n`,
  },
  {
    name: 'literals nested in literals',
    usual: 90,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n${'go func() {\n'.repeat(count)}c <- 1\n${'}()\n'.repeat(count)}}\n`,
  },
  {
    name: 'nested blocks',
    usual: 5000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n${'{'.repeat(count)}${'}'.repeat(count)}\n}\n`,
  },
  {
    name: 'nested loops',
    usual: 40,
    text: (count) =>
      `package p\n\nfunc f(c chan int) {\n${lines(count, (i) => `for i${i} := range c {\n`)}go func() { c <- 1 }()\n${'}'.repeat(count)}\n}\n`,
  },
  {
    name: 'nested parentheses',
    usual: 20_000,
    text: (count) => `package p\n\nvar x = ${'('.repeat(count)}1${')'.repeat(count)}\n`,
  },
  {
    name: 'a chain of calls on results',
    usual: 5000,
    text: (count) => `package p\n\nfunc f(c chan int) {\n\tgo func() { c <- 1 }()\n\tx${'.y()'.repeat(count)}\n}\n`,
  },
  {
    name: 'an ignore comment of unknown rules',
    usual: 15_000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n\t//goplumber:ignore ${lines(count, (i) => `r${i},`)} why\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'many ignore comments',
    usual: 3000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n${lines(count, () => '\t//goplumber:ignore unreceived-send why\n')}\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'an ignore comment of blanks',
    usual: 50_000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n\t//goplumber:ignore${' '.repeat(count)}\u2028x${'\t'.repeat(count)}\u2028\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'a nolint comment of commas',
    usual: 50_000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n\t//nolint:${' ,'.repeat(count)}\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'a reason of ninety thousand letters',
    usual: 90_000,
    text: (count) =>
      `package p\n\nfunc f() {\n\tc := make(chan int)\n\t//goplumber:ignore unreceived-send ${'`*_['.repeat(count / 4)}\n\tgo func() { c <- 1 }()\n}\n`,
  },
  {
    name: 'a struct whose fields are commented',
    usual: 3000,
    text: (count) =>
      `package p\n\ntype T struct {\n${lines(count, (i) => `\t// c${i} ${'closed '.repeat(3)}by nobody\n\tc${i} chan int\n`)}}\n\nfunc (t *T) run() {\n${lines(Math.min(count, 300), (i) => `\tgo func() { t.c${i} <- 1 }()\n`)}}\n`,
  },
  {
    name: 'many parameters and arguments',
    usual: 3000,
    text: (count) =>
      `package p\n\nfunc f(${lines(count, (i) => `c${i} chan int, `)}d int) {\n${lines(Math.min(count, 500), (i) => `\tgo func() { c${i} <- <-c${i + 1} }()\n`)}}\n`,
  },
  {
    name: 'many methods of one interface',
    usual: 1000,
    text: (count) =>
      `package p\n\ntype I interface{ Do(c chan int) }\n${lines(count, (i) => `type T${i} struct{}\nfunc (T${i}) Do(c chan int) { c <- ${i} }\n`)}\nfunc f(x I) {\n\tc := make(chan int)\n\tgo x.Do(c)\n}\n`,
  },
  {
    name: 'many assignments to one variable',
    usual: 3000,
    text: (count) =>
      `package p\n\nfunc f(n int) {\n\tvar g func()\n\tc := make(chan int)\n${lines(count, (i) => `\tif n == ${i} { g = func() { c <- ${i} } }\n`)}\tgo g()\n}\n`,
  },
  {
    name: 'many labels and jumps',
    usual: 2000,
    text: (count) =>
      `package p\n\nfunc f(c chan int, n int) {\n${lines(count, (i) => `L${i}:\n\tif n > ${i} { c <- 1; goto L${(i * 7) % count} }\n`)}}\n`,
  },
];
