import { describe, expect, it } from 'vitest';
import type { CallExpr, FuncDecl } from '../../src/go/ast.ts';
import { scanImports } from '../../src/go/import-scan.ts';
import { loadPackage } from '../../src/go/load.ts';
import { GoModule, type ImportedPackage } from '../../src/go/module.ts';
import { parseModuleFile } from '../../src/go/module-file.ts';
import { ModuleMap } from '../../src/go/module-map.ts';
import type { GoPackage } from '../../src/go/package.ts';
import { walk } from '../../src/go/walk.ts';

function imported(path: string, text: string, local = true): ImportedPackage {
  const dir = path.split('/').slice(1).join('/');
  return { path, dir, local, files: [{ path: `${dir}/a.go`, text }] };
}

function load(text: string, ...others: readonly ImportedPackage[]): GoPackage {
  const module = new GoModule(others);
  return loadPackage('use', [{ path: 'use/use.go', text }], { module, importPath: 'm/use' });
}

function callsIn(pkg: GoPackage, name: string): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  walk(pkg.funcs.get(name) as FuncDecl, (node) => {
    if (node.kind === 'CallExpr') calls.push(node);
    return true;
  });
  return calls;
}

const bus = imported(
  'm/bus',
  `package bus
import "m/event"
type Bus[T any] struct { base; Queue chan T }
type base struct { n int }
func (b *base) Close() {}
func New[T any](n int) *Bus[T] { return &Bus[T]{Queue: make(chan T, n)} }
func (b *Bus[T]) Publish(v T) { b.Queue <- v }
type Alias = event.Event
const Size = 4
`,
);
const event = imported('m/event', 'package event\ntype Event struct { Done chan struct{} }\n');

describe('a package and the packages that it imports', () => {
  const text = `package use
import "m/bus"
import "context"
func Run(a bus.Alias) { b := bus.New[int](bus.Size); b.Publish(1); b.Close(); _ = b.Queue; _ = a.Done; <-context.Background().Done() }
`;
  const pkg = load(text, bus, event);
  const [make, publish, close] = callsIn(pkg, 'Run');

  it('knows functions, methods and promoted methods of other packages, with their home', () => {
    const callees = [make, publish, close].map((call) => pkg.calleeOf(call as CallExpr));
    expect(callees.map((callee) => [callee.kind, 'decl' in callee && callee.decl.name.name])).toEqual([
      ['func', 'New'],
      ['method', 'Publish'],
      ['method', 'Close'],
    ]);
    expect(callees.map((callee) => ('home' in callee ? callee.home?.path : undefined))).toEqual([
      'm/bus',
      'm/bus',
      'm/bus',
    ]);
  });

  it('knows types through generics, aliases and several packages, and constants', () => {
    const types = [...text.matchAll(/_ = ([\w.]+)/g)].map(([, name]) => name);
    const found: string[] = [];
    walk(pkg.funcs.get('Run') as FuncDecl, (node) => {
      if (node.kind === 'SelectorExpr' && types.includes(text.slice(node.range.start, node.range.end)))
        found.push(JSON.stringify(pkg.typeOf(node)));
      return true;
    });
    expect(found[0]).toContain('"elem":{"kind":"basic","name":"int"}');
    expect(found[1]).toContain('"kind":"chan"');
    expect(pkg.constantOf((make as CallExpr).args[0] as CallExpr)).toBe(4);
  });

  it('answers questions about nodes of another package as that package does', () => {
    const callee = pkg.calleeOf(publish as CallExpr);
    const decl = (callee as { decl: FuncDecl }).decl;
    const send = decl.body?.list[0];
    if (send?.kind !== 'SendStmt') throw new Error('no send');
    expect(pkg.fileOf(send).path).toBe('bus/a.go');
    expect(pkg.enclosing(send.chan).func).toBe(decl);
    expect(pkg.fieldOf(send.chan)?.name).toBe('Queue');
    expect(pkg.homeOf(send).name).toBe('bus');
  });

  it('takes facts about libraries where no source is in sight, and source before facts', () => {
    const real = imported(
      'golang.org/x/sync/errgroup',
      'package errgroup\ntype Group struct{ Extra chan int }\n',
      false,
    );
    const uses = `package use\nimport "golang.org/x/sync/errgroup"\nfunc F(g *errgroup.Group) { g.Extra <- 1 }\n`;
    const typeOfExtra = (one: GoPackage) => {
      const stmt = one.funcs.get('F')?.body?.list[0];
      return stmt?.kind === 'SendStmt' ? one.typeOf(stmt.chan).kind : undefined;
    };
    expect(typeOfExtra(load(uses, real))).toBe('chan');
    expect(typeOfExtra(load(uses))).toBe('unknown');
  });

  it('leaves functions of packages outside the repository unseen', () => {
    const vendored = imported('x.org/v', 'package v\nfunc Go() {}\n', false);
    const one = load('package use\nimport "x.org/v"\nfunc F() { v.Go() }\n', vendored);
    expect(one.calleeOf(callsIn(one, 'F')[0] as CallExpr)).toEqual({ kind: 'external', path: 'x.org/v', name: 'Go' });
  });

  it('survives import cycles, packages that do not parse and two packages in a folder', () => {
    const a = imported('m/a', 'package a\nimport "m/b"\ntype T = b.T\nvar V = b.V\n');
    const b = imported('m/b', 'package b\nimport "m/a"\ntype T = a.T\nvar V = a.V\n');
    const broken = imported('m/broken', 'package broken\nfunc ( {{{\nfunc Good() chan int { return nil }\n');
    const two: ImportedPackage = {
      ...imported('m/two', 'package two\nfunc F() {}\n'),
      files: [
        { path: 'two/a.go', text: 'package two\nfunc F() {}\n' },
        { path: 'two/b.go', text: 'package two\n' },
        { path: 'two/c.go', text: 'package other\n' },
        { path: 'two/d_test.go', text: 'package two\nfunc G() {}\n' },
      ],
    };
    const one = load(
      `package use\nimport ("m/a"; "m/broken"; "m/two"; "m/none")\nfunc F(t a.T) { a.V(); broken.Nope(); two.F(); two.G(); none.X() }\n`,
      a,
      b,
      broken,
      two,
    );
    const kinds = callsIn(one, 'F').map((call) => one.calleeOf(call).kind);
    expect(kinds).toEqual(['external', 'external', 'func', 'external', 'external']);
    expect(callsIn(one, 'F').map((call) => one.typeOf(call).kind)).toEqual(Array(5).fill('unknown').with(2, 'tuple'));
  });
});

describe('import paths of a text', () => {
  it('are read without parsing', () => {
    const text = `// about\n/* a */ package p // x\nimport "a"\nimport (\n  b "b/c" // why\n  _ \`d\`; . "e"\n)\nimport "f"; var x = "import \\"g\\""\nimport "late"\n`;
    expect(scanImports(text)).toEqual(['a', 'b/c', 'd', 'e', 'f']);
  });

  it('end at what is no import', () => {
    for (const text of ['', 'import "a"', 'package p; import (', 'package p; import ("a"', 'package p\nimport 3'])
      expect(scanImports(text).length).toBeLessThan(2);
  });
});

describe('where packages lie', () => {
  const map = (files: Readonly<Record<string, string>>) => new ModuleMap(new Map(Object.entries(files)));

  it('is the module itself, then a local replacement, vendor and the module cache', () => {
    const scope = map({
      'go.mod':
        'module m\ngo 1.24\nrequire (\n x.org/lib v1.2.0\n x.org/lib/sub v1.0.0 // indirect\n)\nreplace x.org/near => ./near\nreplace x.org/fork => y.org/fork v0.1.0\n',
    }).scopeOf('a/b');
    expect(scope?.importPathOf('a/b')).toBe('m/a/b');
    expect(scope?.goVersion).toEqual({ major: 1, minor: 24 });
    const at = (path: string) => scope?.candidates(path);
    expect(at('m/a')).toEqual([{ kind: 'folder', dir: 'a', vendored: false }]);
    expect(at('x.org/near/q')).toEqual([{ kind: 'folder', dir: 'near/q', vendored: false }]);
    expect(at('x.org/lib/sub/q')).toEqual([
      { kind: 'folder', dir: 'vendor/x.org/lib/sub/q', vendored: true },
      { kind: 'cached', module: 'x.org/lib/sub', version: 'v1.0.0', dir: 'q' },
    ]);
    expect(at('x.org/fork')).toEqual([{ kind: 'cached', module: 'y.org/fork', version: 'v0.1.0', dir: '' }]);
    expect(at('net/http')).toEqual([{ kind: 'standard', dir: 'net/http' }]);
  });

  it('is any module of a workspace, and the nearest go.mod rules a folder', () => {
    const modules = map({
      'go.work': 'go 1.24\nuse (\n ./one\n ./two\n)\nreplace x.org/y => ./one/y\n',
      'one/go.mod': 'module w.org/one\n',
      'two/go.mod': 'module w.org/two\n',
      'three/go.mod': 'module w.org/three\n',
    });
    expect(modules.scopeOf('two/p')?.candidates('w.org/one/q')).toEqual([
      { kind: 'folder', dir: 'one/q', vendored: false },
    ]);
    expect(modules.scopeOf('two')?.candidates('x.org/y')).toEqual([{ kind: 'folder', dir: 'one/y', vendored: false }]);
    expect(
      modules
        .scopeOf('three')
        ?.candidates('w.org/one/q')
        .map(({ kind }) => kind),
    ).toEqual(['folder']);
    expect(modules.scopeOf('three')?.candidates('w.org/one/q')[0]).toMatchObject({ vendored: true });
    expect(modules.scopeOf('.')).toBeUndefined();
  });

  it('is never outside the checkout', () => {
    const scope = map({
      'go.mod': 'module m\nreplace a.org/x => ../x\nreplace b.org/x => /etc\nreplace c.org/x => ./n/../../x\n',
    }).scopeOf('.');
    for (const path of ['a.org/x', 'b.org/x', 'c.org/x'])
      expect(scope?.candidates(path)).toEqual([expect.objectContaining({ kind: 'outside' })]);
    for (const path of ['m/../../etc', 'm//a', '/etc', 'C', 'unsafe', '..', 'a.org\\x'])
      expect(scope?.candidates(path)).toEqual([]);
  });

  it('does not depend on well-formed files', () => {
    const file = parseModuleFile('module "m" // c\nreplace\nreplace a =>\nrequire (\n b v1\n');
    expect(file.module).toBe('m');
    expect(file.requires).toEqual(new Map([['b', 'v1']]));
    expect(file.replaces).toEqual([]);
  });
});
