import { describe, expect, test } from 'vitest';
import type { File, Node } from '../../src/go/ast.ts';
import { maxFileLength, parseFile } from '../../src/go/file.ts';
import { maxSyntaxDepth } from '../../src/go/parser/flat-tree.ts';
import { children, inspect, walk } from '../../src/go/walk.ts';
import { allOf, func, goPackage } from './snippets.ts';

function parse(text: string): File {
  return parseFile({ path: 'a.go', text });
}

/** Touches everything, and says which functions have a body. */
function bodies(file: File): readonly string[] {
  const names: string[] = [];
  for (const decl of file.decls) {
    walk(decl, (node) => children(node));
    if (decl.kind === 'FuncDecl')
      names.push(
        `${decl.name.name}${decl.body ? '' : ' without body'}${decl.broken ? ` (${decl.broken.reason})` : ''}`,
      );
  }
  return names;
}

describe('broken text', () => {
  test('a function with a syntax error has no body and a reason; the others are whole', () => {
    const file = parse('package p\nfunc a() { go b() }\nfunc b() {\n  x := := 1\n}\nfunc c() { <-ch }\n');
    expect(bodies(file)).toEqual(['a', 'b without body (syntax error on line 4)', 'c']);
    expect(file.broken).toEqual([{ range: { start: 30, end: 54 }, reason: 'syntax error on line 4' }]);
  });

  test('a declaration with a syntax error is a BadDecl', () => {
    const file = parse('package p\nvar x = [1\nfunc a() {}\n');
    expect(file.broken.length).toBeGreaterThan(0);
    expect(file.decls.some((decl) => decl.kind === 'BadDecl')).toBe(true);
  });

  test('a statement outside a function is reported', () => {
    const file = parse('package p\nx := 1\nfunc a() {}\n');
    expect(file.broken.map((part) => part.reason)).toEqual(['statement outside a function on line 2']);
    expect(bodies(file)).toEqual(['a']);
  });

  test.each([
    ['nothing', ''],
    ['no Go at all', '<html>{{(((('],
    ['a NUL byte', 'package p\nfunc a() { x := "\0" }\0\nfunc b() {}\n'],
    ['replacement characters', 'package p\n// \uFFFD\nfunc a() { x := "\uFFFD" }\n'],
    ['lone surrogates', 'package p\nfunc a() { x := "\uD800" }\n'],
    ['an unterminated comment', 'package p\nfunc a() {} /* '],
    ['an unterminated string', 'package p\nvar x = `abc'],
    ['only a byte order mark', '\uFEFF'],
  ])('%s', (_name, text) => {
    const file = parse(text);
    expect(() => [bodies(file), file.comments, file.broken, file.imports]).not.toThrow();
  });

  test('replacement characters in strings and comments are no error', () => {
    expect(parse('package p\n// \uFFFD\nfunc a() { x := "\uFFFD" }\n').broken).toEqual([]);
  });
});

describe('hostile text', () => {
  const nested = 100_000;
  const inFunction = (body: string) => `package p\nfunc a() {\n${body}\n}\nfunc b() { go a() }\n`;

  test.each([
    ['parentheses', `x = ${'('.repeat(nested)}1${')'.repeat(nested)}`],
    ['operators', `x = ${'!'.repeat(nested)}y`],
    ['sums', `x = 1${' + 1'.repeat(nested)}`],
    ['blocks', '{'.repeat(nested) + '}'.repeat(nested)],
    ['types', `var x ${'[]'.repeat(nested)}int`],
    ['channels', `var x ${'chan '.repeat(nested)}int`],
    ['calls', `x${'()'.repeat(nested)}`],
    ['selectors', `x = y${'.z'.repeat(nested)}`],
    ['else branches', `if x {}${' else if x {}'.repeat(nested / 10)}`],
  ])('%s nested 100,000 times become a BadExpr or BadStmt', (_name, body) => {
    const file = parse(inFunction(body));
    expect(file.broken).toEqual([]);
    let depth = 0;
    let deepest = 0;
    let bad = 0;
    for (const decl of file.decls) {
      inspect(decl, (node) => {
        depth += node ? 1 : -1;
        deepest = Math.max(deepest, depth);
        if (node?.kind === 'BadExpr' || node?.kind === 'BadStmt') bad++;
        return node !== undefined;
      });
    }
    expect(bad).toBeGreaterThan(0);
    expect(deepest).toBeLessThan(2 * maxSyntaxDepth);
    const pkg = goPackage(file.text);
    expect(pkg.goroutineStarts).toHaveLength(1);
    for (const ident of allOf(pkg, 'Ident')) pkg.bindingOf(ident);
    for (const call of allOf(pkg, 'CallExpr')) pkg.calleeOf(call);
  });

  test.each([
    ['open brackets', `x = ${'('.repeat(nested)}`],
    ['open composite literals', `x = T${'{'.repeat(nested)}`],
    ['ambiguous function types', `x = ${'func()x='.repeat(20_000)}`],
    ['mixed brackets', Array.from({ length: 50_000 }, (_, i) => '({[<*!&x,.:;'[(i * 7919) % 12]).join('')],
  ])(
    '%s end in a reason',
    (_name, body) => {
      const file = parse(inFunction(body));
      expect(file.broken.length).toBeGreaterThan(0);
      bodies(file);
    },
    180_000,
  );

  test('a file over the limit is not parsed', () => {
    const file = parse(`package p\n${'var x = 1\n'.repeat(maxFileLength / 10)}`);
    expect(file.decls).toEqual([]);
    expect(file.broken.map((part) => part.reason)).toEqual([`the file is larger than ${maxFileLength} characters`]);
  });

  test('comments are found in linear time', () => {
    for (const text of ['/*'.repeat(500_000), '"'.repeat(500_000), '`'.repeat(500_001), '\\"'.repeat(500_000)])
      parse(text).comments;
    expect(
      parse('x "/* no */" `// no` \'/\' // yes\n/* yes */ "\\"// no"').comments.map((comment) => comment.text),
    ).toEqual(['// yes', '/* yes */']);
  });
});

describe('text', () => {
  test('ranges are UTF-16 offsets, whatever stands before', () => {
    const text = 'package p\n// é 漢 😀\nvar ß = "😀"\nfunc größe() { s := "é😀"; go größe(); _ = s }\n';
    const file = parse(text);
    for (const decl of file.decls) {
      walk(decl, (node) => {
        if (node.kind === 'Ident') expect(text.slice(node.range.start, node.range.end)).toBe(node.name);
        if (node.kind === 'GoStmt') expect(text.slice(node.range.start, node.range.end)).toBe('go größe()');
      });
    }
    expect(file.comments.map((comment) => comment.text)).toEqual(['// é 漢 😀']);
    expect(bodies(file)).toEqual(['größe']);
  });

  test('a byte order mark and CRLF', () => {
    const text = '\uFEFFpackage p\r\n\r\n// Doc of a.\r\nfunc a() {\r\n\tx := 1 // one\r\n\t_ = x\r\n}\r\n';
    const file = parse(text);
    expect(file.packageName).toBe('p');
    expect(file.broken).toEqual([]);
    const [decl] = file.decls;
    expect(decl && file.lines.lineAt(decl.range.start)).toBe(4);
    expect(decl?.kind === 'FuncDecl' && decl.doc).toBe('Doc of a.');
    expect(file.comments.map((comment) => comment.text)).toEqual(['// Doc of a.', '// one']);
  });

  test('a text longer than the parser buffer', () => {
    const file = parse(
      `package p\n${Array.from({ length: 20_000 }, (_, i) => `func f${i}() { go f${i}() }\n`).join('')}`,
    );
    expect(file.broken).toEqual([]);
    expect(file.decls).toHaveLength(20_000);
    const last = file.decls.at(-1);
    expect(last?.kind === 'FuncDecl' && last.body?.list[0]?.kind).toBe('GoStmt');
  });
});

describe('headers', () => {
  test.each([
    ['// Code generated by x. DO NOT EDIT.\n\npackage p', true],
    ['// Copyright\n// Code generated by x. DO NOT EDIT.\r\npackage p', true],
    ['package p\n// Code generated by x. DO NOT EDIT.', false],
    ['/* Code generated by x. DO NOT EDIT. */\npackage p', false],
    ['// Code generated by x. DO NOT EDIT\npackage p', false],
    [' // Code generated by x. DO NOT EDIT.\npackage p', false],
  ])('%j generated: %s', (text, generated) => {
    expect(parse(text).generated).toBe(generated);
  });

  test.each([
    ['package main', 'main'],
    ['// c\n/* d */ package /* e */ x', 'x'],
    ['\n\npackage größe;', 'größe'],
    ['packagep', ''],
    ['func f() {}', ''],
  ])('%j is package %s', (text, name) => {
    expect(parse(text).packageName).toBe(name);
  });
});

test('a body is lowered once, and only when asked for', () => {
  const pkg = goPackage('func f() { a() }\nfunc g()\n// Doc\n//\n// more\n//go:noinline\nfunc (t *T) h() {}');
  const f = func(pkg, 'f');
  expect(pkg.files[0]?.text.slice(f.bodyRange?.start, f.bodyRange?.end)).toBe('{ a() }');
  expect(f.body).toBe(f.body);
  expect(func(pkg, 'g').body).toBeUndefined();
  expect(func(pkg, 'g').recv).toBeUndefined();
  expect(func(pkg, 'h').recv?.names[0]?.name).toBe('t');
  expect(func(pkg, 'h').doc).toBe('Doc\n\nmore');
});

test('walk leaves out the children of a node for which it is told so', () => {
  const pkg = goPackage('func f() { a(func() { b() }); c() }');
  const seen: string[] = [];
  walk(func(pkg, 'f'), (node: Node) => {
    if (node.kind === 'FuncLit') return false;
    if (node.kind === 'Ident') seen.push(node.name);
    return true;
  });
  expect(seen).toEqual(['f', 'a', 'c']);
});
