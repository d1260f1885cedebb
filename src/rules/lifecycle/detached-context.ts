/**
 * A goroutine whose context is not that of its starter.
 *
 *  1. It passes `context.Background()` or `context.TODO()` to a call, directly, although a context or a request is at
 *     hand where it is started. Deliberate detachments stay silent: `WithoutCancel`, a derived context with its own
 *     end, code after a receive from a `Done()`.
 *  2. It uses the context of a request (`r.Context()`), nobody waits for it, and the handler does not wait either.
 */

import type { Report } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import { isEndlessContext } from '../../concurrency/open/stops.ts';
import type { CallExpr, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { walkOwn } from '../ownership/reach.ts';
import { isHandler } from '../ownership/repetition.ts';
import { textOf } from '../ownership/waiting.ts';
import { contextAt } from './equipment.ts';
import { inReviewedFile, nameOf } from './wording.ts';

interface Detached {
  readonly goroutine: Goroutine;
  readonly call: CallExpr;
  readonly kind: 'background' | 'request';
  /** The context at hand. */
  readonly context: string;
}

function detect(pass: Pass): readonly Detached[] {
  return pass.shared(goroutinesKey).flatMap((goroutine) => {
    const { start, repetition } = goroutine;
    if (start.kind !== 'go' || repetition.kind === 'process' || !inReviewedFile(pass, start.file)) return [];
    const found = background(pass.pkg, goroutine) ?? requestContext(pass.pkg, goroutine);
    return found ? [found] : [];
  });
}

function background(pkg: GoPackage, goroutine: Goroutine): Detached | undefined {
  const { start } = goroutine;
  const context = paramContext(pkg, start.func, start.inner);
  if (!context || waitsForDone(pkg, start.node)) return undefined;
  let call: CallExpr | undefined;
  walk(start.call, (node) => {
    if (!call && node.kind === 'CallExpr' && isEndlessContext(pkg, node) && isPassedOn(pkg, node)) call = node;
    return !call;
  });
  return call && { goroutine, call, kind: 'background', context };
}

/** A context or request parameter of the function or the literal around. */
function paramContext(pkg: GoPackage, func: FuncDecl | undefined, inner: FuncLit | undefined): string | undefined {
  const own = contextAt(pkg, undefined, inner);
  if (own) return own;
  for (const param of (inner ?? func)?.type.params ?? []) {
    const name = param.names[0]?.name;
    const type = pkg.typeOfTypeExpr(param.type);
    if (!name || name === '_') continue;
    if (isNamed(type, 'context', 'Context')) return name;
    if (isNamed(type, 'net/http', 'Request')) return `${name}.Context()`;
  }
  return undefined;
}

function waitsForDone(pkg: GoPackage, node: Node): boolean {
  let waits = false;
  walk(node, (each) => {
    if (
      each.kind === 'CallExpr' &&
      each.fun.kind === 'SelectorExpr' &&
      each.fun.sel.name === 'Done' &&
      pkg.parentOf(each)?.kind === 'UnaryExpr'
    )
      waits = true;
    return !waits;
  });
  return waits;
}

/** An argument of a call that does not derive another context from it. */
function isPassedOn(pkg: GoPackage, call: CallExpr): boolean {
  const parent = pkg.parentOf(call);
  if (parent?.kind !== 'CallExpr' || !parent.args.includes(call)) return false;
  const callee = pkg.calleeOf(parent);
  if (callee.kind === 'external' && /^(With|Notify)/.test(callee.name)) return false;
  return !detachedWork.test(textOf(pkg, parent.fun));
}

/** Logging, and undoing what was done: a context that has ended must not stop either. */
const detachedWork =
  /log|print|trace|warn|error|debug|info|release|close|clean|shutdown|stop|remove|delete|rollback|unlock|flush/i;

function requestContext(pkg: GoPackage, goroutine: Goroutine): Detached | undefined {
  const { start } = goroutine;
  const handler = start.inner ?? start.func;
  if (!handler?.body || !isHandler(pkg, handler) || goroutine.waiter || handlerWaits(handler)) return undefined;
  let call: CallExpr | undefined;
  walk(start.call, (node) => {
    if (!call && node.kind === 'CallExpr' && isRequestContext(pkg, node) && isPassedOn(pkg, node)) call = node;
    return !call;
  });
  return call && { goroutine, call, kind: 'request', context: 'r.Context()' };
}

function isRequestContext(pkg: GoPackage, call: CallExpr): boolean {
  const fun = call.fun;
  return fun.kind === 'SelectorExpr' && fun.sel.name === 'Context' && isNamed(pkg.typeOf(fun.x), 'net/http', 'Request');
}

/** The handler receives, selects or calls a `Wait`: it may be there for the goroutine. */
function handlerWaits(handler: FuncDecl | FuncLit): boolean {
  let waits = false;
  if (!handler.body) return true;
  walkOwn(handler.body, (node) => {
    if (node.kind === 'SelectStmt' || node.kind === 'ForStmt' || node.kind === 'RangeStmt') waits = true;
    if (node.kind === 'UnaryExpr' && node.op === '<-') waits = true;
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && node.fun.sel.name === 'Wait') waits = true;
    return !waits;
  });
  return waits;
}

const rule: Rule<Detached> = {
  meta: {
    id: 'detached-context',
    group: 'lifecycle',
    summary:
      "A goroutine uses a background context although another context is available, or uses a request's context after the request.",
    severity: 'info',
    offByDefault: true,
    since: '0.1.0',
    knownProblems: [
      {
        kind: 'false-alarm',
        text: 'A goroutine that is meant to outlive the request is reported unless it uses context.WithoutCancel or a deadline.',
      },
    ],
  },
  detect,
  describe({ goroutine, call, kind, context }, pass): Report {
    const { pkg } = pass;
    const name = nameOf(pkg, goroutine);
    return {
      location: pass.at(pkg.fileOf(call), call),
      message:
        kind === 'background'
          ? `${capital(name)} uses a background context, so the end of \`${context}\` does not reach it.`
          : `${capital(name)} uses the context of a request that may be over by then, so its work may be cancelled halfway.`,
      advice:
        kind === 'background'
          ? `Pass \`${context}\`, or \`context.WithoutCancel(${context})\` with a deadline when the work must outlive it.`
          : 'Use `context.WithoutCancel` with a deadline of its own, or wait for the goroutine in the handler.',
      causes: [pass.at(goroutine.start.file, goroutine.start.node)],
      subject: pass.at(goroutine.start.file, goroutine.start.node),
    };
  },
};

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

export const detachedContext = anyRule(rule);
