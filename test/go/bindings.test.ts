import { describe, expect, test } from 'vitest';
import { allOf, goPackage, identAt, sourceOf } from './snippets.ts';

/** For each identifier of a name: the kind of its binding and the line of its declaration. */
function declared(text: string | readonly string[], name: string): readonly string[] {
  const pkg = goPackage(text);
  return allOf(pkg, 'Ident')
    .filter((ident) => ident.name === name)
    .map((ident) => {
      const binding = pkg.bindingOf(ident);
      if (!binding) return 'none';
      const line = binding.ident && binding.file ? `:${binding.file.lines.lineAt(binding.ident.range.start)}` : '';
      return `${binding.kind}${line}`;
    });
}

describe('scopes', () => {
  test('a short declaration reuses what its own block declares and shadows the rest', () => {
    const text =
      'func f() {\n  x := 1\n  x, y := 2, 3\n  if x, z := y, 4; x > z {\n    x := x\n    _ = x\n  } else {\n    x = 1\n  }\n  _ = x\n}';
    expect(declared(text, 'x')).toEqual([
      'var:3',
      'var:3',
      'var:5',
      'var:5',
      'var:6',
      'var:5',
      'var:6',
      'var:5',
      'var:3',
    ]);
  });

  test('parameters belong to the block of the body', () => {
    expect(declared('func f(a int) (b error) {\n  a, c := 1, 2\n  b = nil\n  _ = c\n  return\n}', 'a')).toEqual([
      'param:2',
      'param:2',
    ]);
    expect(declared('func f(a int) (b error) {\n  b = nil\n  return\n}', 'b')).toEqual(['result:2', 'result:2']);
  });

  test('loop variables, clauses and comm clauses have blocks of their own', () => {
    const text =
      'func f(c chan int) {\n  for i := 0; i < 3; i++ {\n  }\n  for i := range c {\n    _ = i\n  }\n  select {\n  case i := <-c:\n    _ = i\n  default:\n  }\n  switch i := 1; {\n  case i > 0:\n    i := 2\n    _ = i\n  }\n}';
    expect(declared(text, 'i')).toEqual([
      'var:3',
      'var:3',
      'var:3',
      'var:5',
      'var:5',
      'var:9',
      'var:9',
      'var:13',
      'var:13',
      'var:15',
      'var:15',
    ]);
  });

  test('a type switch declares its name once per clause', () => {
    const pkg = goPackage(
      'func f(x any) {\n  switch v := x.(type) {\n  case int:\n    _ = v\n  case string:\n    _ = v\n  }\n}',
    );
    const first = pkg.bindingOf(identAt(pkg, 'v', 1));
    const second = pkg.bindingOf(identAt(pkg, 'v', 2));
    expect(first).toBeDefined();
    expect(first).not.toBe(second);
    expect(pkg.typeOfBinding(first ?? fail())).toEqual({ kind: 'basic', name: 'int' });
    expect(pkg.typeOfBinding(second ?? fail())).toEqual({ kind: 'basic', name: 'string' });
  });

  test('the right side is resolved before the left side is declared', () => {
    expect(declared('var x = 1\nfunc f() {\n  x := x\n  _ = x\n}', 'x')).toEqual(['var:2', 'var:4', 'var:2', 'var:4']);
  });

  test('a function literal sees its surroundings; its parameters hide them', () => {
    const pkg = goPackage('func f(a, b int) {\n  go func(a int) {\n    _ = a + b\n  }(a)\n}');
    const [outer, inner, innerUse, arg] = [0, 1, 2, 3].map((n) => pkg.bindingOf(identAt(pkg, 'a', n)));
    expect(innerUse).toBe(inner);
    expect(arg).toBe(outer);
    expect(inner).not.toBe(outer);
    expect(inner?.func?.kind).toBe('FuncLit');
    expect(outer?.func?.kind).toBe('FuncDecl');
  });

  test('local types see themselves, and type parameters their function', () => {
    expect(
      declared('func f[T any](x T) {\n  type node struct{ next *node; v T }\n  var n node\n  _ = n\n}', 'T'),
    ).toEqual(['typeParam:2', 'typeParam:2', 'typeParam:2']);
    expect(declared('func f() {\n  type node struct{ next *node }\n  var n node\n  _ = n\n}', 'node')).toEqual([
      'type:3',
      'type:3',
      'type:3',
    ]);
    expect(declared('type L[E any] struct{ v E }\nfunc (l *L[E]) get() E {\n  return l.v\n}', 'E')).toEqual([
      'typeParam:2',
      'typeParam:2',
      'typeParam:3',
      'typeParam:3',
    ]);
  });

  test('labels have a name space of their own and may be used before they stand', () => {
    expect(declared('func f(L int) {\n  goto L\nL:\n  for {\n    break L\n  }\n  _ = L\n}', 'L')).toEqual([
      'param:2',
      'label:4',
      'label:4',
      'label:4',
      'param:2',
    ]);
  });

  test('builtins may be shadowed', () => {
    const text = 'func f(c chan int) {\n  close(c)\n  close := func(int) {}\n  close(1)\n}';
    expect(declared(text, 'close')).toEqual(['builtin', 'var:4', 'var:4']);
  });

  test('package-level names are shared by the files, in any order', () => {
    expect(declared(['func f() { g(); v++ }', 'var v int\nfunc g() {}\nfunc init() { f() }'], 'g')).toEqual([
      'func:3',
      'func:3',
    ]);
    expect(declared(['func f() { g(); v++ }', 'var v int\nfunc g() {}'], 'v')).toEqual(['var:2', 'var:2']);
  });
});

describe('imports', () => {
  test.each([
    ['import "sync"', 'sync', 'sync'],
    ['import x "a/b"', 'x', 'a/b'],
    ['import "math/rand/v2"', 'rand', 'math/rand/v2'],
    ['import "gopkg.in/yaml.v3"', 'yaml', 'gopkg.in/yaml.v3'],
    ['import "github.com/mattn/go-sqlite3"', 'sqlite3', 'github.com/mattn/go-sqlite3'],
    ['import "github.com/nats-io/nats.go"', 'nats', 'github.com/nats-io/nats.go'],
    ['import "github.com/acme/kit-go/v2"', 'kit', 'github.com/acme/kit-go/v2'],
  ])('%s', (line, name, path) => {
    const pkg = goPackage(`package p\n${line}\nfunc f() { ${name}.F() }`);
    expect(pkg.bindingOf(identAt(pkg, name))?.importPath).toBe(path);
    expect(pkg.calleeOf(allOf(pkg, 'CallExpr')[0] ?? fail())).toEqual({ kind: 'external', path, name: 'F' });
  });

  test('a local name hides the package', () => {
    const pkg = goPackage('package p\nimport "sync"\nfunc f(sync T) { sync.F() }\ntype T struct{}\nfunc (T) F() {}');
    expect(pkg.bindingOf(identAt(pkg, 'sync', 1))?.kind).toBe('param');
    expect(pkg.calleeOf(allOf(pkg, 'CallExpr')[0] ?? fail()).kind).toBe('method');
  });

  test('a package-level name beats a guessed import name, not a written one', () => {
    expect(declared('package p\nimport "x/foo"\nvar foo int\nvar _ = foo', 'foo')).toEqual(['var:3', 'var:3']);
  });

  test('dot and blank imports declare no name; unknown names stay unresolved', () => {
    const pkg = goPackage('package p\nimport . "x/foo"\nimport _ "y/bar"\nfunc f() { foo.A(); bar.B(); C() }');
    for (const name of ['foo', 'bar', 'C']) expect(pkg.bindingOf(identAt(pkg, name)), name).toBeUndefined();
  });
});

describe('uses', () => {
  test('of a local variable, in source order and without its declaration', () => {
    const pkg = goPackage('func f() {\n  c := make(chan int)\n  go func() { c <- 1 }()\n  <-c\n}');
    const binding = pkg.bindingOf(identAt(pkg, 'c')) ?? fail();
    expect(pkg.usesOf(binding).map((use) => pkg.fileOf(use).lines.lineAt(use.range.start))).toEqual([4, 5]);
  });

  test('of a package-level variable across files', () => {
    const pkg = goPackage([
      'var done = make(chan struct{})',
      'func f() { close(done) }\nfunc g(done int) { _ = done }',
    ]);
    const binding = pkg.bindingOf(identAt(pkg, 'done')) ?? fail();
    expect(pkg.usesOf(binding)).toHaveLength(1);
  });

  test("a struct literal's key is a field, a map literal's key a use", () => {
    const pkg = goPackage(
      'type T struct{ k int }\nfunc f(k int) any {\n  _ = map[int]int{k: 1}\n  _ = []T{{k: 2}}\n  return &T{k: k}\n}',
    );
    const param = pkg.bindingOf(identAt(pkg, 'k', 1)) ?? fail();
    expect(pkg.usesOf(param)).toEqual([identAt(pkg, 'k', 2), identAt(pkg, 'k', 5)]);
    expect([3, 4].map((n) => pkg.bindingOf(identAt(pkg, 'k', n))?.kind)).toEqual(['field', 'field']);
    const field = pkg.bindingOf(identAt(pkg, 'k', 3));
    expect(field).toBe(pkg.bindingOf(identAt(pkg, 'k', 0)));
  });

  test('of a field and of a method', () => {
    const pkg = goPackage(
      'type T struct{ n int }\nfunc (t *T) inc() { t.n++ }\nfunc f(t *T) { t.inc(); g := t.inc; g(); _ = t.n }',
    );
    const field = pkg.bindingOf(identAt(pkg, 'n', 1)) ?? fail();
    expect(pkg.usesOf(field)).toHaveLength(2);
    const method = pkg.bindingOf(identAt(pkg, 'inc', 1)) ?? fail();
    expect(method.kind).toBe('func');
    expect(pkg.usesOf(method)).toHaveLength(2);
  });
});

test('parents, enclosing functions and files of nodes', () => {
  const pkg = goPackage(['var x = func() { a() }', 'func f() { defer func() { b() }() }\nfunc a() {}\nfunc b() {}']);
  const [a, , b] = allOf(pkg, 'CallExpr');
  expect(sourceOf(pkg, pkg.parentOf(a ?? fail()) ?? fail())).toBe('a()');
  expect(pkg.enclosing(a ?? fail()).func).toBeUndefined();
  expect(pkg.enclosing(a ?? fail()).inner?.kind).toBe('FuncLit');
  expect(pkg.enclosing(b ?? fail()).func?.name.name).toBe('f');
  expect(pkg.fileOf(b ?? fail()).path).toBe('p/file1.go');
  expect(() => pkg.fileOf({ ...(b ?? fail()) })).toThrow('not part of package');
});

function fail(): never {
  throw new Error('nothing found');
}
