/**
 * An HTTP transport of a single call. "Transports should be reused instead of created as needed"
 * (https://pkg.go.dev/net/http#Transport): a connection that is idle stays in the pool of its transport, with the two
 * goroutines that read and write it, and nobody uses that pool again.
 *
 *  1. A function makes the transport, and it stays with the function: it is used for requests and nothing else.
 *  2. Connections are kept alive, and no `IdleConnTimeout` ends them. The zero value sets no limit.
 *  3. Nobody calls `CloseIdleConnections`. Programs are left out: a command makes its client once.
 */
import { fixOf, insertAfter, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass, Rule, RuleMeta } from '../../analysis/rule.ts';
import type { AssignStmt, CallExpr, CompositeLit, Expr, FuncDecl, Ident, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestCode } from '../../go/test-code.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { loopsAround } from '../ownership/loop.ts';
import { textOf } from '../ownership/waiting.ts';

export interface OwnTransport {
  readonly literal: CompositeLit;
  readonly func: FuncDecl;
  /** The variable of the client, or of the transport that is used without one, and the statement that sets it. */
  readonly holder: Ident;
  readonly statement: AssignStmt;
  readonly request: CallExpr;
}

/** Methods of clients and transports that make a request. */
const requests = new Set(['Do', 'Get', 'Head', 'Post', 'PostForm', 'RoundTrip']);
/** Fields without which idle connections stay; who sets them has thought of that. */
const limits = new Set(['DisableKeepAlives', 'IdleConnTimeout', 'MaxIdleConnsPerHost']);

export function ownTransportRule(meta: RuleMeta): Rule<OwnTransport> {
  return { meta, detect: ownTransports, describe, fix: closeIdle };
}

function ownTransports(pass: Pass): readonly OwnTransport[] {
  const { pkg } = pass;
  if (pkg.name === 'main') return [];
  return pkg.funcDecls
    .filter(({ file, bodyRange }) => pass.files.includes(file) && !isTestCode(file) && bodyRange !== undefined)
    .filter(({ file, bodyRange }) => file.text.slice(bodyRange?.start, bodyRange?.end).includes('Transport{'))
    .flatMap((func) => literalsOf(pkg, func).flatMap((literal) => judge(pkg, func, literal) ?? []));
}

function literalsOf(pkg: GoPackage, { body }: FuncDecl): readonly CompositeLit[] {
  const found: CompositeLit[] = [];
  if (body)
    walk(body, (node) => {
      if (node.kind === 'CompositeLit' && node.type && isHttp(pkg, node.type, 'Transport')) found.push(node);
    });
  return found.filter(({ elts }) => !elts.some((elt) => limits.has(keyOf(elt) ?? '')));
}

function isHttp(pkg: GoPackage, type: Expr, name: string): boolean {
  return isNamed(pkg.typeOfTypeExpr(type), 'net/http', name);
}

function keyOf(elt: Expr): string | undefined {
  return elt.kind === 'KeyValueExpr' && elt.key.kind === 'Ident' ? elt.key.name : undefined;
}

function judge(pkg: GoPackage, func: FuncDecl, literal: CompositeLit): OwnTransport | undefined {
  const held = holderOf(pkg, literal);
  const request = held && requestOf(pkg, held.holder, 0);
  return held && request ? { literal, func, ...held, ...request } : undefined;
}

type Held = Pick<OwnTransport, 'holder' | 'statement'>;

/** The new variable that a literal goes to: its own, or that of the client in which it stands. */
function holderOf(pkg: GoPackage, literal: Node): Held | undefined {
  let value: Node = literal;
  let parent = pkg.parentOf(value);
  if (parent?.kind === 'UnaryExpr' && parent.op === '&') [value, parent] = [parent, pkg.parentOf(parent)];
  if (parent?.kind === 'KeyValueExpr' && keyOf(parent) === 'Transport') {
    const client = pkg.parentOf(parent);
    return client?.kind === 'CompositeLit' && client.type && isHttp(pkg, client.type, 'Client')
      ? holderOf(pkg, client)
      : undefined;
  }
  if (parent?.kind !== 'AssignStmt' || parent.tok !== ':=' || parent.lhs.length !== parent.rhs.length) return undefined;
  const holder = parent.lhs[parent.rhs.indexOf(value as Expr)];
  return holder?.kind === 'Ident' && holder.name !== '_' ? { holder, statement: parent } : undefined;
}

/** A request that the variable is used for; undefined when it is used for something that may give it to somebody. */
function requestOf(pkg: GoPackage, holder: Ident, depth: number): (Held & { request: CallExpr }) | undefined {
  const binding = pkg.bindingOf(holder);
  let found: (Held & { request: CallExpr }) | undefined;
  for (const use of binding ? pkg.usesOf(binding) : []) {
    const inner = depth === 0 ? holderOfClient(pkg, use) : undefined;
    const request = inner ? requestOf(pkg, inner.holder, 1) : requestAt(pkg, use);
    if (request === 'other') return undefined;
    if (inner && !request) return undefined;
    const decl = binding?.decl;
    if (!request || decl?.kind !== 'AssignStmt') continue;
    found ??= 'holder' in request ? request : { holder, statement: decl, request };
  }
  return found;
}

/** `client` of `client := &http.Client{Transport: tr}`. */
function holderOfClient(pkg: GoPackage, use: Ident): Held | undefined {
  const parent = pkg.parentOf(use);
  return parent?.kind === 'KeyValueExpr' && parent.value === use ? holderOf(pkg, use) : undefined;
}

/** A request; undefined for a setting that changes nothing here; `other` for everything else. */
function requestAt(pkg: GoPackage, use: Ident): CallExpr | undefined | 'other' {
  const selector = pkg.parentOf(use);
  if (selector?.kind !== 'SelectorExpr' || selector.x !== use) return 'other';
  const parent = pkg.parentOf(selector);
  if (parent?.kind === 'CallExpr' && parent.fun === selector) return requests.has(selector.sel.name) ? parent : 'other';
  const sets = parent?.kind === 'AssignStmt' && parent.lhs.includes(selector) && !limits.has(selector.sel.name);
  return sets && selector.sel.name !== 'Transport' ? undefined : 'other';
}

function describe({ literal, func, request }: OwnTransport, pass: Pass): Report {
  const file = pass.pkg.fileOf(literal);
  return {
    location: pass.at(file, literal),
    message: `Each call of \`${func.name.name}\` makes an \`http.Transport\` of its own; the connection of \`${textOf(pass.pkg, request.fun)}\` stays idle in it, with the two goroutines that serve it, until the server closes it.`,
    advice: 'Make one client and use it for all calls, or call `CloseIdleConnections` when the function is done.',
    related: [{ location: pass.at(file, request), message: 'the request that leaves its connection behind' }],
    causes: [pass.at(file, request)],
    identity: `transport ${func.name.name}`,
  };
}

function closeIdle({ holder, statement }: OwnTransport, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  if (loopsAround(pkg, statement).length > 0) return refuse('a `defer` would be in a loop');
  if (pkg.parentOf(statement)?.kind !== 'BlockStmt') return refuse('the variable is part of a larger statement');
  const call = `${holder.name}.CloseIdleConnections()`;
  const file = pkg.fileOf(statement);
  return [fixOf(file, `Defer \`${call}\``, [insertAfter(file, statement, [`defer ${call}`])])];
}
