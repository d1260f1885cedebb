/**
 * Functions that always leave a goroutine running which only a stop method of its type ends: constructors
 * (`NewWatcher` starts `w.loop`), and methods that start one (`h.start()`).
 *
 *  1. The start is a statement of the function itself, or of one that a constructor calls in any case.
 *  2. The goroutine has a loop that can be left in no other way than by what the stop method signals.
 *  3. The end of a context that the function takes is not the end of the goroutine: either the loop waits for a channel
 *     that nothing below the function closes, or the function takes no context.
 */
import { constructorsOf } from '../../concurrency/contracts/maker.ts';
import { takesContext } from '../../concurrency/contracts/starters.ts';
import type { FuncDecl, Node } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import type { Loop } from './loop.ts';
import { type Goroutine, goroutinesOf } from './owner.ts';
import { walkAround, workOf } from './reach.ts';
import { stopMethods } from './stop-method.ts';
import { loopUntil, meet, type Signals, signalsOf } from './stopped-by.ts';

/** What runs in a goroutine until a method of its type ends it. */
export interface Running {
  readonly type: TypeInfo;
  readonly stop: FuncDecl;
  readonly signals: Signals;
  readonly goroutine: Goroutine;
  readonly loop: Loop;
}

/** Functions of a package that leave something running. */
export interface Starting {
  readonly constructors: ReadonlyMap<FuncDecl, Running>;
  readonly methods: ReadonlyMap<FuncDecl, Running>;
}

const known = new WeakMap<GoPackage, Starting>();

/** The starting functions of a package, its tests left out. Computed once per package. */
export function startingOf(pkg: GoPackage): Starting {
  const starting = known.get(pkg) ?? { constructors: runningByConstructor(pkg), methods: startsOfTypes(pkg) };
  known.set(pkg, starting);
  return starting;
}

function runningByConstructor(pkg: GoPackage): ReadonlyMap<FuncDecl, Running> {
  const found = new Map<FuncDecl, Running>();
  const goroutines = goroutinesOf(pkg).filter(({ start }) => start.kind === 'go' && start.func && !start.inner);
  if (goroutines.length === 0) return found;
  for (const type of pkg.types.values()) {
    if (stopMethods(type).length === 0) continue;
    for (const maker of constructorsOf(pkg, type)) {
      const [running] = goroutines
        .filter(({ start }) => startsAlways(pkg, maker, start.func, start.node))
        .flatMap((goroutine) => runningOf(pkg, type, goroutine) ?? [])
        .filter(({ signals }) => !endsWithContext(pkg, maker, signals));
      if (running) found.set(maker, running);
    }
  }
  return found;
}

function startsOfTypes(pkg: GoPackage): ReadonlyMap<FuncDecl, Running> {
  const found = new Map<FuncDecl, Running>();
  for (const goroutine of goroutinesOf(pkg)) {
    const { start } = goroutine;
    const type = start.func && receiverType(pkg, start.func);
    if (start.kind !== 'go' || start.inner || !start.func || !type || found.has(start.func)) continue;
    const running = isStatementOf(pkg, start.node, start.func) ? runningOf(pkg, type, goroutine) : undefined;
    if (running && !endsWithContext(pkg, start.func, running.signals)) found.set(start.func, running);
  }
  return found;
}

/** The goroutine's loop that only a stop method of the type ends. */
export function runningOf(pkg: GoPackage, type: TypeInfo, goroutine: Goroutine): Running | undefined {
  const work = workOf(pkg, goroutine.start);
  if (!work) return undefined;
  for (const stop of stopMethods(type)) {
    const found = loopUntil(pkg, work, signalsOf(pkg, stop));
    if (found) return { ...found, type, stop, goroutine };
  }
  return undefined;
}

/** The function takes a context whose end may give the signal, itself or through what the function starts or registers. */
function endsWithContext(pkg: GoPackage, starter: FuncDecl, signals: Signals): boolean {
  if (!takesContext(pkg, starter)) return false;
  return signals.cancels || meet(signalsOf(pkg, starter), signals) || namesEnding(pkg, starter, signals);
}

/** `context.AfterFunc(ctx, w.Close)`. */
function namesEnding(pkg: GoPackage, starter: FuncDecl, signals: Signals): boolean {
  let found = false;
  walkAround(pkg, starter, (node) => {
    const method = found || node.kind !== 'SelectorExpr' ? undefined : pkg.methodOf(pkg.typeOf(node.x), node.sel.name);
    found ||= method !== undefined && pkg.funcDecls.includes(method) && meet(signalsOf(pkg, method), signals);
  });
  return found;
}

/** The start is a statement of the constructor, or of a function that is called by one. */
function startsAlways(pkg: GoPackage, maker: FuncDecl, starter: FuncDecl | undefined, node: Node): boolean {
  if (!starter || !isStatementOf(pkg, node, starter)) return false;
  if (starter === maker) return true;
  return pkg.callersOf(starter).some((call) => {
    const stmt = pkg.parentOf(call);
    return stmt !== undefined && isStatementOf(pkg, stmt, maker);
  });
}

function isStatementOf(pkg: GoPackage, node: Node, func: FuncDecl): boolean {
  return func.body !== undefined && pkg.parentOf(node) === func.body;
}

/** The type whose method a function is. */
export function receiverType(pkg: GoPackage, { recv }: FuncDecl): TypeInfo | undefined {
  return recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(recv.type));
}
