/**
 * Answers that come too late: a function makes a channel without room, puts it into a message, and waits for the answer
 * beside a deadline or stop. When that comes first, whoever answers blocks forever in its plain send.
 *
 * Who takes the message is not followed: that the package sends plainly on that field of the message is enough, since
 * nobody but the function that asked can receive.
 */
import type { Pass } from '../../analysis/rule.ts';
import type { CallExpr, CommClause, CompositeLit, Expr, FuncDecl, Ident, Node, SendStmt } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { inReviewedFile } from '../lifecycle/wording.ts';
import { channelOf, makeCapacity } from '../ownership/channel.ts';
import { isAlternative } from '../ownership/hold.ts';
import { armReceive, loopsAround } from '../ownership/loop.ts';
import { stopField } from './servers.ts';

export interface LateAnswer {
  readonly inside: FuncDecl;
  /** The variable or field that holds the channel, and its `make`. */
  readonly name: string;
  readonly make: CallExpr;
  /** The arm by which the function leaves. */
  readonly leaves: CommClause;
  readonly answers: readonly SendStmt[];
}

const asks = /\bmake\(\s*chan\b/;

export function lateAnswers(pass: Pass): readonly LateAnswer[] {
  const { pkg } = pass;
  return pkg.funcDecls.flatMap((decl) => {
    if (!decl.bodyRange || !inReviewedFile(pass, decl.file)) return [];
    const text = decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end);
    return asks.test(text) && /\bselect\b/.test(text) ? inFunction(pkg, decl) : [];
  });
}

function inFunction(pkg: GoPackage, inside: FuncDecl): readonly LateAnswer[] {
  const found: LateAnswer[] = [];
  if (inside.body)
    walk(inside.body, (node) => {
      if (node.kind === 'FuncLit') return false;
      if (node.kind !== 'AssignStmt' || node.tok !== ':=' || node.lhs.length !== node.rhs.length) return true;
      node.lhs.forEach((target, at) => {
        for (const each of target.kind === 'Ident' ? askedFor(pkg, target, node.rhs[at]) : []) {
          const one = answeredLate(pkg, inside, each);
          if (one) found.push(one);
        }
      });
      return true;
    });
  return found;
}

/** A channel that a function makes and hands over, as it is named there. */
interface Asked {
  readonly name: string;
  readonly make: CallExpr;
  /** Where the function operates on the channel. */
  readonly operated: readonly Expr[];
  /** For each time that it is handed over: the sends on what it is handed over in. */
  readonly handed: readonly (readonly SendStmt[])[];
}

/** The channel in a variable, or those in the fields of the message in a variable. */
function askedFor(pkg: GoPackage, target: Ident, value: Expr | undefined): readonly Asked[] {
  const binding = pkg.bindingOf(target);
  if (!binding || value === undefined) return [];
  const uses = pkg.usesOf(binding).filter((use) => use !== target);
  const literal = value.kind === 'UnaryExpr' && value.op === '&' ? value.x : value;
  if (literal.kind === 'CompositeLit') return inMessage(pkg, target, literal, uses);
  if (!isUnbuffered(pkg, value)) return [];
  const handed = uses.flatMap((use) => {
    const sends = answersTo(pkg, use);
    return sends ? [{ use, sends }] : [];
  });
  const operated = uses.filter((use) => !handed.some((each) => each.use === use));
  return [{ name: target.name, make: value, operated, handed: handed.map(({ sends }) => sends) }];
}

/** `w := &waiter{reply: make(chan T)}`: who gets the message sends on the field. */
function inMessage(pkg: GoPackage, target: Ident, literal: CompositeLit, uses: readonly Ident[]): readonly Asked[] {
  const fields = pkg.typeInfoOf(pkg.typeOf(literal))?.fields;
  return literal.elts.flatMap((element): readonly Asked[] => {
    if (element.kind !== 'KeyValueExpr' || element.key.kind !== 'Ident' || !isUnbuffered(pkg, element.value)) return [];
    const name = element.key.name;
    const field = fields?.get(name);
    if (!field) return [];
    const selected = uses.flatMap((use) => {
      const parent = pkg.parentOf(use);
      return parent?.kind === 'SelectorExpr' && parent.x === use ? [parent] : [];
    });
    const sends = field.uses.flatMap(({ kind, node }) => (kind === 'send' && node.kind === 'SendStmt' ? [node] : []));
    return [
      {
        name: `${target.name}.${name}`,
        make: element.value,
        operated: selected.filter(({ sel }) => sel.name === name),
        handed: uses.filter((use) => !selected.some(({ x }) => x === use)).map(() => sends),
      },
    ];
  });
}

function isUnbuffered(pkg: GoPackage, value: Expr): value is CallExpr {
  return value.kind === 'CallExpr' && makeCapacity(pkg, value)?.capacity === 0;
}

function answeredLate(
  pkg: GoPackage,
  inside: FuncDecl,
  { name, make, operated, handed }: Asked,
): LateAnswer | undefined {
  // Handed over once, received once, and used for nothing else.
  const [arm] = operated.flatMap((use) => armOf(pkg, use) ?? []);
  const [sends] = handed;
  if (!sends || handed.length > 1 || !arm || operated.length !== 1) return undefined;
  const leaves = leavingBeside(pkg, arm);
  const answers = sends.filter((node) => !isTestFile(pkg.fileOf(node).path) && !isAlternative(pkg, node));
  if (!leaves || answers.length === 0 || answers.some((node) => pkg.enclosing(node).func === inside)) return undefined;
  return { inside, name, make, leaves, answers };
}

/** The sends on what a variable is handed over in: a field of a struct literal, or an element of a map in a field. */
function answersTo(pkg: GoPackage, use: Ident): readonly SendStmt[] | undefined {
  const field = fieldGiven(pkg, use);
  if (field) return field.uses.flatMap(({ kind, node }) => (kind === 'send' && node.kind === 'SendStmt' ? [node] : []));
  const kept = pkg.parentOf(use);
  const target = kept?.kind === 'AssignStmt' ? kept.lhs[kept.rhs.indexOf(use)] : undefined;
  const map = target?.kind === 'IndexExpr' ? pkg.fieldOf(target.x) : undefined;
  return map?.uses.flatMap(({ node }) => sendsOnElement(pkg, pkg.parentOf(node)));
}

/** `m[key] <- v`, or `c := m[key]` with `c <- v`. */
function sendsOnElement(pkg: GoPackage, element: Node | undefined): readonly SendStmt[] {
  const parent = element?.kind === 'IndexExpr' ? pkg.parentOf(element) : undefined;
  if (parent?.kind === 'SendStmt') return parent.chan === element ? [parent] : [];
  const [name] = parent?.kind === 'AssignStmt' && parent.tok === ':=' && parent.rhs.length === 1 ? parent.lhs : [];
  const binding =
    name?.kind === 'Ident' && parent?.kind === 'AssignStmt' && parent.rhs[0] === element
      ? pkg.bindingOf(name)
      : undefined;
  return (binding ? pkg.usesOf(binding) : []).flatMap((use) => {
    const send = pkg.parentOf(use);
    return send?.kind === 'SendStmt' && send.chan === use ? [send] : [];
  });
}

/** The field of a struct literal that a variable is the value of. */
function fieldGiven(pkg: GoPackage, use: Ident): FieldInfo | undefined {
  const parent = pkg.parentOf(use);
  const literal = parent?.kind === 'KeyValueExpr' ? pkg.parentOf(parent) : parent;
  if (literal?.kind !== 'CompositeLit') return undefined;
  const fields = pkg.typeInfoOf(pkg.typeOf(literal))?.fields;
  if (parent?.kind === 'KeyValueExpr')
    return parent.value === use && parent.key.kind === 'Ident' ? fields?.get(parent.key.name) : undefined;
  const at = literal.elts.indexOf(use);
  return fields && [...fields.values()][at];
}

/** The arm of a `select` that receives from the variable. */
function armOf(pkg: GoPackage, use: Expr): CommClause | undefined {
  const receive = pkg.parentOf(use);
  if (receive?.kind !== 'UnaryExpr' || receive.op !== '<-') return undefined;
  const statement = pkg.parentOf(receive);
  const arm = statement && pkg.parentOf(statement);
  return arm?.kind === 'CommClause' && arm.comm === statement ? arm : undefined;
}

/** An arm beside it that a timer, a context or a stop opens, and after which nobody comes back to the `select`. */
function leavingBeside(pkg: GoPackage, arm: CommClause): CommClause | undefined {
  const select = pkg.parentOf(arm);
  if (select?.kind !== 'SelectStmt') return undefined;
  const again = loopsAround(pkg, select).length > 0;
  return select.clauses.find((other) => {
    const from = other === arm ? undefined : armReceive(other);
    if (!from || !(isDeadline(pkg, from) || stopField(pkg, from))) return false;
    return !again || other.body.at(-1)?.kind === 'ReturnStmt';
  });
}

function isDeadline(pkg: GoPackage, from: Expr): boolean {
  const ref = channelOf(pkg, from);
  if (ref.kind === 'timer') return !ref.periodic;
  if (ref.kind === 'variable') {
    const { decl, ident } = ref.binding;
    const value =
      decl?.kind === 'AssignStmt' && decl.tok === ':=' && ident ? decl.rhs[decl.lhs.indexOf(ident)] : undefined;
    return value?.kind === 'CallExpr' && isDeadline(pkg, value);
  }
  if (ref.kind !== 'done' || ref.call.fun.kind !== 'SelectorExpr') return false;
  const { x } = ref.call.fun;
  return x.kind === 'Ident' && !pkg.bindingOf(x)?.global;
}
