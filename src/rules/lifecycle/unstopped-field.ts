/**
 * A stop method that leaves behind what its type started: a field holds a value whose goroutine only a method of that
 * value ends, and nothing in the package calls it.
 *
 *  1. The field is private. It is given what a function returns that leaves a goroutine running (`NewWatcher()`, in
 *     whatever package of the repository, or a client of a known module), or a method is called on it that starts one.
 *  2. Nobody calls what ends it, and the field is given to nobody who could: only its methods are called and its fields
 *     are read. The variable that held the value before does no more.
 *  3. The type has a stop method: its values are meant to end before the process does.
 */
import type { RelatedInformation, Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { CallExpr, Expr, FuncDecl, Node } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isStopName } from '../../go/stop-names.ts';
import { isTestFile } from '../../go/test-code.ts';
import { loopsAround } from '../ownership/loop.ts';
import { type Running, startingOf } from '../ownership/running.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { meet, signalsOf } from '../ownership/stopped-by.ts';
import { textOf } from '../ownership/waiting.ts';
import { calleeName, visibleCallee } from '../resource/callee-name.ts';
import { resourceTable } from '../resource/resources.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface UnstoppedField {
  readonly kind: 'unstopped-field';
  readonly field: FieldInfo;
  readonly type: TypeInfo;
  readonly stops: readonly FuncDecl[];
  /** The call that leaves the goroutine running. */
  readonly started: CallExpr;
  readonly ending: Ending;
}

/** What ends the goroutine: a method of a type in sight, or methods of a module, the usual one first. */
type Ending =
  | { readonly kind: 'seen'; readonly running: Running; readonly pkg: GoPackage }
  | { readonly kind: 'known'; readonly methods: readonly string[] };

export function unstoppedFields(pass: Pass): readonly UnstoppedField[] {
  const { pkg } = pass;
  return [...pkg.types.values()].flatMap((type) => {
    const stops = isTestFile(type.file.path) ? [] : stopMethods(type);
    if (stops.length === 0) return [];
    return [...type.fields.values()].flatMap((field): readonly UnstoppedField[] => {
      if (field.embedded || (isExported(field.name) && isExported(type.name)) || !mayRun(pkg, field)) return [];
      const uses = field.uses.filter(({ file }) => !isTestFile(file.path));
      const start = uses.map((use) => startOf(pass, use)).find((each) => each !== undefined);
      if (!start || !inReviewedFile(pass, pkg.fileOf(start.started))) return [];
      if (uses.some((use) => !leavesRunning(pkg, field, use, start.ending))) return [];
      return [{ kind: 'unstopped-field', field, type, stops, ...start }];
    });
  });
}

/** A value of a defined type, an interface included, or a pointer to one. */
function mayRun(pkg: GoPackage, { type }: FieldInfo): boolean {
  const base = type.kind === 'pointer' ? type.elem : type;
  return base.kind === 'named' && base.path !== 'context' && pkg.underlying(type).kind !== 'func';
}

type Start = Pick<UnstoppedField, 'started' | 'ending'>;

function startOf(pass: Pass, use: FieldUse): Start | undefined {
  const { pkg } = pass;
  if (use.kind === 'call' && use.method !== undefined && use.node.kind === 'CallExpr') {
    const seen = visibleCallee(pkg, use.node);
    const running = seen && startingOf(seen.pkg).methods.get(seen.decl);
    return seen && running && isPlain(pkg, use.node)
      ? { started: use.node, ending: { kind: 'seen', running, pkg: seen.pkg } }
      : undefined;
  }
  if ((use.kind !== 'init' && use.kind !== 'assign') || !use.value) return undefined;
  const call = madeBy(pkg, use.value, use.node);
  const ending = call && endingOf(pass, call);
  return call && ending ? { started: call, ending } : undefined;
}

/** A statement of its own, not one that is deferred or runs in a goroutine. */
function isPlain(pkg: GoPackage, call: CallExpr): boolean {
  const parent = pkg.parentOf(call);
  return parent?.kind === 'ExprStmt' || parent?.kind === 'AssignStmt';
}

/** The call whose result a field is given, directly or through a variable that is used for nothing else that counts. */
function madeBy(pkg: GoPackage, value: Expr, stored: Node): CallExpr | undefined {
  if (value.kind === 'CallExpr') return value;
  const binding = value.kind === 'Ident' ? pkg.bindingOf(value) : undefined;
  const decl = binding?.decl;
  if (!binding || binding.global || decl?.kind !== 'AssignStmt' || decl.tok !== ':=') return undefined;
  const at = binding.ident ? decl.lhs.indexOf(binding.ident) : -1;
  const call = decl.rhs[decl.rhs.length === decl.lhs.length ? at : 0];
  const isFirst = at === 0 || decl.rhs.length === decl.lhs.length;
  if (call?.kind !== 'CallExpr' || !isFirst) return undefined;
  if (loopsAround(pkg, call).at(-1) !== loopsAround(pkg, stored).at(-1)) return undefined;
  const uses = pkg.usesOf(binding).filter((use) => use !== value);
  return uses.every((use) => isHarmless(pkg, use)) ? call : undefined;
}

/** A comparison, or a call of a method that is not named like an end. */
function isHarmless(pkg: GoPackage, use: Expr): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'BinaryExpr') return true;
  if (parent?.kind !== 'SelectorExpr' || parent.x !== use) return false;
  const call = pkg.parentOf(parent);
  return call?.kind === 'CallExpr' && call.fun === parent && !isStopName(parent.sel.name);
}

function endingOf(pass: Pass, call: CallExpr): Ending | undefined {
  const { pkg } = pass;
  const seen = visibleCallee(pkg, call);
  const running = seen && startingOf(seen.pkg).constructors.get(seen.decl);
  if (running) return { kind: 'seen', running, pkg: seen.pkg };
  const name = calleeName(pkg, call);
  const resource = name === undefined ? undefined : resourceTable(pass.resources).byCall.get(name);
  if (resource?.rule !== 'unclosed-client' || resource.stays !== 'goroutine') return undefined;
  if (resource.value.kind !== 'result' || resource.value.index !== 0) return undefined;
  if (resource.condition !== undefined && resource.condition !== 'not-for-process') return undefined;
  const methods = resource.releasedBy.flatMap((release) => /^(\w+)\(\)$/.exec(release)?.[1] ?? []);
  return methods.length === resource.releasedBy.length ? { kind: 'known', methods } : undefined;
}

/** The use neither ends the goroutine nor gives the value to somebody who could. */
function leavesRunning(pkg: GoPackage, field: FieldInfo, use: FieldUse, ending: Ending): boolean {
  if (use.kind === 'init' || use.kind === 'assign') return true;
  if (use.kind === 'call') return use.method !== undefined && !ends(pkg, field, use.method, ending);
  const parent = use.kind === 'read' ? pkg.parentOf(use.node) : undefined;
  if (parent?.kind === 'BinaryExpr') return true;
  return parent?.kind === 'SelectorExpr' && pkg.selectedField(parent) !== undefined;
}

function ends(pkg: GoPackage, field: FieldInfo, method: string, ending: Ending): boolean {
  if (isStopName(method)) return true;
  if (ending.kind === 'known') return ending.methods.includes(method);
  const { running, pkg: home } = ending;
  const decl = running.type.methods.get(method) ?? pkg.methodOf(field.type, method);
  return !decl || !home.funcDecls.includes(decl) || meet(signalsOf(home, decl), running.signals);
}

export function describeUnstoppedField(finding: UnstoppedField, pass: Pass): Report {
  const { field, type, stops, started, ending } = finding;
  const { pkg } = pass;
  const end = nameOfEnd(ending);
  const names = stops.map((stop) => `\`${stop.name.name}\``).join(' or ');
  return {
    location: pass.at(pkg.fileOf(started), started),
    message: `\`${oneLine(textOf(pkg, started.fun))}\` starts a goroutine that only \`${end}\` ends, and nobody calls \`${field.name}.${end}\`: it outlives the \`${type.name}\`.`,
    advice: `Call \`${field.name}.${end}\` in ${names}.`,
    related: [
      ...stops
        .slice(0, 2)
        .map((stop) => related(pass, stop.name, `\`${stop.name.name}\` does not end what \`${field.name}\` runs`)),
      ...(ending.kind === 'seen' ? placesOf(ending, pass) : []),
    ],
    causes: stops.map((stop) => pass.at(stop.file, stop.name)),
  };
}

function nameOfEnd(ending: Ending): string {
  return ending.kind === 'seen' ? ending.running.stop.name.name : (ending.methods[0] ?? 'Close');
}

function placesOf({ running, pkg }: Extract<Ending, { kind: 'seen' }>, pass: Pass): readonly RelatedInformation[] {
  const { goroutine, loop } = running;
  return [
    { location: pass.at(goroutine.start.file, goroutine.start.node), message: 'the goroutine starts here' },
    {
      location: pass.at(pkg.fileOf(loop), loop),
      message: `the loop that only \`${running.stop.name.name}\` ends`,
    },
  ];
}
