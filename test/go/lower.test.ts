import { describe, expect, test } from 'vitest';
import type { Node } from '../../src/go/ast.ts';
import { children } from '../../src/go/walk.ts';
import { allOf, func, goPackage, sourceOf } from './snippets.ts';

/** The node as an S-expression of kinds; names and literals as they are. */
function shape(node: Node): string {
  if (node.kind === 'Ident') return node.name;
  if (node.kind === 'BasicLit') return node.value;
  const operator = 'op' in node ? ` ${node.op}` : 'tok' in node ? ` ${node.tok}` : '';
  const below = children(node).map(shape);
  return `(${[`${node.kind}${operator}`, ...below].join(' ')})`;
}

function statement(body: string): string {
  const pkg = goPackage(`func f() {\n${body}\n}`);
  expect(pkg.files[0]?.broken, body).toEqual([]);
  return (func(pkg, 'f').body?.list ?? []).map(shape).join(' ');
}

test.each([
  ['x := make(chan int, 3)', '(AssignStmt := x (CallExpr make (ChanType int) 3))'],
  ['x := new(3 + 4)', '(AssignStmt := x (CallExpr new (BinaryExpr + 3 4)))'],
  ['x := new(T)', '(AssignStmt := x (CallExpr new T))'],
  ['make(n - 1)', '(ExprStmt (CallExpr make (BinaryExpr - n 1)))'],
  ['f[int](x)', '(ExprStmt (CallExpr (IndexExpr f int) x))'],
  ['f[int, *T](x, y...)', '(ExprStmt (CallExpr (IndexExpr f int (StarExpr T)) x y))'],
  ['h[i](x)', '(ExprStmt (CallExpr (IndexExpr h i) x))'],
  ['p.F[q.T](x)', '(ExprStmt (CallExpr (IndexExpr (SelectorExpr p F) (SelectorExpr q T)) x))'],
  ['(*T)(x)', '(ExprStmt (CallExpr (ParenExpr (StarExpr T)) x))'],
  ['<-chan int(x)', '(ExprStmt (UnaryExpr <- (CallExpr (ChanType int) x)))'],
  ['(<-chan int)(x)', '(ExprStmt (CallExpr (ParenExpr (ChanType int)) x))'],
  ['x = T[int]{a: 1, {2}}', '(AssignStmt = x (CompositeLit (IndexExpr T int) (KeyValueExpr a 1) (CompositeLit 2)))'],
  ['x = [...]string{2: "a"}', '(AssignStmt = x (CompositeLit (ArrayType (Ellipsis) string) (KeyValueExpr 2 "a")))'],
  ['a[1:2:3]', '(ExprStmt (SliceExpr a 1 2 3))'],
  ['x.(func())()', '(ExprStmt (CallExpr (TypeAssertExpr x (FuncType))))'],
  ['c <- <-d', '(SendStmt c (UnaryExpr <- d))'],
  ['a, b = <-c, -d', '(AssignStmt = a b (UnaryExpr <- c) (UnaryExpr - d))'],
  ['x &^= 1', '(AssignStmt &^= x 1)'],
  ['x++', '(IncDecStmt ++ x)'],
  ['go func(a int) {}(1)', '(GoStmt (CallExpr (FuncLit (FuncType (Field a int)) (BlockStmt)) 1))'],
  ['defer s.mu.Unlock()', '(DeferStmt (CallExpr (SelectorExpr (SelectorExpr s mu) Unlock)))'],
  [
    'if err := g(); err != nil { return } else if x {} else {}',
    '(IfStmt (AssignStmt := err (CallExpr g)) (BinaryExpr != err nil) (BlockStmt (ReturnStmt)) (IfStmt x (BlockStmt) (BlockStmt)))',
  ],
  ['for {}', '(ForStmt (BlockStmt))'],
  ['for x {}', '(ForStmt x (BlockStmt))'],
  ['for i := 0; i < 3; i++ {}', '(ForStmt (AssignStmt := i 0) (BinaryExpr < i 3) (IncDecStmt ++ i) (BlockStmt))'],
  ['for ; ; {}', '(ForStmt (BlockStmt))'],
  ['for range 10 {}', '(RangeStmt 10 (BlockStmt))'],
  ['for k, v = range m {}', '(RangeStmt = k v m (BlockStmt))'],
  ['for range ch {}', '(RangeStmt ch (BlockStmt))'],
  [
    'switch x := g(); x { case 1, 2: a(); fallthrough; default: }',
    '(SwitchStmt (AssignStmt := x (CallExpr g)) x (CaseClause 1 2 (ExprStmt (CallExpr a)) (BranchStmt fallthrough)) (CaseClause))',
  ],
  ['switch { case a: }', '(SwitchStmt (CaseClause a))'],
  [
    'switch v := x.(type) { case nil, *T: case chan int: }',
    '(TypeSwitchStmt v x (CaseClause nil (StarExpr T)) (CaseClause (ChanType int)))',
  ],
  ['switch g(); x.(type) {}', '(TypeSwitchStmt (ExprStmt (CallExpr g)) x)'],
  [
    'select { case v, ok := <-c: case a[0] = <-c: case c <- 1: x() case <-d: default: }',
    '(SelectStmt (CommClause (AssignStmt := v ok (UnaryExpr <- c))) (CommClause (AssignStmt = (IndexExpr a 0) (UnaryExpr <- c))) (CommClause (SendStmt c 1) (ExprStmt (CallExpr x))) (CommClause (ExprStmt (UnaryExpr <- d))) (CommClause))',
  ],
  ['select {}', '(SelectStmt)'],
  [
    'L: for { break L; continue; goto L }',
    '(LabeledStmt L (ForStmt (BlockStmt (BranchStmt break L) (BranchStmt continue) (BranchStmt goto L))))',
  ],
  ['{\nL:\n}', '(BlockStmt (LabeledStmt L (EmptyStmt)))'],
  ['var a, b int = 1, 2', '(DeclStmt (GenDecl var (ValueSpec a b int 1 2)))'],
  [
    'type ( A[T any] = []T; B int )',
    '(DeclStmt (GenDecl type (TypeSpec A (Field T any) (ArrayType T)) (TypeSpec B int)))',
  ],
  ['const ( a = iota; b; )', '(DeclStmt (GenDecl const (ValueSpec a iota) (ValueSpec b)))'],
  [
    "x := 0x1p-2i + '\\n' + `r\n` + .5",
    "(AssignStmt := x (BinaryExpr + (BinaryExpr + (BinaryExpr + 0x1p-2i '\\n') `r\n`) .5))",
  ],
  ['return /* a */ x, // b\n y', '(ReturnStmt x y)'],
])('%s', (body, expected) => {
  expect(statement(body)).toBe(expected);
});

describe('declarations', () => {
  test.each([
    [
      'type T struct { a, b int `json:"x"`; *p.B; C[int]; f func(int, ...string) (x error) }',
      '(TypeSpec T (StructType (Field a b int) (Field (StarExpr (SelectorExpr p B))) (Field (IndexExpr C int)) (Field f (FuncType (Field int) (Field (Ellipsis string)) (Field x error)))))',
    ],
    [
      'type I interface { M(a int) error; E; ~int | string }',
      '(TypeSpec I (InterfaceType (Field M (FuncType (Field a int) (Field error))) (Field E) (Field (BinaryExpr | (UnaryExpr ~ int) string))))',
    ],
    ['type M map[string]chan<- <-chan int', '(TypeSpec M (MapType string (ChanType (ChanType int))))'],
    [
      'type F[K comparable, V any] func(K) V',
      '(TypeSpec F (Field K comparable) (Field V any) (FuncType (Field K) (Field V)))',
    ],
  ])('%s', (text, expected) => {
    const [spec] = allOf(goPackage(text), 'TypeSpec');
    expect(spec && shape(spec)).toBe(expected);
  });

  test('directions of channels, tags and ellipses are kept', () => {
    const pkg = goPackage(
      'type T struct { a chan int; b <-chan int "tag"; c chan<- int }\nfunc f(xs ...int) { f(xs...) ; f(1) }',
    );
    expect(allOf(pkg, 'ChanType').map((type) => type.dir)).toEqual(['both', 'recv', 'send']);
    expect(allOf(pkg, 'Field')[1]?.tag).toBe('"tag"');
    expect(allOf(pkg, 'CallExpr').map((call) => call.ellipsis)).toEqual([true, false]);
  });

  test('methods, results and imports', () => {
    const pkg = goPackage(
      'package p\nimport ( . "a"; _ "b/c"; x `d`; "e" )\nfunc (t *T[K]) M(a int, b, c string) (n int, err error) { return }',
    );
    expect(pkg.files[0]?.imports.map((spec) => [spec.name, spec.path])).toEqual([
      ['.', 'a'],
      ['_', 'b/c'],
      ['x', 'd'],
      [undefined, 'e'],
    ]);
    expect(shape(func(pkg, 'M').type)).toBe(
      '(FuncType (Field a int) (Field b c string) (Field n int) (Field err error))',
    );
    const recv = func(pkg, 'M').recv;
    expect(recv && shape(recv)).toBe('(Field t (StarExpr (IndexExpr T K)))');
  });

  test('every node lies inside its parent, and siblings are in source order', () => {
    const pkg = goPackage(
      'type T[K any] struct { a, b int; *B }\nvar x, y = func(a int) (b int) { for i := range 3 { go g(i, T{1: 2}...) }; return a }, <-c[1:2]\nfunc (t *T) f(x ...int) (int, error) { switch v := t.(type) { case int: } ; select { case a, ok := <-c: } }',
    );
    for (const node of [
      ...allOf(pkg, 'GenDecl'),
      ...allOf(pkg, 'CallExpr'),
      ...allOf(pkg, 'SelectStmt'),
      ...allOf(pkg, 'TypeSwitchStmt'),
    ]) {
      let last: number = node.range.start;
      for (const child of children(node)) {
        expect(child.range.start, `${child.kind} in ${node.kind} ${sourceOf(pkg, node)}`).toBeGreaterThanOrEqual(last);
        expect(child.range.end).toBeLessThanOrEqual(node.range.end);
        last = child.range.start;
      }
    }
  });
});
