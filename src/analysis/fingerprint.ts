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
import { normalizeCode, withoutBlocks, withoutNames } from './normalize.ts';

/**
 * What a defect looks like apart from where it stands: hashes of eight hexadecimal digits and the name of its function.
 * A fingerprint is one identity; with these a defect is found again in another folder or under another function name.
 */
export interface Structure {
  /** Normalised code of the defect. */
  readonly code: string;
  /** The same without the bodies of blocks. */
  readonly shape: string;
  /** Normalised code whatever its names. */
  readonly outline: string;
  /** Normalised parameters, results and body of the declared function around it, whatever the names in them. */
  readonly body: string;
  /** `(Server).Serve.func`: the declared function and one `func` per literal around the place. */
  readonly function: string;
}

/** Fingerprint and structure of a report. */
export interface Identity {
  readonly fingerprint: string;
  readonly structure: Structure;
}

/** A report and the rule that made it, before it has a fingerprint. */
export interface Unidentified {
  readonly rule: string;
  readonly report: Report;
}

/** Gives each report its identity, in the order of the list. The list must be in source order. */
export function identifyAll(pkg: GoPackage, reports: readonly Unidentified[]): readonly Identity[] {
  const seen = new Map<string, number>();
  const bodies = new Map<FuncDecl, string>();
  return reports.map(({ rule, report }) => {
    const code = normalizeCode(report.identity ?? sourceOf(pkg, report));
    const shape = withoutBlocks(code);
    const decl = declarationAround(pkg, report);
    const name = decl ? declName(pkg, decl) + '.func'.repeat(literalDepth(decl, report.location.range)) : 'package';
    const stem = hash(12, rule, pkg.dir, name, shape);
    const key = `${stem}\0${code}`;
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const fingerprint = `${stem}-${hash(6, code, String(index))}`;
    return {
      fingerprint,
      structure: {
        code: hash(8, code),
        shape: hash(8, shape),
        outline: hash(8, withoutNames(code)),
        body: bodyOf(decl, bodies),
        function: name,
      },
    };
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

function declarationAround(pkg: GoPackage, report: Report): FuncDecl | undefined {
  const file = pkg.files.find((candidate) => candidate.path === report.location.path);
  const decl = file?.decls.find((candidate) => contains(candidate.range, report.location.range));
  return decl?.kind === 'FuncDecl' ? decl : undefined;
}

/** The function from behind its name on: neither its own name nor those in it play a part. */
function bodyOf(decl: FuncDecl | undefined, known: Map<FuncDecl, string>): string {
  if (!decl) return '';
  const before = known.get(decl);
  if (before !== undefined) return before;
  const code = normalizeCode(decl.file.text.slice(decl.name.range.end, decl.range.end));
  const hashed = hash(8, withoutNames(code));
  known.set(decl, hashed);
  return hashed;
}

/** `Serve` or `(Server).Serve`. */
export function declName(pkg: GoPackage, decl: FuncDecl): string {
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
