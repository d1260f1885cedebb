/** A goroutine that runs other code without a deferred recover: a panic in it ends the process. */
import type { Report } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { bodyOf, type Func, visibleFunc } from '../ownership/reach.ts';
import { inReviewedFile, nameOf } from './wording.ts';

function detect(pass: Pass): readonly Goroutine[] {
  return pass.shared(goroutinesKey).filter((goroutine) => {
    const { start, func } = goroutine;
    if (start.kind !== 'go' || !func || !inReviewedFile(pass, start.file)) return false;
    return callsOtherCode(pass.pkg, func) && !recovers(pass.pkg, func);
  });
}

/** Something other than builtins, conversions and the methods of `sync` is called. */
function callsOtherCode(pkg: GoPackage, func: Func): boolean {
  let calls = false;
  const body = bodyOf(func);
  if (body) {
    walk(body, (node) => {
      if (node.kind === 'CallExpr' && isOtherCode(pkg, node)) calls = true;
      return !calls;
    });
  }
  return calls;
}

function isOtherCode(pkg: GoPackage, call: Extract<Node, { kind: 'CallExpr' }>): boolean {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'builtin' || callee.kind === 'conversion' || callee.kind === 'lit') return false;
  return callee.kind !== 'externalMethod' || callee.path !== 'sync';
}

/** A deferred call recovers, or may: it is not shown, or its name says so. */
function recovers(pkg: GoPackage, func: Func): boolean {
  const body = bodyOf(func);
  let found = false;
  if (!body) return true;
  walk(body, (node) => {
    if (node.kind === 'DeferStmt' && node.call.kind === 'CallExpr') found ||= deferRecovers(pkg, node.call);
    return !found;
  });
  return found;
}

function deferRecovers(pkg: GoPackage, call: Extract<Node, { kind: 'CallExpr' }>): boolean {
  const name = call.fun.kind === 'SelectorExpr' ? call.fun.sel.name : call.fun.kind === 'Ident' ? call.fun.name : '';
  if (/recover|panic|crash/i.test(name)) return true;
  const body = bodyOfCallee(pkg, call);
  let found = false;
  if (body) {
    walk(body, (node) => {
      if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && /recover|panic|crash/i.test(node.fun.name))
        found = true;
      return !found;
    });
  }
  return found;
}

function bodyOfCallee(pkg: GoPackage, call: Extract<Node, { kind: 'CallExpr' }>): Node | undefined {
  const func = visibleFunc(pkg.calleeOf(call));
  return func && bodyOf(func);
}

const rule: Rule<Goroutine> = {
  meta: {
    id: 'unrecovered-panic',
    group: 'lifecycle',
    summary: 'A goroutine calls other code without a deferred recover, so a panic in it ends the process.',
    severity: 'info',
    companion: true,
    since: '0.1.0',
    knownProblems: [
      { kind: 'miss', text: 'A recover in a called function is not looked for; it would not help this goroutine.' },
    ],
  },
  detect,
  describe(goroutine, pass): Report {
    const location = pass.at(goroutine.start.file, goroutine.start.node);
    const name = nameOf(pass.pkg, goroutine);
    return {
      location,
      message: `A panic in ${name} ends the whole process, because nothing in the goroutine recovers.`,
      advice: 'Defer a function that recovers and reports the panic, where the process should outlive it.',
      subject: location,
    };
  },
};

export const unrecoveredPanic = anyRule(rule);
