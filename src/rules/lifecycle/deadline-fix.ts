/** Gives a dial and the wait after it a deadline. */
import { fixOf, insertAfter, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { BlockStmt, File, Node, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { TextEdit } from '../../text/text-edit.ts';
import type { UndeadlinedCall } from '../ownership/network.ts';
import { bodyOf } from '../ownership/reach.ts';
import { contextAt, imports } from './equipment.ts';

const limit = '10 * time.Second';

export function deadlineFix(pkg: GoPackage, call: UndeadlinedCall): readonly SuggestedFix[] | FixRefusal {
  if (!imports(pkg, call.node, 'time')) return refuse('the file does not import `time`');
  const file = pkg.fileOf(call.node);
  if (call.kind === 'request') return requestFix(pkg, file, call);
  if (call.name !== 'net.Dial') return refuse(`no replacement for \`${call.name}\` keeps the rest of the code`);
  const around = connectionStatements(pkg, call);
  if (!around) return refuse('the error of the dial is not handled in the next statement');
  const edits = [
    dialEdit(pkg, file, call),
    insertAfter(file, around.checked, deadlineLines(around.name, `time.Now().Add(${limit})`)),
  ];
  if (around.waited) edits.push(insertAfter(file, around.waited, deadlineLines(around.name, 'time.Time{}')));
  return [fixOf(file, 'Dial with a timeout, and set a deadline while waiting for the peer', edits)];
}

function deadlineLines(name: string, until: string): readonly string[] {
  return [`${name}.SetDeadline(${until})`];
}

function dialEdit(pkg: GoPackage, file: File, { node }: UndeadlinedCall): TextEdit {
  const { func, inner } = pkg.enclosing(node);
  const context = contextAt(pkg, func, inner);
  const args = node.args.map((arg) => file.text.slice(arg.range.start, arg.range.end)).join(', ');
  if (!context) return replaceNode(file, node, [`net.DialTimeout(${args}, ${limit.replaceAll(' ', '')})`]);
  return replaceNode(file, node, [`(&net.Dialer{Timeout: ${limit}}).DialContext(${context}, ${args})`]);
}

interface ConnectionStatements {
  readonly name: string;
  /** The `if err != nil` after the dial. */
  readonly checked: Stmt;
  /** The `if err != nil` after the wait, when the connection is used further. */
  readonly waited?: Stmt;
}

function connectionStatements(
  pkg: GoPackage,
  { node, wait, inside }: UndeadlinedCall,
): ConnectionStatements | undefined {
  const dial = statementAround(pkg, node);
  const name = dial?.kind === 'AssignStmt' && dial.lhs[0]?.kind === 'Ident' ? dial.lhs[0] : undefined;
  const checked = dial && errorCheckAfter(pkg, dial);
  const body = bodyOf(inside);
  if (!name || !checked || !wait || !body) return undefined;
  const waiting = statementAround(pkg, wait);
  const waited = waiting && errorCheckAfter(pkg, waiting);
  const further = waited && pkg.parentOf(waited) === pkg.parentOf(checked) && isUsedAfter(body, waited, name.name);
  return { name: name.name, checked, ...(further ? { waited } : {}) };
}

function isUsedAfter(body: BlockStmt, after: Stmt, name: string): boolean {
  let used = false;
  walk(body, (node) => {
    if (node.kind === 'Ident' && node.name === name && node.range.start > after.range.end) used = true;
    return !used;
  });
  return used;
}

function statementAround(pkg: GoPackage, node: Node): Stmt | undefined {
  for (let at: Node | undefined = node; at; at = pkg.parentOf(at)) {
    const parent = pkg.parentOf(at);
    if (parent?.kind === 'BlockStmt') return at as Stmt;
    if (at.kind === 'FuncLit') return undefined;
  }
  return undefined;
}

/** The `if err != nil { ... }` that follows a statement in its block. */
function errorCheckAfter(pkg: GoPackage, stmt: Stmt): Stmt | undefined {
  const block = pkg.parentOf(stmt);
  const next = block?.kind === 'BlockStmt' ? block.list[block.list.indexOf(stmt) + 1] : undefined;
  return next?.kind === 'IfStmt' && next.els === undefined ? next : undefined;
}

/** `resp, err := http.Get(url)` with a client of its own. */
function requestFix(pkg: GoPackage, file: File, { node, name }: UndeadlinedCall): readonly SuggestedFix[] | FixRefusal {
  const stmt = statementAround(pkg, node);
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs[0] !== node) return refuse('the call is part of a larger statement');
  if (!imports(pkg, node, 'net/http')) return refuse('the file imports `net/http` under another name');
  const { func } = pkg.enclosing(node);
  if (func?.body && mentionsName(func.body, 'client')) return refuse('the name `client` is taken');
  const text = file.text.slice(stmt.range.start, stmt.range.end).replace(name, name.replace('http.', 'client.'));
  const edit = replaceNode(file, stmt, ['client := &http.Client{Timeout: 30 * time.Second}', text]);
  return [fixOf(file, 'Send the request with a client that has a timeout', [edit])];
}

function mentionsName(body: BlockStmt, name: string): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.kind === 'Ident' && node.name === name) found = true;
    return !found;
  });
  return found;
}
