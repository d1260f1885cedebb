/**
 * Answers that a service may forget: a method sends a message to a goroutine of the type, and waits for nothing but the
 * answer on a channel in it, or the end of the whole service. On some way through its loop the goroutine lets go of the
 * message without an answer.
 */
import type { Expr, FuncDecl, Node, SelectStmt } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { receivedFrom } from '../open/stops.ts';
import type { OwnChannel } from './channels.ts';
import type { Contract } from './contract.ts';
import { methodsLeadingTo } from './leading-methods.ts';
import { constructorsOf } from './maker.ts';
import { type Services, startsOfUse } from './services.ts';
import { namedGoroutines, startersOf } from './starters.ts';

/** The contracts about the answers to what is sent on a channel. */
export function forgottenContracts(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  channel: OwnChannel,
): readonly Contract[] {
  const taken = [...channel.receives, ...channel.ranges];
  const starts = taken.flatMap((use) => startsOfUse(services, use));
  if (taken.length === 0 || !taken.every((use) => startsOfUse(services, use).length > 0)) return [];
  const [made] = constructorsOf(pkg, type);
  return channel.sends.flatMap((use): readonly Contract[] => {
    const owner = services.ownerOf(use.node);
    const [method] = methodsLeadingTo(pkg, type, services, use);
    if (owner?.kind !== 'FuncDecl' || !method) return [];
    const operations = awaited(pkg, owner);
    const starters = operations.length === 0 ? undefined : startersOf(pkg, type, made, method, starts, services);
    if (!starters || (starters.length === 0 && !made)) return [];
    return [
      {
        type,
        constructor: made,
        starters,
        method,
        calls: 1,
        feeder: undefined,
        stop: undefined,
        operations,
        goroutines: namedGoroutines(pkg, type, starts),
        servers: [],
        forgets: true,
      },
    ];
  });
}

/** The receives of a function from a channel that it made itself, when it waits for nothing beside but the type's end. */
function awaited(pkg: GoPackage, owner: FuncDecl): Contract['operations'] {
  const { file } = owner;
  const found: Contract['operations'][number][] = [];
  if (owner.body && /\bmake\(\s*chan\b/.test(file.text.slice(owner.body.range.start, owner.body.range.end)))
    walk(owner.body, (node) => {
      if (node.kind === 'FuncLit') return false;
      if (node.kind === 'SelectStmt' && node.clauses.length > 1) {
        const answer = answerOf(pkg, owner, node);
        if (answer) found.push({ file, node: answer, func: owner });
        return false;
      }
      if (node.kind === 'UnaryExpr' && node.op === '<-' && isOwn(pkg, owner, node.x))
        found.push({ file, node, func: owner });
      return true;
    });
  return found;
}

/** The receive of the answer, in a `select` whose other arms wait for fields of the receiver: a channel or a context. */
function answerOf(pkg: GoPackage, owner: FuncDecl, { clauses }: SelectStmt): Node | undefined {
  const received = clauses.map(({ comm }) => comm && receivedFrom(comm));
  const answers = received.filter((chan) => chan !== undefined && isOwn(pkg, owner, chan));
  const isEnd = (chan: Expr | undefined) =>
    chan !== undefined && (answers.includes(chan) || isFieldOfReceiver(pkg, owner, chan));
  return answers.length === 1 && received.every(isEnd) ? answers[0] : undefined;
}

/** `s.stop`, `s.ctx.Done()`. */
function isFieldOfReceiver(pkg: GoPackage, owner: FuncDecl, chan: Expr): boolean {
  const done = chan.kind === 'CallExpr' && chan.fun.kind === 'SelectorExpr' && chan.fun.sel.name === 'Done';
  const field = done && chan.fun.kind === 'SelectorExpr' ? chan.fun.x : chan;
  const base = field.kind === 'SelectorExpr' && field.x.kind === 'Ident' ? pkg.bindingOf(field.x) : undefined;
  return base?.kind === 'receiver' && base.func === owner && pkg.fieldOf(field) !== undefined;
}

/** A channel of the function: in a variable of it, or in a field of what such a variable holds. */
function isOwn(pkg: GoPackage, owner: FuncDecl, chan: Expr): boolean {
  const base: Node = chan.kind === 'SelectorExpr' ? chan.x : chan;
  const binding = base.kind === 'Ident' ? pkg.bindingOf(base) : undefined;
  if (binding?.kind !== 'var' || binding.func !== owner) return false;
  return pkg.underlying(pkg.typeOf(chan)).kind === 'chan';
}
