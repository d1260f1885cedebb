/**
 * Who operates on the channel of a field when the package hands it on: to a function as an argument, or to the field of
 * another type. Whatever else becomes of it, somebody unknown may operate on it.
 */

import type { Expr, Ident, Node } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { Binding, FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { channelField } from '../ownership/channel.ts';

export type Operation = Pick<FieldUse, 'node' | 'file' | 'func'>;

export interface Operations {
  readonly sends: readonly Operation[];
  readonly receives: readonly Operation[];
}

/** All sends and receives outside tests; undefined when others may operate on the channel, or somebody closes it. */
export function operationsOn(pkg: GoPackage, field: FieldInfo): Operations | undefined {
  const channel = channelField(pkg, field);
  // A buffer of unknown size may be large enough.
  if (channel.capacities.length === 0 || channel.capacities.includes(undefined) || channel.closes.length > 0)
    return undefined;
  const own = field.uses.filter(({ file }) => !isTestFile(file.path));
  const sends: Operation[] = own.filter(({ kind }) => kind === 'send');
  const receives: Operation[] = own.filter(({ kind }) => kind === 'receive' || kind === 'range');
  if (channel.private) return { sends, receives };
  if (isExported(field.name) && isExported(field.owner.name)) return undefined;
  for (const { kind, node } of own) {
    if (kind === 'call') return undefined;
    if (kind !== 'read' || isMeasured(pkg, node)) continue;
    const handed = node.kind === 'SelectorExpr' ? (lentTo(pkg, node) ?? keptIn(pkg, field, node)) : undefined;
    if (!handed) return undefined;
    sends.push(...handed.sends);
    receives.push(...handed.receives);
  }
  return { sends, receives };
}

/** Only compared, or asked for its length. */
function isMeasured(pkg: GoPackage, node: Node): boolean {
  const parent = pkg.parentOf(node);
  if (parent?.kind !== 'CallExpr') return parent?.kind === 'BinaryExpr';
  const callee = pkg.calleeOf(parent);
  return callee.kind === 'builtin' && (callee.name === 'len' || callee.name === 'cap');
}

/** What a function of the package does with the channel that it is given as an argument. */
function lentTo(pkg: GoPackage, node: Expr): Operations | undefined {
  const call = pkg.parentOf(node);
  if (call?.kind !== 'CallExpr' || call.ellipsis) return undefined;
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'func' && callee.kind !== 'method') return undefined;
  const params = callee.decl.type.params.flatMap(({ names }) => names);
  const param = params[call.args.indexOf(node)];
  const binding = param && params.length === call.args.length ? pkg.bindingOf(param) : undefined;
  return binding && operationsOnVariable(pkg, binding);
}

function operationsOnVariable(pkg: GoPackage, binding: Binding): Operations | undefined {
  const sends: Operation[] = [];
  const receives: Operation[] = [];
  for (const use of pkg.usesOf(binding)) {
    const parent = pkg.parentOf(use);
    if (parent?.kind === 'SendStmt' && parent.chan === use) sends.push(operation(pkg, parent));
    else if (parent?.kind === 'UnaryExpr' && parent.op === '<-') receives.push(operation(pkg, parent));
    else if (parent?.kind === 'RangeStmt' && parent.x === use) receives.push(operation(pkg, parent));
    else return undefined;
  }
  return { sends, receives };
}

function operation(pkg: GoPackage, node: Node): Operation {
  const { func } = pkg.enclosing(node);
  return { node, file: pkg.fileOf(node), ...(func ? { func } : {}) };
}

/** What is done with the field of another type that holds this channel and no other. */
function keptIn(pkg: GoPackage, field: FieldInfo, node: Expr): Operations | undefined {
  const other = targetOf(pkg, node);
  if (!other || (isExported(other.name) && isExported(other.owner.name))) return undefined;
  const uses = other.uses.filter(({ file }) => !isTestFile(file.path));
  const isSame = ({ kind, value }: FieldUse) =>
    (kind !== 'assign' && kind !== 'init') || (value !== undefined && pkg.fieldOf(value) === field);
  if (!uses.every(isSame) || uses.some(({ kind }) => kind === 'close' || kind === 'call' || kind === 'read'))
    return undefined;
  return {
    sends: uses.filter(({ kind }) => kind === 'send'),
    receives: uses.filter(({ kind }) => kind === 'receive' || kind === 'range'),
  };
}

function targetOf(pkg: GoPackage, node: Expr): FieldInfo | undefined {
  const parent = pkg.parentOf(node);
  if (parent?.kind === 'AssignStmt') {
    const target = parent.lhs[parent.rhs.indexOf(node)];
    return target && pkg.fieldOf(target);
  }
  const literal = parent?.kind === 'KeyValueExpr' && parent.value === node ? pkg.parentOf(parent) : undefined;
  if (literal?.kind !== 'CompositeLit' || parent?.kind !== 'KeyValueExpr' || parent.key.kind !== 'Ident')
    return undefined;
  return pkg.typeInfoOf(pkg.typeOf(literal))?.fields.get(parent.key.name);
}

/** The field whose value the only caller of a function gives as a parameter, directly or by the variable it was made from. */
export function fieldBehind(pkg: GoPackage, name: Ident): FieldInfo | undefined {
  const binding = pkg.bindingOf(name);
  const decl = binding?.kind === 'param' && binding.func?.kind === 'FuncDecl' ? binding.func : undefined;
  if (!decl || !binding?.ident) return undefined;
  const [call, ...others] = pkg.callersOf(decl).filter((one) => !isTestFile(pkg.fileOf(one).path));
  const at = decl.type.params.flatMap(({ names }) => names).indexOf(binding.ident);
  const arg: Expr | undefined = others.length === 0 ? call?.args[at] : undefined;
  if (!arg) return undefined;
  const direct = pkg.fieldOf(arg);
  const source = arg.kind === 'Ident' ? pkg.bindingOf(arg) : undefined;
  const type = decl.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(decl.recv.type));
  if (direct || !source || !type) return direct;
  return [...type.fields.values()].find(({ uses }) =>
    uses.some(({ kind, value }) => kind === 'init' && value?.kind === 'Ident' && pkg.bindingOf(value) === source),
  );
}
