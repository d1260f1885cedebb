/**
 * A registration that outlives the function which made it.
 *
 *  1. The function registers a callback or a channel with something that keeps it (see `ownership/registration.ts`).
 *  2. What is registered belongs to this one run of the function: a channel, request, response or connection among its
 *     own variables, which nobody uses once the function has returned.
 *  3. The undo is dropped, or not reached on some exit, and the function calls no counterpart; or there is none.
 *  4. Or a goroutine of a type registers callbacks that use the type's value, and no stop method of the type undoes them
 *     (see `kept-after-stop.ts`).
 */
import { refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { type AnyRule, anyRule, type Pass, type Rule, type SharedKey } from '../../analysis/rule.ts';
import { isContext, isEndlessContext } from '../../concurrency/open/stops.ts';
import type { Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { makeCapacity } from '../ownership/channel.ts';
import { walkOwn } from '../ownership/reach.ts';
import {
  capturedVariables,
  hasCounterpartCall,
  isInside,
  type Registration,
  registrations,
  resultOf,
} from '../ownership/registration.ts';
import { initialValue } from '../ownership/service-loop.ts';
import { describeKeptAfterStop, type KeptAfterStop, keptAfterStop, whatItTakes } from './kept-after-stop.ts';
import { unsubscribeFix } from './unsubscribe-fix.ts';
import { inReviewedFile, related } from './wording.ts';

export interface OpenRegistration {
  readonly registration: Registration;
  /** The variable of this run that the registration keeps. */
  readonly kept: Binding;
  /** An exit that is reached while the registration stands; absent when no exit undoes it. */
  readonly exit?: ReturnStmt;
  /** The variable that holds the undo, when there is one. */
  readonly undo?: Binding;
}

/** Registrations of a package that are not undone on every exit of the function that makes them. */
export const openRegistrationsKey: SharedKey<readonly OpenRegistration[]> = {
  name: 'open registrations',
  compute: (pass) => registrations(pass.pkg).flatMap((registration) => judge(pass.pkg, registration) ?? []),
};

function judge(pkg: GoPackage, registration: Registration): OpenRegistration | undefined {
  const kept = ownVariable(pkg, registration);
  if (!kept || hasCounterpartCall(registration) || endsWithContext(pkg, registration)) return undefined;
  const result = resultOf(pkg, registration.call);
  if (result.escapes) return undefined;
  if (registration.undo.kind === 'counterpart' || registration.undo.kind === 'none' || result.dropped)
    return { registration, kept };
  const exit = result.variable && missedExit(pkg, registration, result.variable);
  return exit && result.variable && { registration, kept, exit, undo: result.variable };
}

/**
 * The registration is given a context that may end, and the keeper does something with it. Assumed: what is registered goes
 * with the context.
 */
function endsWithContext(pkg: GoPackage, { call, keeper }: Registration): boolean {
  const home = pkg.homeOf(keeper);
  const names = keeper.type.params.flatMap((param) => param.names);
  return call.args.some((arg, at) => {
    const param = names[at];
    const binding = param && home.bindingOf(param);
    if (!binding || !isContext(home.typeOfBinding(binding)) || isEndlessContext(pkg, arg)) return false;
    return home.usesOf(binding).length > 0;
  });
}

/** A variable of this run of the function: a channel that it makes, or its request, response or connection. */
function ownVariable(pkg: GoPackage, { kept, inside }: Registration): Binding | undefined {
  const candidates = kept.kind === 'FuncLit' ? [...capturedVariables(pkg, kept)] : [pkg.bindingOf(kept)];
  return candidates.find(
    (binding): binding is Binding =>
      binding !== undefined && binding.func === inside && belongsToRun(pkg, binding) && !isEndedBy(pkg, kept, binding),
  );
}

/** A callback that closes the channel is called at the end of it all. Assumed: who ends forgets his callbacks. */
function isEndedBy(pkg: GoPackage, kept: Registration['kept'], binding: Binding): boolean {
  return pkg.usesOf(binding).some((use) => {
    const call = pkg.parentOf(use);
    if (call?.kind !== 'CallExpr' || !isInside(use, kept)) return false;
    const callee = pkg.calleeOf(call);
    return callee.kind === 'builtin' && callee.name === 'close';
  });
}

function belongsToRun(pkg: GoPackage, binding: Binding): boolean {
  const type = pkg.typeOfBinding(binding);
  if (
    isNamed(type, 'net/http', 'ResponseWriter') ||
    isNamed(type, 'net/http', 'Request') ||
    isNamed(type, 'net', 'Conn')
  )
    return true;
  const value = initialValue(binding);
  return value !== undefined && makeCapacity(pkg, value) !== undefined && staysInside(pkg, binding);
}

/** The channel is not returned or stored, so nobody else can go on receiving from it. */
function staysInside(pkg: GoPackage, binding: Binding): boolean {
  return pkg.usesOf(binding).every((use) => {
    const parent = pkg.parentOf(use);
    return (
      parent?.kind !== 'ReturnStmt' &&
      parent?.kind !== 'KeyValueExpr' &&
      parent?.kind !== 'CompositeLit' &&
      !isStoredUse(parent, use)
    );
  });
}

function isStoredUse(parent: Node | undefined, use: Ident): boolean {
  return parent?.kind === 'AssignStmt' && parent.rhs.includes(use);
}

/** A `return` after the registration that no call of the undo precedes. Undefined when the undo is deferred or goes elsewhere. */
function missedExit(pkg: GoPackage, { call, inside }: Registration, undo: Binding): ReturnStmt | undefined {
  const uses = pkg.usesOf(undo);
  if (!uses.every((use) => isPlainUndo(pkg, use, inside))) return undefined;
  const body = inside.body;
  let missed: ReturnStmt | undefined;
  if (!body) return undefined;
  walkOwn(body, (node) => {
    if (missed || node.kind !== 'ReturnStmt' || node.range.start < call.range.end) return;
    if (!uses.some((use) => precedes(pkg, use, node))) missed = node;
  });
  return missed;
}

/** `undo()` or `undo.Close()` as a statement of the function itself. */
function isPlainUndo(pkg: GoPackage, use: Ident, inside: Node): boolean {
  const { func, inner } = pkg.enclosing(use);
  if ((inner ?? func) !== inside) return false;
  const parent = pkg.parentOf(use);
  const call = parent?.kind === 'SelectorExpr' ? pkg.parentOf(parent) : parent;
  return call?.kind === 'CallExpr' && !call.args.includes(use) && pkg.parentOf(call)?.kind === 'ExprStmt';
}

/** The use stands before the exit in one of the blocks around the exit. */
function precedes(pkg: GoPackage, use: Ident, exit: ReturnStmt): boolean {
  if (use.range.start > exit.range.start) return false;
  for (let at = pkg.parentOf(use); at; at = pkg.parentOf(at)) {
    if (at.kind === 'BlockStmt' || at.kind === 'CommClause' || at.kind === 'CaseClause') return isInside(exit, at);
  }
  return false;
}

function neverUndone({ undo, keeper }: Registration): string {
  return undo.kind === 'none' ? `nothing undoes \`${keeper.name.name}\`` : 'it is never unregistered';
}

function adviceFor(registration: Registration): string {
  const { undo, keeper } = registration;
  if (undo.kind === 'none') return `${whatItTakes(registration)}.`;
  return undo.kind === 'counterpart'
    ? `Defer \`${undo.name}\` right after the registration.`
    : `Keep what \`${keeper.name.name}\` returns and defer it right after the registration.`;
}

const rule: Rule<OpenRegistration> = {
  meta: {
    id: 'missing-unsubscribe',
    group: 'lifecycle',
    summary:
      'A callback or channel of one connection or goroutine stays registered after the function that registered it has returned.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A registration with a type outside the repository is not judged.' }],
  },
  detect: (pass: Pass) =>
    pass
      .shared(openRegistrationsKey)
      .filter(({ registration }) => inReviewedFile(pass, pass.pkg.fileOf(registration.call))),
  describe({ registration, kept, exit }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(registration.call);
    const what = registration.kept.kind === 'FuncLit' ? 'a callback that captures the local' : 'the local channel';
    const left = exit ? 'one exit of the function leaves it registered' : neverUndone(registration);
    return {
      location: pass.at(file, registration.call),
      message: `\`${registration.keeper.name.name}\` stores ${what} \`${kept.name}\`, and ${left}.`,
      advice: adviceFor(registration),
      related: [
        ...(exit ? [related(pass, exit, 'this exit leaves the registration in place')] : []),
        related(pass, registration.keeper.name, `\`${registration.keeper.name.name}\` stores it here`),
      ],
      causes: exit ? [pass.at(file, exit)] : [],
    };
  },
  fix(finding, pass): readonly SuggestedFix[] | FixRefusal {
    return unsubscribeFix(pass.pkg, finding);
  },
};

const afterStop: Rule<KeptAfterStop> = {
  meta: rule.meta,
  detect: (pass) => keptAfterStop(pass),
  describe: (finding, pass) => describeKeptAfterStop(finding, pass),
  fix: ({ registrations: [first] }) => refuse(first ? whatItTakes(first) : 'nothing is registered'),
};

export const missingUnsubscribe: AnyRule = {
  ...anyRule(rule),
  evaluate: (pass) => [...anyRule(rule).evaluate(pass), ...anyRule(afterStop).evaluate(pass)],
};
