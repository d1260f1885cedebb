/**
 * What ends a goroutine is replaced while the goroutine runs: a method starts one and keeps its stop channel, cancel function
 * or worker in a field or under a key; called again, it puts another in its place, and nobody can end the first any more.
 *
 *  1. The method starts a goroutine, and is not one that is called once (`Start`, `New...`), or it keeps what ends it
 *     under a key.
 *  2. Another method that uses the field ends the goroutine of the second call, and not that of the first.
 *
 * Assumed: the method may be called twice for one value, for a key as well.
 */
import type { FuncDecl } from '../../go/ast.ts';
import { isNil } from '../../go/constants.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isStartName } from '../../go/start-names.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { CodeRef, Slot } from '../ir.ts';
import type { Leak, StuckProcess } from '../leak.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { Calls } from './calls.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { isMethodOf, maxCallers } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import { leadsTo } from './reached.ts';

interface Replaced {
  readonly type: TypeInfo;
  readonly field: FieldInfo;
  /** The method that is called twice. */
  readonly method: FuncDecl;
  readonly stop: FuncDecl;
  readonly made: FuncDecl | undefined;
}

/** So many of a package are searched; the rest is not decided. */
const maxSearches = 24;
/** More methods that use the field are not tried as its end. */
const maxStops = 2;

/** The searches for methods that replace what ends a goroutine; only those in which functions of `only` take part. */
export function replacedSearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(replacedIn(pkg), {
    concerns: ({ method, stop }) => [method, stop],
    only,
    most: maxSearches,
    searchOf: (replaced, over) => searchOf(lowering, replaced, over),
  });
}

function* replacedIn(pkg: GoPackage): Iterable<Replaced> {
  const starters = new Set(
    pkg.goroutineStarts.flatMap(({ func, file }) => (func && !isTestFile(file.path) ? [func] : [])),
  );
  for (const type of starters.size === 0 ? [] : pkg.types.values()) {
    if (type.methods.size < 2 || isTestFile(type.file.path)) continue;
    for (const field of type.fields.values()) {
      const isKeyed = pkg.underlying(field.type).kind === 'map';
      if (!isKeyed && !mayEnd(pkg, field)) continue;
      const [made] = constructorsOf(pkg, type);
      for (const method of settersOf(pkg, type, field, isKeyed)) {
        if (!leadsTo(pkg, method, starters)) continue;
        const stops = usersOf(pkg, type, field).filter(
          (stop) => stop !== method && !leadsTo(pkg, stop, new Set([method])),
        );
        for (const stop of stops.slice(0, maxStops)) yield { type, field, method, stop, made };
      }
    }
  }
}

function mayEnd(pkg: GoPackage, { type }: FieldInfo): boolean {
  const { kind } = pkg.underlying(type);
  return kind === 'chan' || kind === 'func' || kind === 'pointer';
}

/** The methods that give the field another value, or an element of it. */
function settersOf(pkg: GoPackage, type: TypeInfo, field: FieldInfo, isKeyed: boolean): readonly FuncDecl[] {
  const assigned = field.uses.filter((use) => use.kind === 'assign' && !isNil(use.value));
  const setting = assigned.filter((use) => !isKeyed || setsElement(pkg, field, use));
  const methods = [...new Set(setting.flatMap(({ func, inner }) => (func && !inner ? [func] : [])))];
  return methods.filter((method) => isMethodOf(pkg, method, type) && isRepeatable(pkg, method, isKeyed, 0));
}

/** It may be called again for the same value: by others, or by functions of the package of which that is true. */
function isRepeatable(pkg: GoPackage, decl: FuncDecl, isKeyed: boolean, depth: number): boolean {
  const { name, recv } = decl;
  if (isExported(name.name) && recv) return isKeyed || !isStartName(name.name);
  if (!recv || depth >= maxCallers) return false;
  return pkg.callersOf(decl).some((call) => {
    const { func } = pkg.enclosing(call);
    return func !== undefined && !isTestFile(func.file.path) && isRepeatable(pkg, func, isKeyed, depth + 1);
  });
}

function setsElement(pkg: GoPackage, field: FieldInfo, { node }: FieldUse): boolean {
  return (
    node.kind === 'AssignStmt' &&
    node.lhs.some((target) => target.kind === 'IndexExpr' && pkg.fieldOf(target.x) === field)
  );
}

function usersOf(pkg: GoPackage, type: TypeInfo, { uses }: FieldInfo): readonly FuncDecl[] {
  const users = new Set(uses.flatMap(({ func, file }) => (func && !isTestFile(file.path) ? [func] : [])));
  return [...users].filter((user) => isMethodOf(pkg, user, type));
}

function searchOf(lowering: PackageLowering, replaced: Replaced, over: boolean): ContractSearch | undefined {
  const { made, type, field, method, stop } = replaced;
  const site = lowering.site(method.file, method.name);
  const entry: CodeRef = lowering.lazy(functionName(method), site, (self) => {
    const program = new Calls(lowering);
    const value = made ? program.begun(made, undefined) : program.used(type);
    if (!made && lowering.pkg.underlying(field.type).kind === 'map') program.makeMap(value, field.name);
    const args = program.arguments(method, value);
    program.callWith(method, args);
    program.callWith(method, args);
    program.callWith(stop, sameArguments(method, args, stop, program.arguments(stop, value)));
    return program.finish(self);
  });
  return slicedSearch(lowering, entry, over, {
    breaches: (result) => result.leaks.flatMap((leak) => breachOf(replaced, leak) ?? []),
    focused: () => undefined,
    own: [made, method, stop],
  });
}

/** What is ended is what was begun: parameters of the same type are given the same values. */
function sameArguments(
  method: FuncDecl,
  given: readonly Slot[],
  stop: FuncDecl,
  own: readonly Slot[],
): readonly Slot[] {
  const wanted = typesOf(method);
  return typesOf(stop).map((type, at) => {
    const same = type === undefined ? -1 : wanted.indexOf(type);
    return (same < 0 ? own[at] : given[same]) as Slot;
  });
}

/** As written, by parameter; undefined for the receiver, which comes first. */
function typesOf({ file, type }: FuncDecl): readonly (string | undefined)[] {
  const params = type.params.flatMap((param) => {
    const text = file.text.slice(param.type.range.start, param.type.range.end);
    return param.names.length === 0 ? [text] : param.names.map(() => text);
  });
  return [undefined, ...params];
}

/** One goroutine of the method is stuck for good, and a later one of the same `go` statement is not. */
function breachOf({ type, method, stop }: Replaced, leak: Leak): Leak | undefined {
  const [only, ...others] = leak.stuck;
  if (!only || others.length > 0 || leak.outsider || !isReplaced(leak, only)) return undefined;
  const contract = { type: type.name, method: method.name.name, stops: [stop.name.name], replaced: true } as const;
  return { ...leak, outsider: true, stuck: [{ ...only, outside: ['caller'] }], contract };
}

function isReplaced({ trace }: Leak, { process }: StuckProcess): boolean {
  const { id, start } = process;
  return trace.some(({ what }) => {
    const later = what.kind === 'go' && what.started.id > id ? what.started.start : undefined;
    return later !== undefined && later.file === start?.file && later.range.start === start?.range.start;
  });
}
