/** Every place in a package that starts a goroutine. */
import type { CallExpr, File, FuncDecl, GenDecl } from './ast.ts';
import { calleeOfValue } from './callees.ts';
import { finalName, type Model } from './model.ts';
import type { Callee, GoroutineStart } from './package.ts';

interface Starter {
  readonly path: string;
  /** Receiver type; absent for a function. */
  readonly type?: string;
  readonly name: string;
  readonly kind: GoroutineStart['kind'];
  /** Index of the argument that runs. */
  readonly arg: number;
}

const errgroupPaths = ['golang.org/x/sync/errgroup', 'github.com/neilotoole/errgroup', 'k8s.io/utils/errgroup'];

/** Calls that run an argument in a new goroutine. Sources: the documentation of the packages. */
const starters: readonly Starter[] = [
  { path: 'sync', type: 'WaitGroup', name: 'Go', kind: 'waitgroup-go', arg: 0 },
  { path: 'github.com/sourcegraph/conc', type: 'WaitGroup', name: 'Go', kind: 'waitgroup-go', arg: 0 },
  ...errgroupPaths.flatMap((path): readonly Starter[] => [
    { path, type: 'Group', name: 'Go', kind: 'errgroup-go', arg: 0 },
    { path, type: 'Group', name: 'TryGo', kind: 'errgroup-go', arg: 0 },
  ]),
  { path: 'time', name: 'AfterFunc', kind: 'afterfunc', arg: 1 },
  { path: 'context', name: 'AfterFunc', kind: 'afterfunc', arg: 1 },
];
const starterNames = new Set(starters.map((starter) => starter.name));
/** `go` where a statement can begin, so that prose with the word does not count; or one of the starters' names. */
const mayStart = /(?:^|[{;:]|\*\/)[ \t]*go[\s(/]|\.\s*(?:Go|TryGo|AfterFunc)\b/m;

/** In file and source order. Declarations whose text holds no start are not lowered. */
export function goroutineStartsOf(pkg: Model): readonly GoroutineStart[] {
  const starts: GoroutineStart[] = [];
  for (const file of pkg.files) {
    if (!mayStart.test(file.text)) continue;
    for (const decl of file.decls) {
      if (decl.kind === 'BadDecl' || !mayStart.test(codeOf(file, decl))) continue;
      starts.push(...startsIn(pkg, decl, file));
    }
  }
  return starts;
}

function codeOf(file: File, decl: FuncDecl | GenDecl): string {
  const { start, end } = decl.range;
  return file.text.slice(start, end);
}

function startsIn(pkg: Model, decl: FuncDecl | GenDecl, file: File): readonly GoroutineStart[] {
  const nodes = pkg.syntax.nodesOf(decl, file);
  const starts: GoroutineStart[] = [];
  for (const stmt of nodes.goStmts) {
    if (stmt.call.kind !== 'CallExpr') continue;
    const callee = pkg.calleeOf(stmt.call);
    starts.push({ node: stmt, kind: 'go', callee, call: stmt.call, file, ...pkg.enclosing(stmt) });
  }
  for (const call of nodes.calls) {
    const starter = starterOf(pkg, call);
    const run = starter && call.args[starter.arg];
    if (!starter || !run) continue;
    starts.push({
      node: call,
      kind: starter.kind,
      callee: calleeOfValue(pkg, run),
      call,
      file,
      ...pkg.enclosing(call),
    });
  }
  return starts.sort((a, b) => a.node.range.start - b.node.range.start);
}

function starterOf(pkg: Model, call: CallExpr): Starter | undefined {
  const name = finalName(call.fun);
  if (name === undefined || !starterNames.has(name)) return undefined;
  const callee: Callee = pkg.calleeOf(call);
  if (callee.kind === 'external') {
    return starters.find(
      (starter) => starter.type === undefined && starter.path === callee.path && starter.name === callee.name,
    );
  }
  if (callee.kind !== 'externalMethod') return undefined;
  return starters.find(
    (starter) => starter.path === callee.path && starter.type === callee.type && starter.name === callee.name,
  );
}
