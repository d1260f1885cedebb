/**
 * Writes the exported declarations of a package of an installed Go as Go source without bodies: the form of
 * `src/go/stdlib-declarations.ts`. Used to make that file and to prove that it agrees with the installed Go.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { File, FuncDecl, GenDecl, Node, Spec, TypeSpec } from '../../src/go/ast.ts';
import { loadPackage } from '../../src/go/load.ts';
import { receiverTypeName } from '../../src/go/model.ts';
import { walk } from '../../src/go/walk.ts';

export function goSourceRoot(): string | undefined {
  const root = process.env['GOROOT'] ?? '/usr/local/go';
  return existsSync(join(root, 'src', 'context')) ? join(root, 'src') : undefined;
}

export function exportedDeclarations(root: string, path: string): string {
  const dir = join(root, path);
  const sources = readdirSync(dir)
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .map((name) => ({ path: name, text: readFileSync(join(dir, name), 'utf8') }));
  const pkg = loadPackage(path, sources);
  const embedded = embeddedTypes(pkg.files);
  const lines: string[] = [];
  for (const file of pkg.files) {
    for (const decl of file.decls) {
      if (decl.kind === 'FuncDecl') lines.push(...funcLine(file, decl, embedded));
      if (decl.kind === 'GenDecl') lines.push(...genLines(file, decl, embedded));
    }
  }
  const body = [...new Set(lines)].sort().join('\n');
  return [`package ${pkg.name}`, ...importLines(pkg.files, body), body, ''].join('\n');
}

function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** Unexported types that exported structs embed: their exported methods are promoted. */
function embeddedTypes(files: readonly File[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const spec of files.flatMap(typeSpecs)) {
    if (spec.type.kind !== 'StructType') continue;
    for (const field of spec.type.fields) {
      let type: Node = field.type;
      while (type.kind === 'StarExpr') type = type.x;
      if (field.names.length === 0 && type.kind === 'Ident') names.add(type.name);
    }
  }
  return names;
}

function typeSpecs(file: File): readonly TypeSpec[] {
  return file.decls.flatMap((decl) =>
    decl.kind === 'GenDecl' ? decl.specs.filter((spec) => spec.kind === 'TypeSpec') : [],
  );
}

/** Source text without comments, on one line. */
function textOf(file: File, start: number, end: number): string {
  let text = '';
  let at = start;
  for (const comment of file.comments) {
    if (comment.range.end <= start || comment.range.start >= end) continue;
    text += file.text.slice(at, comment.range.start);
    at = comment.range.end;
  }
  return (text + file.text.slice(at, end)).trim();
}

function oneLine(text: string): string {
  // The fields of a nested struct are separated by their line ends.
  if (/\b(?:struct|interface) \{\s*\n/.test(text)) return text.replace(/\n\s*/g, '\n');
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/([([]) /g, '$1')
    .replace(/,? ([)\]])/g, '$1')
    .replace(/\s+/g, ' ');
}

function funcLine(file: File, decl: FuncDecl, embedded: ReadonlySet<string>): readonly string[] {
  if (!isExported(decl.name.name)) return [];
  const owner = decl.recv ? receiverTypeName(decl) : undefined;
  if (owner !== undefined && !isExported(owner) && !embedded.has(owner)) return [];
  return [oneLine(textOf(file, decl.range.start, decl.bodyRange?.start ?? decl.range.end))];
}

function genLines(file: File, decl: GenDecl, embedded: ReadonlySet<string>): readonly string[] {
  if (decl.tok === 'import') return [];
  if (decl.tok === 'const') return constLines(file, decl);
  return decl.specs.flatMap((spec) => specLines(file, spec, embedded));
}

/** Constant groups stay whole for the sake of iota; long ones (error tables) carry nothing of interest. */
function constLines(file: File, decl: GenDecl): readonly string[] {
  const exported = decl.specs.some(
    (spec) => spec.kind === 'ValueSpec' && spec.names.some((name) => isExported(name.name)),
  );
  if (!exported || decl.specs.length > 80) return [];
  const specs = decl.specs.map((spec) => oneLine(textOf(file, spec.range.start, spec.range.end)));
  return [`const (\n${specs.join('\n')}\n)`];
}

function specLines(file: File, spec: Spec, embedded: ReadonlySet<string>): readonly string[] {
  if (spec.kind === 'TypeSpec') {
    const name = spec.name.name;
    return isExported(name) || embedded.has(name) ? [`type ${typeText(file, spec)}`] : [];
  }
  if (spec.kind !== 'ValueSpec' || !spec.names.some((name) => isExported(name.name))) return [];
  const text = oneLine(textOf(file, spec.range.start, spec.range.end));
  return text.length < 120 ? [`var ${text}`] : [];
}

function typeText(file: File, spec: TypeSpec): string {
  const head = oneLine(textOf(file, spec.range.start, spec.type.range.start));
  if (spec.type.kind === 'StructType') {
    const fields = spec.type.fields.flatMap((field) => {
      const type = oneLine(textOf(file, field.type.range.start, field.type.range.end));
      if (field.names.length === 0) return [type];
      const names = field.names.map((name) => name.name).filter(isExported);
      return names.length > 0 ? [`${names.join(', ')} ${type}`] : [];
    });
    return `${head} struct {\n${fields.join('\n')}\n}`;
  }
  if (spec.type.kind !== 'InterfaceType')
    return `${head} ${oneLine(textOf(file, spec.type.range.start, spec.type.range.end))}`;
  const methods = spec.type.methods.map((method) => oneLine(textOf(file, method.range.start, method.range.end)));
  return `${head} interface {\n${methods.join('\n')}\n}`;
}

/** Imports that the declarations mention, as the first file writes them. */
function importLines(files: readonly File[], body: string): readonly string[] {
  const used = new Set<string>();
  const parsed = loadPackage('', [{ path: 'a.go', text: `package p\n${body}` }]);
  for (const decl of parsed.files[0]?.decls ?? []) {
    walk(decl, (node) => {
      if (node.kind === 'SelectorExpr' && node.x.kind === 'Ident') used.add(node.x.name);
    });
  }
  const lines = new Map<string, string>();
  for (const spec of files.flatMap((file) => file.imports)) {
    const local = spec.name ?? spec.path.split('/').at(-1) ?? '';
    if (used.has(local) && !lines.has(local))
      lines.set(local, `import ${spec.name === undefined ? '' : `${spec.name} `}"${spec.path}"`);
  }
  return [...lines.values()].sort();
}
