/** Compile-time constants where they are evident. */
import type { Expr, ValueSpec } from './ast.ts';
import { type Model, unparen } from './model.ts';
import type { Binding } from './package.ts';

export type Constant = number | string | boolean;

const maxDepth = 60;

/**
 * Literals, named constants (also `iota` and repeated specifications), conversions of them, and arithmetic. Integers
 * beyond 2^53 and everything else give undefined.
 */
export function constantValue(pkg: Model, expr: Expr, iota?: number, depth = 0): Constant | undefined {
  if (depth > maxDepth) return undefined;
  const plain = unparen(expr);
  const value = (part: Expr) => constantValue(pkg, part, iota, depth + 1);
  switch (plain.kind) {
    case 'BasicLit':
      return literalValue(plain.tok, plain.value);
    case 'Ident':
      return namedConstant(pkg, plain, iota, depth);
    case 'UnaryExpr':
      return unary(plain.op, value(plain.x));
    case 'BinaryExpr':
      return binary(plain.op, value(plain.x), value(plain.y));
    case 'CallExpr':
      return plain.args.length === 1 && plain.args[0] && pkg.isTypeExpr(plain.fun) ? value(plain.args[0]) : undefined;
    case 'SelectorExpr': {
      const binding = plain.x.kind === 'Ident' ? pkg.bindingOf(plain.x) : undefined;
      const facts = binding?.importPath === undefined ? undefined : pkg.external(binding.importPath);
      const found = facts?.global(plain.sel.name);
      return facts && found?.kind === 'const' && found.ident
        ? constantValue(facts, found.ident, undefined, depth + 1)
        : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * Values of named constants, also while they are being found (a constant that needs itself has none). Without it,
 * `const b = a + a; const c = b + b; ...` takes time that doubles with each line.
 */
const named = new WeakMap<Binding, { readonly value?: Constant }>();
const NONE: { readonly value?: Constant } = {};

function namedConstant(
  pkg: Model,
  ident: Extract<Expr, { kind: 'Ident' }>,
  iota: number | undefined,
  depth: number,
): Constant | undefined {
  const binding = pkg.bindingOf(ident);
  if (binding?.kind !== 'const') return undefined;
  if (!binding.decl) return binding.name === 'iota' ? iota : binding.name === 'true';
  const known = named.get(binding);
  if (known !== undefined) return known.value;
  named.set(binding, NONE);
  const value = declaredValue(pkg, binding, depth);
  named.set(binding, value === undefined ? NONE : { value });
  return value;
}

function declaredValue(pkg: Model, binding: Binding, depth: number): Constant | undefined {
  if (binding.decl?.kind !== 'ValueSpec') return undefined;
  const spec: ValueSpec = binding.decl;
  const group = pkg.parentOf(spec);
  const specs = group?.kind === 'GenDecl' ? group.specs : [spec];
  const position = specs.indexOf(spec);
  const source = specs
    .slice(0, position + 1)
    .findLast((other) => other.kind === 'ValueSpec' && other.values.length > 0);
  const value =
    source?.kind === 'ValueSpec' && binding.ident ? source.values[spec.names.indexOf(binding.ident)] : undefined;
  return value && constantValue(pkg, value, position, depth + 1);
}

function literalValue(tok: string, written: string): Constant | undefined {
  if (tok === 'STRING') return written.startsWith('`') ? written.slice(1, -1).replaceAll('\r', '') : quoted(written);
  if (tok === 'CHAR') return quoted(written)?.codePointAt(0);
  if (tok !== 'INT' && tok !== 'FLOAT') return undefined;
  const digits = written.replaceAll('_', '');
  const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return Number.isFinite(value) && (tok === 'FLOAT' || Number.isSafeInteger(value)) ? value : undefined;
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Byte escapes stand for bytes; only those below 0x80 are characters by themselves. */
function quoted(written: string): string | undefined {
  let known = true;
  const value = written
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/g,
      (_all, x, u, long, octal, one) => {
        if (one !== undefined) return escapes[one] ?? one;
        const code = octal === undefined ? Number.parseInt(x ?? u ?? long, 16) : Number.parseInt(octal, 8);
        if (code > 0x10ffff || (code > 0x7f && u === undefined && long === undefined)) known = false;
        return code > 0x10ffff ? '' : String.fromCodePoint(code);
      },
    );
  return known ? value : undefined;
}

function unary(op: string, x: Constant | undefined): Constant | undefined {
  if (op === '!' && typeof x === 'boolean') return !x;
  if (typeof x !== 'number') return undefined;
  if (op === '-') return -x;
  if (op === '^') return safe(-x - 1);
  return op === '+' ? x : undefined;
}

function binary(op: string, x: Constant | undefined, y: Constant | undefined): Constant | undefined {
  if (typeof x === 'number' && typeof y === 'number') return arithmetic(op, x, y);
  if (typeof x === 'boolean' && typeof y === 'boolean') return logic(op, x, y);
  if (typeof x !== 'string' || typeof y !== 'string') return undefined;
  if (op === '+') return x.length + y.length < 10_000 ? x + y : undefined;
  return op === '==' ? x === y : op === '!=' ? x !== y : undefined;
}

function logic(op: string, x: boolean, y: boolean): boolean | undefined {
  if (op === '&&') return x && y;
  if (op === '||') return x || y;
  return op === '==' ? x === y : op === '!=' ? x !== y : undefined;
}

function safe(value: number): number | undefined {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

function arithmetic(op: string, x: number, y: number): Constant | undefined {
  switch (op) {
    case '+':
      return safe(x + y);
    case '-':
      return safe(x - y);
    case '*':
      return safe(x * y);
    case '/':
      return y === 0 ? undefined : Number.isInteger(x) && Number.isInteger(y) ? Math.trunc(x / y) : x / y;
    case '%':
      return y === 0 ? undefined : x % y;
    case '<<':
      return y >= 0 && y < 64 ? safe(x * 2 ** y) : undefined;
    case '>>':
      return y >= 0 && y < 64 ? Math.floor(x / 2 ** y) : undefined;
    case '==':
      return x === y;
    case '!=':
      return x !== y;
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
    default:
      return bitwise(op, x, y);
  }
}

function bitwise(op: string, x: number, y: number): number | undefined {
  const small = (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  if (!small(x) || !small(y)) return undefined;
  if (op === '&') return x & y;
  if (op === '|') return x | y;
  if (op === '^') return x ^ y;
  return op === '&^' ? x & ~y : undefined;
}

/** The predeclared `nil`, as far as the text shows. */
export function isNil(expr: Expr | undefined): boolean {
  return expr?.kind === 'Ident' && expr.name === 'nil';
}
