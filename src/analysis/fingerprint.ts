/**
 * Structural identity of a diagnostic.
 *
 * A fingerprint is `<stem>-<detail>`, both hexadecimal. The stem hashes rule, package folder, enclosing function
 * (receiver type and name, literals by nesting) and the code of the defect with the bodies of blocks left out; the
 * detail hashes that code in full and an index among equals. Neither holds a line, a column, a file name, white space
 * or a comment. Equal fingerprints are the same defect; equal stems are the same defect with an edited body when
 * nothing else answers for either of them (see `delta.ts`).
 */
import { createHash } from 'node:crypto';
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { walk } from '../go/walk.ts';
import { contains, type Range } from '../text/offset.ts';
import type { Report } from './diagnostic.ts';
import { normalizeCode, withoutBlocks } from './normalize.ts';

/** A report and the rule that made it, before it has a fingerprint. */
export interface Unidentified {
  readonly rule: string;
  readonly report: Report;
}

/** Gives each report its fingerprint, in the order of the list. The list must be in source order. */
export function fingerprintAll(pkg: GoPackage, reports: readonly Unidentified[]): readonly string[] {
  const seen = new Map<string, number>();
  return reports.map(({ rule, report }) => {
    const code = normalizeCode(report.identity ?? sourceOf(pkg, report));
    const stem = hash(12, rule, pkg.dir, enclosingName(pkg, report), withoutBlocks(code));
    const key = `${stem}\0${code}`;
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    return `${stem}-${hash(6, code, String(index))}`;
  });
}

/** The part of a fingerprint that an edit inside the defect's blocks does not change. */
export function stemOf(fingerprint: string): string {
  return fingerprint.split('-', 1)[0] ?? fingerprint;
}

function sourceOf(pkg: GoPackage, report: Report): string {
  const file = pkg.files.find((candidate) => candidate.path === report.location.path);
  return file ? file.text.slice(report.location.range.start, report.location.range.end) : '';
}

/** `(Server).Serve.func.func`: the declared function and one `func` per literal around the place. */
function enclosingName(pkg: GoPackage, report: Report): string {
  const file = pkg.files.find((candidate) => candidate.path === report.location.path);
  const place = report.location.range;
  const decl = file?.decls.find((candidate) => contains(candidate.range, place));
  if (decl?.kind !== 'FuncDecl') return 'package';
  return declName(pkg, decl) + '.func'.repeat(literalDepth(decl, place));
}

function declName(pkg: GoPackage, decl: FuncDecl): string {
  if (!decl.recv) return decl.name.name;
  const type = pkg.typeOfTypeExpr(decl.recv.type);
  const base = type.kind === 'pointer' ? type.elem : type;
  return `(${base.kind === 'named' ? base.name : '?'}).${decl.name.name}`;
}

/** How many function literals stand around a place inside a declaration. The place's own literal does not count. */
function literalDepth(decl: FuncDecl, place: Range): number {
  let depth = 0;
  walk(decl, (node) => {
    if (node.kind === 'FuncLit' && contains(node.body.range, place)) depth += 1;
    return contains(node.range, place);
  });
  return depth;
}

function hash(length: number, ...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, length);
}
