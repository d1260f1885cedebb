/**
 * Callbacks of a stopped value: a method that only a `go` statement of the type runs registers callbacks that use the
 * type's value, with something that the value was given and that lives on, and no stop method undoes them. Each start adds
 * them once more, and the keeper calls a value that has been stopped.
 */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage, GoroutineStart, TypeInfo } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { isUndoName } from '../ownership/names.ts';
import { walkAround } from '../ownership/reach.ts';
import { type Registration, registrations, resultOf } from '../ownership/registration.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { inReviewedFile, related } from './wording.ts';

export interface KeptAfterStop {
  readonly start: GoroutineStart;
  readonly type: TypeInfo;
  readonly stops: readonly FuncDecl[];
  readonly registrations: readonly Registration[];
}

export function keptAfterStop(pass: Pass): readonly KeptAfterStop[] {
  const { pkg } = pass;
  const all = registrations(pkg).filter(
    ({ call, undo }) => undo.kind !== 'result-method' && resultOf(pkg, call).dropped,
  );
  if (all.length === 0) return [];
  return pkg.goroutineStarts.flatMap((start): readonly KeptAfterStop[] => {
    const { callee } = start;
    if (start.kind !== 'go' || callee.kind !== 'method' || callee.home || !inReviewedFile(pass, start.file)) return [];
    const type = callee.decl.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(callee.decl.recv.type));
    const stops = type ? stopMethods(type) : [];
    const own = all.filter(
      ({ call }) => pkg.enclosing(call).func === callee.decl && usesReceiver(pkg, call, callee.decl),
    );
    if (!type || stops.length === 0 || own.length === 0 || stops.some((stop) => undoes(pkg, stop))) return [];
    return [{ start, type, stops, registrations: own }];
  });
}

/** Whether the callback uses the value whose method registers it. */
function usesReceiver(pkg: GoPackage, call: Registration['call'], method: FuncDecl): boolean {
  let uses = false;
  for (const arg of call.args) {
    if (arg.kind !== 'FuncLit') continue;
    walk(arg.body, (node) => {
      const binding = node.kind === 'Ident' ? pkg.bindingOf(node) : undefined;
      if (binding?.kind === 'receiver' && binding.func === method) uses = true;
      return !uses;
    });
  }
  return uses;
}

/** A stop method that calls a function value, or something named like an undo, may undo the registrations. */
function undoes(pkg: GoPackage, stop: FuncDecl): boolean {
  let found = false;
  walkAround(pkg, stop, (node) => {
    if (node.kind !== 'CallExpr' || node.fun.kind === 'ParenExpr') return;
    const callee = pkg.calleeOf(node);
    const name = node.fun.kind === 'SelectorExpr' ? node.fun.sel.name : node.fun.kind === 'Ident' ? node.fun.name : '';
    if (callee.kind === 'builtin' || callee.kind === 'conversion') return;
    found ||= isUndoName(name) || (callee.kind === 'dynamic' && callee.binding !== undefined);
  });
  return found;
}

/** What the keeper would need. */
export function whatItTakes({ keeper, undo }: Registration): string {
  if (undo.kind === 'counterpart') return `Call \`${undo.name}\` when the value is stopped`;
  if (undo.kind !== 'none') return `Keep what \`${keeper.name.name}\` returns and call it when the value is stopped`;
  const at = `${keeper.file.path.split('/').slice(-2).join('/')}, line ${keeper.file.lines.lineAt(keeper.range.start)}`;
  return `Make \`${keeper.name.name}\` (${at}) return a function that removes what it stores, and call it when the caller is done`;
}

export function describeKeptAfterStop({ start, type, stops, registrations: all }: KeptAfterStop, pass: Pass): Report {
  const location = pass.at(start.file, start.node);
  const [first] = all;
  const keeper = first?.keeper.name.name ?? '';
  const names = stops.map((stop) => `\`${stop.name.name}\``).join(', ');
  const many = all.length === 1 ? 'a callback' : `${all.length} callbacks`;
  return {
    location,
    message: `The goroutine registers ${many} with \`${keeper}\` that ${all.length === 1 ? 'uses' : 'use'} the \`${type.name}\`, and ${names} never unregisters ${all.length === 1 ? 'it' : 'them'}.`,
    ...(first ? { advice: `${whatItTakes(first)}.` } : {}),
    related: [
      ...all.slice(0, 4).map(({ call }) => related(pass, call, 'registered here, for as long as the registry lives')),
      ...(first ? [related(pass, first.keeper.name, `\`${keeper}\` stores it here`)] : []),
    ],
    causes: all.map(({ call }) => pass.at(pass.pkg.fileOf(call), call)),
    subject: location,
  };
}
