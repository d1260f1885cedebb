/** What has to be called so that the goroutines of a type run. */

import type { FuncDecl } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage, GoroutineStart, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isContext } from '../open/stops.ts';
import { isMethodOf, maxCallers } from './leading-methods.ts';
import type { Func, Services } from './services.ts';

/** What brings a goroutine of the type to life, after the value is made. */
export type Starter =
  | { readonly kind: 'call'; readonly method: FuncDecl }
  /** The package starts it elsewhere: `go x.method(...)`. */
  | { readonly kind: 'go'; readonly method: FuncDecl };

/** What has to run so that the given goroutines do; undefined when that is not in plain sight. */
export function startersOf(
  pkg: GoPackage,
  type: TypeInfo,
  made: FuncDecl | undefined,
  method: FuncDecl | undefined,
  starts: readonly GoroutineStart[],
  services: Services,
): readonly Starter[] | undefined {
  const found = new Map<FuncDecl, Starter>();
  for (const start of new Set(starts)) {
    const one = starterOf(pkg, type, made, start, services);
    if (one === 'none') return undefined;
    if (one !== 'made' && one.method !== method) found.set(one.method, one);
  }
  return found.size > 2 ? undefined : [...found.values()];
}

function starterOf(
  pkg: GoPackage,
  type: TypeInfo,
  made: FuncDecl | undefined,
  start: GoroutineStart,
  services: Services,
): Starter | 'made' | 'none' {
  let at = services.ownerOf(start.node);
  for (let depth = 0; at && depth < maxCallers; depth++) {
    if (at === made) return 'made';
    const above = at.kind === 'FuncLit' ? services.startsOf(at)[0] : undefined;
    if (at.kind === 'FuncLit') {
      at = above && services.ownerOf(above.node);
      continue;
    }
    if (isMethodOf(pkg, at, type) && isExported(at.name.name)) return { kind: 'call', method: at };
    const callers = pkg.callersOf(at).filter((call) => !isTestFile(pkg.fileOf(call).path));
    const next = callers[0] && services.ownerOf(callers[0]);
    if (
      isMethodOf(pkg, at, type) &&
      (!next || (next.kind === 'FuncDecl' && next !== made && !isMethodOf(pkg, next, type)))
    )
      return { kind: 'call', method: at };
    at = next;
  }
  const { callee } = start;
  return callee.kind === 'method' && isMethodOf(pkg, callee.decl, type) ? { kind: 'go', method: callee.decl } : 'none';
}

/** The methods of the type that goroutines run; undefined when others run, or are handed a channel. */
export function namedGoroutines(
  pkg: GoPackage,
  type: TypeInfo,
  starts: readonly GoroutineStart[],
): readonly FuncDecl[] | undefined {
  const found = new Set<FuncDecl>();
  for (const { callee, call } of starts) {
    if (callee.kind !== 'method' || !isMethodOf(pkg, callee.decl, type)) return undefined;
    // Who is handed a channel may be handed one of the value's own, unless it was made or asked for right there.
    const channels = callee.decl.type.params
      .flatMap((param) => param.names.map(() => pkg.underlying(pkg.typeOfTypeExpr(param.type)).kind === 'chan'))
      .flatMap((isChannel, at) => (isChannel ? [call.args[at]?.kind] : []));
    if (channels.some((kind) => kind !== 'CallExpr')) return undefined;
    found.add(callee.decl);
  }
  return [...found];
}

/**
 * `Run` of a library: no caller is in sight, so that whoever has the value runs it in a goroutine, until it returns or the
 * context ends that it was given.
 */
export function runOf(pkg: GoPackage, type: TypeInfo, func: Func | undefined): FuncDecl | undefined {
  if (func?.kind !== 'FuncDecl' || !isMethodOf(pkg, func, type) || !isExported(func.name.name)) return undefined;
  // Who gives a channel ends it by that, and knows when.
  const isChannel = (param: FuncDecl['type']['params'][number]) =>
    pkg.underlying(pkg.typeOfTypeExpr(param.type)).kind === 'chan';
  if (!takesContext(pkg, func) && func.type.params.some(isChannel)) return undefined;
  return pkg.callersOf(func).every((call) => isTestFile(pkg.fileOf(call).path)) ? func : undefined;
}

/** Whether a function is given a context, whose end may be its own. */
export function takesContext(pkg: GoPackage, { type }: FuncDecl): boolean {
  return type.params.some((param) => isContext(pkg.typeOfTypeExpr(param.type)));
}
