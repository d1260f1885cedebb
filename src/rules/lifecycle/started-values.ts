/**
 * Local values that run a goroutine from some statement on, as resources of the walk over the paths: what acquires them
 * is the start, what releases them are the methods that give the signal for which the goroutine's loop waits.
 */
import type { Pass } from '../../analysis/rule.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, Ident, Stmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isStopName } from '../../go/stop-names.ts';
import { isTestCode } from '../../go/test-code.ts';
import { blockAround, endsWithReturn } from '../ownership/handing.ts';
import { implementationsOf } from '../ownership/implementations.ts';
import { goroutinesKey } from '../ownership/owner.ts';
import { type Running, receiverType, runningOf, startingOf } from '../ownership/running.ts';
import { meet, signalsOf } from '../ownership/stopped-by.ts';
import { textOf } from '../ownership/waiting.ts';
import type { Acquisition } from '../resource/acquisition.ts';
import { visibleCallee } from '../resource/callee-name.ts';
import { fateOf } from '../resource/fate.ts';
import { inField, placeOf } from '../resource/holders.ts';
import type { Resource } from '../resource/resource.ts';
import { inReviewedFile } from './wording.ts';

export interface StartedValue {
  readonly running: Running;
  /** The package of the type. */
  readonly home: GoPackage;
  readonly acquisition: Acquisition & { readonly binding: Binding };
  readonly inside: FuncDecl;
  /** How the function writes the value that has the stop method: `s.dispatch`. */
  readonly written: string;
  /** The variable is that value, and does not only lead to it. */
  readonly isWhole: boolean;
}

export function startedValues(pass: Pass): readonly StartedValue[] {
  return [...startedHere(pass), ...byConstructors(pass), ...byMethods(pass)];
}

/** `go v.run()` of a local `v`. */
function startedHere(pass: Pass): readonly StartedValue[] {
  const { pkg } = pass;
  return pass.shared(goroutinesKey).flatMap(({ start }, at): readonly StartedValue[] => {
    const { func: inside, node } = start;
    if (start.kind !== 'go' || node.kind !== 'GoStmt' || start.inner || !inside || !inReviewedFile(pass, start.file))
      return [];
    const goroutine = pass.shared(goroutinesKey)[at];
    const type = start.callee.kind === 'method' ? receiverType(pkg, start.callee.decl) : undefined;
    const running = goroutine && type && runningOf(pkg, type, goroutine);
    return running ? ofReceiver(pkg, { running, home: pkg, inside, call: start.call, statement: node }) : [];
  });
}

/** `v, err := NewThing()`, where NewThing starts a goroutine in any case. */
function byConstructors(pass: Pass): readonly StartedValue[] {
  return packagesOf(pass.pkg).flatMap((home) =>
    startsFor(pass.pkg, home, 'constructors').flatMap(([maker, running]) =>
      callsOf(pass, home, maker).flatMap((call) => ofResult(pass.pkg, running, home, call)),
    ),
  );
}

/** `v.start()` or `v.worker.start()` of a local `v` that is new here, where the method starts a goroutine in any case. */
function byMethods(pass: Pass): readonly StartedValue[] {
  const { pkg } = pass;
  return packagesOf(pkg).flatMap((home) =>
    startsFor(pkg, home, 'methods').flatMap(([method, running]) =>
      callsOf(pass, home, method).flatMap((call) => {
        const statement = pkg.parentOf(call);
        const { func: inside, inner } = pkg.enclosing(call);
        if ((statement?.kind !== 'ExprStmt' && statement?.kind !== 'AssignStmt') || !inside || inner) return [];
        return ofReceiver(pkg, { running, home, inside, call, statement });
      }),
    ),
  );
}

/** The package and those of the repository that it imports. */
function packagesOf(pkg: GoPackage): readonly GoPackage[] {
  const paths = new Set(pkg.files.flatMap(({ imports }) => imports.map(({ path }) => path)));
  return [pkg, ...[...paths].flatMap((path) => pkg.imported(path) ?? [])];
}

/** Those whose end a package can call. */
function startsFor(pkg: GoPackage, home: GoPackage, kind: 'constructors' | 'methods'): readonly [FuncDecl, Running][] {
  return [...startingOf(home)[kind]].filter(([, { stop }]) => home === pkg || isExported(stop.name.name));
}

/** Calls in reviewed code, also through an interface of which the package has no other implementation. */
function callsOf(pass: Pass, home: GoPackage, decl: FuncDecl): readonly CallExpr[] {
  const { pkg } = pass;
  const { name } = decl.name;
  if (home !== pkg && !isExported(name)) return [];
  const calls = [...(home === pkg ? pkg.callersOf(decl) : []), ...selected(pkg, name).filter(reaches)];
  return [...new Set(calls)].filter((call) => {
    const file = pkg.fileOf(call);
    return inReviewedFile(pass, file) && !isTestCode(file);
  });

  function reaches(call: CallExpr): boolean {
    const callee = pkg.calleeOf(call);
    if (callee.kind !== 'dynamic') return home !== pkg && visibleCallee(pkg, call)?.decl === decl;
    const [only, ...others] = home === pkg ? implementationsOf(pkg, call) : [];
    return only === decl && others.length === 0;
  }
}

function selected(pkg: GoPackage, name: string): readonly CallExpr[] {
  return pkg.selectorsNamed(name, new RegExp(`\\.${name}\\b`)).flatMap((selector) => {
    const call = pkg.parentOf(selector);
    return call?.kind === 'CallExpr' && call.fun === selector ? [call] : [];
  });
}

function ofResult(pkg: GoPackage, running: Running, home: GoPackage, call: CallExpr): readonly StartedValue[] {
  const place = placeOf(pkg, call);
  const statement = place ? assignmentOf(pkg, place.holder) : pkg.parentOf(call);
  const { func: inside, inner } = pkg.enclosing(call);
  if (statement?.kind !== 'AssignStmt' || statement.tok !== ':=' || !inside || inner) return [];
  if (place) {
    if (!within(statement, call)) return [];
    const written = `${place.holder.name}.${place.field}`;
    const resource = inField(pkg, resourceOf(running, home, result), place);
    const base = { resource, call, name: '', statement, inside, declares: true, binding: place.holder };
    return [started(pkg, { running, home, inside, written, isWhole: false, acquisition: base })];
  }
  if (statement.rhs.length !== 1) return [];
  const [target] = statement.lhs;
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  if (target?.kind !== 'Ident' || binding?.ident !== target) return [];
  const error = statement.lhs.length > 1 ? errorOf(pkg, statement) : undefined;
  const acquisition = {
    resource: resourceOf(running, home, result),
    call,
    name: '',
    target,
    binding,
    statement,
    inside,
    declares: true,
    ...(error ? { error } : {}),
  };
  return [started(pkg, { running, home, inside, written: target.name, isWhole: true, acquisition })];
}

function assignmentOf(pkg: GoPackage, { decl }: Binding): AssignStmt | undefined {
  return decl?.kind === 'AssignStmt' && pkg.parentOf(decl) ? decl : undefined;
}

function within(statement: Stmt, call: CallExpr): boolean {
  return statement.range.start <= call.range.start && call.range.end <= statement.range.end;
}

interface OfReceiver {
  readonly running: Running;
  readonly home: GoPackage;
  readonly inside: FuncDecl;
  readonly call: CallExpr;
  readonly statement: Stmt;
}

function ofReceiver(pkg: GoPackage, { running, home, inside, call, statement }: OfReceiver): readonly StartedValue[] {
  const path = pathOf(call.fun);
  const binding = path && pkg.bindingOf(path.root);
  if (!path || binding?.kind !== 'var' || binding.global || binding.func !== inside) return [];
  if (statement.kind !== 'GoStmt' && !isNew(pkg, binding)) return [];
  const { fun } = call;
  const written = fun.kind === 'SelectorExpr' ? textOf(pkg, fun.x) : path.root.name;
  const error = statement.kind === 'AssignStmt' ? errorOf(pkg, statement) : undefined;
  const acquisition = {
    resource: through(pkg, resourceOf(running, home), binding, path.fields),
    call,
    name: '',
    target: path.root,
    binding,
    statement,
    inside,
    declares: false,
    ...(error ? { error } : {}),
  };
  return [started(pkg, { running, home, inside, written, isWhole: path.fields.length === 0, acquisition })];
}

/** `v` and `[a, b]` of `v.a.b.run`. */
function pathOf(fun: Expr): { readonly root: Ident; readonly fields: readonly string[] } | undefined {
  const fields: string[] = [];
  let x = fun.kind === 'SelectorExpr' ? fun.x : fun;
  for (; x.kind === 'SelectorExpr'; x = x.x) fields.unshift(x.sel.name);
  return x.kind === 'Ident' && fun.kind === 'SelectorExpr' ? { root: x, fields } : undefined;
}

/** As the variable has it that leads to the value through fields. */
function through(pkg: GoPackage, resource: Resource, binding: Binding, fields: readonly string[]): Resource {
  const [first, ...others] = fields;
  if (first === undefined) return resource;
  const type = pkg.typeInfoOf(pkg.typeOfBinding(binding));
  const releasedBy = resource.releasedBy.map((way) => [...others, way].join('.'));
  const inner = { ...resource, releasedBy };
  if (type) return inField(pkg, inner, { type, field: first });
  return { ...inner, releasedBy: releasedBy.map((way) => `${first}.${way}`) };
}

function errorOf(pkg: GoPackage, { lhs }: AssignStmt): Binding | undefined {
  const last = lhs.at(-1);
  return last?.kind === 'Ident' && last.name !== '_' ? pkg.bindingOf(last) : undefined;
}

/** Made here: by a literal, or by a function of the package. */
function isNew(pkg: GoPackage, { decl, ident }: Binding): boolean {
  if (decl?.kind !== 'AssignStmt' || decl.tok !== ':=' || !ident) return false;
  const value = decl.rhs[decl.rhs.length === decl.lhs.length ? decl.lhs.indexOf(ident) : 0];
  const made = value?.kind === 'UnaryExpr' && value.op === '&' ? value.x : value;
  if (made?.kind === 'CompositeLit') return true;
  const callee = made?.kind === 'CallExpr' ? pkg.calleeOf(made) : undefined;
  return callee?.kind === 'func' || (callee?.kind === 'builtin' && callee.name === 'new');
}

const receiver: Resource['value'] = { kind: 'receiver' };
const result: Resource['value'] = { kind: 'result', index: 0 };

/** The value as the walk over the paths knows it; its own variable is what a `go` statement or a method names. */
function resourceOf({ type, signals, stop }: Running, home: GoPackage, value: Resource['value'] = receiver): Resource {
  const ends = [...type.methods.values()].filter(
    (method) => isStopName(method.name.name) || meet(signalsOf(home, method), signals),
  );
  return {
    rule: 'start-without-stop',
    acquiredBy: [],
    value,
    releasedBy: [...new Set([stop, ...ends].map(({ name }) => `${name.name}()`))],
    stays: 'goroutine',
    keeps: 'its goroutine stays',
    advice: { kind: 'manual', text: `Call \`${stop.name.name}\` before the function returns.` },
  };
}

/** A function that releases the value on one of its returns has lent it to those to whom it gave it before. */
function started(pkg: GoPackage, value: StartedValue): StartedValue {
  const { acquisition } = value;
  const { binding, resource } = acquisition;
  const releases = pkg
    .usesOf(binding)
    .some((use) => fateOf(pkg, resource, use) === 'released' && endsWithReturn(blockAround(pkg, use)));
  return releases ? { ...value, acquisition: { ...acquisition, resource: { ...resource, lent: true } } } : value;
}
