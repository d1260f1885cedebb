/**
 * Goroutines of a type that wait on a condition variable when the type is ended: by its stop method, or by the context that
 * they obey elsewhere. Nobody has a reason to call the methods that signal any more, so the end itself has to wake them.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { Callee, FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { hasStopArm, isContext } from '../open/stops.ts';
import type { Contract } from './contract.ts';
import { constructorsOf } from './maker.ts';
import { type Func, type Services, startsOfUse } from './services.ts';
import { namedGoroutines, startersOf } from './starters.ts';
import { stopsOf } from './stops.ts';
import { unasked } from './unasked.ts';

/** The contracts about the condition variables of a type. */
export function unsignalledContracts(pkg: GoPackage, type: TypeInfo, services: Services): readonly Contract[] {
  return [...type.fields.values()].flatMap((field) =>
    isNamed(field.type, 'sync', 'Cond') ? contractOf(pkg, type, services, field) : [],
  );
}

function contractOf(pkg: GoPackage, type: TypeInfo, services: Services, field: FieldInfo): readonly Contract[] {
  const operations = field.uses.filter(
    (use) => use.kind === 'call' && use.method === 'Wait' && startsOfUse(services, use).length > 0,
  );
  const [made] = constructorsOf(pkg, type);
  if (operations.length === 0 || !made) return [];
  const starts = operations.flatMap((use) => startsOfUse(services, use));
  const starters = startersOf(pkg, type, made, undefined, starts, services);
  const [stop] = stopsOf(pkg, type, services);
  const obeyed = stop ? undefined : starters?.map((one) => one.method).find(takesContext(pkg));
  if (!starters || (!stop && !(obeyed && starts.some(({ callee }) => obeys(pkg, callee))))) return [];
  return [
    unasked({
      type,
      constructor: made,
      starters,
      stop,
      ...(obeyed ? { context: obeyed } : {}),
      operations,
      goroutines: namedGoroutines(pkg, type, starts),
    }),
  ];
}

function takesContext(pkg: GoPackage): (decl: FuncDecl) => boolean {
  return ({ type }) => type.params.some((param) => isContext(pkg.typeOfTypeExpr(param.type)));
}

/** The goroutine waits for the end of a context elsewhere, or asks for it. */
function obeys(pkg: GoPackage, callee: Callee): boolean {
  const func: Func | undefined = callee.kind === 'lit' ? callee.lit : 'decl' in callee ? callee.decl : undefined;
  let found = false;
  if (func)
    walk(func, (node) => {
      found ||= node.kind === 'SelectStmt' && hasStopArm(pkg, node);
      found ||=
        node.kind === 'CallExpr' &&
        node.fun.kind === 'SelectorExpr' &&
        node.fun.sel.name === 'Err' &&
        isContext(pkg.typeOf(node.fun.x));
      return !found;
    });
  return found;
}
