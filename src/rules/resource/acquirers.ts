/** Functions of the package that acquire a resource and return it: their callers have to release it. */
import type { CallExpr, Expr, FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { calleeName, visibleCallee } from './callee-name.ts';
import type { Resource } from './resource.ts';
import { resourcesByCall } from './resources.ts';

const maxDepth = 3;

const known = new WeakMap<FuncDecl, Resource | null>();

/** Only for responses, whose type says what they are; a function that closes any body itself is left out. */
export function acquirerOf(pkg: GoPackage, call: CallExpr, depth = 0): Resource | undefined {
  const decl = visibleCallee(pkg, call);
  if (!decl || !returnsResponse(pkg, decl)) return undefined;
  const found = known.get(decl);
  if (found !== undefined) return found ?? undefined;
  known.set(decl, null);
  const resource = depth < maxDepth && !closesBody(decl) ? resourceReturned(pkg, decl, depth) : undefined;
  known.set(decl, resource ?? null);
  return resource;
}

function returnsResponse(pkg: GoPackage, decl: FuncDecl): boolean {
  const first = decl.type.results[0];
  return (
    first !== undefined &&
    decl.type.results.length === 2 &&
    isNamed(pkg.typeOfTypeExpr(first.type), 'net/http', 'Response')
  );
}

/** Also by setting another body, or by a helper: any word of closing. */
function closesBody(decl: FuncDecl): boolean {
  const text = decl.bodyRange ? decl.file.text.slice(decl.bodyRange.start, decl.bodyRange.end) : '';
  return /\.Body\s*=|[cC]lose\w*\(/.test(text);
}

function resourceReturned(pkg: GoPackage, decl: FuncDecl, depth: number): Resource | undefined {
  let found: Resource | undefined;
  if (!decl.body) return undefined;
  walk(decl.body, (node) => {
    if (node.kind === 'FuncLit') return false;
    if (node.kind === 'ReturnStmt' && node.results[0]) found ??= resourceOf(pkg, node.results[0], depth);
    return true;
  });
  return found;
}

function resourceOf(pkg: GoPackage, value: Expr, depth: number): Resource | undefined {
  if (value.kind === 'CallExpr') {
    const resource = resourcesByCall.get(calleeName(pkg, value) ?? '');
    return resource?.rule === 'unclosed-body' ? resource : acquirerOf(pkg, value, depth + 1);
  }
  const decl = value.kind === 'Ident' ? pkg.bindingOf(value)?.decl : undefined;
  const assigned = decl?.kind === 'AssignStmt' && decl.rhs.length === 1 ? decl.rhs[0] : undefined;
  return assigned?.kind === 'CallExpr' ? resourceOf(pkg, assigned, depth) : undefined;
}
