/** `goplumber check --explain FUNC`: what the explorer does about the functions of that name. */

import { resolve } from 'node:path';
import { functionName } from '../../concurrency/lower/package-lowering.ts';
import type { Config } from '../../config/config.ts';
import { nearest } from '../../config/config-issue.ts';
import type { FuncDecl } from '../../go/ast.ts';
import { parseFile } from '../../go/file.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { configOnDisk } from '../../local/config-file.ts';
import { readPackage, wantedFolders } from '../../local/folder.ts';
import { goVersionsOnDisk } from '../../local/go-mod.ts';
import { ImportsOnDisk } from '../../local/imports-on-disk.ts';
import { resolvePatterns } from '../../local/package-pattern.ts';
import { loadFolder } from '../../review/package-analysis.ts';
import { mustBeFolder, print } from '../check.ts';
import { type CheckOptions, configured, mustAgree } from '../check-options.ts';
import { loadConfig } from '../config.ts';
import { jsonText } from '../escape.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { type Explanation, explanationOf } from './explanation.ts';
import { explanationText } from './text.ts';

/** More functions of one name are not explained. */
const maxFunctions = 20;

/** Shows the searches of a function in place of findings, so the answer is 0 when there is one of that name. */
export async function explainCommand(
  wanted: string,
  args: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  mustAgree(options);
  const folder = resolve(terminal.cwd, options.repo ?? '.');
  await mustBeFolder(folder, options.repo ?? '.');
  const config = configured(await loadConfig(options.config, terminal, () => configOnDisk(folder)), options);
  const paths = await resolvePatterns(folder, args.length === 0 ? ['./...'] : args);
  const report = await explainFunctions(folder, paths, wanted, config);
  const colours = terminal.colours && options.output === undefined;
  await print(shown(report, options.format === 'json' ? 'json' : 'text', colours), options, terminal);
  return 0;
}

export interface ExplainReport {
  readonly version: string;
  readonly functions: readonly Explanation[];
  /** Functions of the name that are left out, since there are too many. */
  readonly omitted: number;
}

/**
 * Explains the functions of a name in the packages that paths name.
 *
 * @param wanted `Serve`, `Server.Serve` or `(*Server).Serve`; a method without its type is found in every type
 * Throws `UsageError` when there is none.
 */
async function explainFunctions(
  root: string,
  paths: readonly string[],
  wanted: string,
  config: Config,
): Promise<ExplainReport> {
  const versions = goVersionsOnDisk();
  const imports = new ImportsOnDisk(root);
  const functions: Explanation[] = [];
  const near = new Set<string>();
  const names = new Set<string>();
  let omitted = 0;
  for await (const { folder } of wantedFolders(root, paths, () => undefined)) {
    const { dir, files } = await readPackage(root, folder);
    for (const { text } of files) for (const name of declaredIn(text)) names.add(name);
    if (!files.some(({ text }) => text.includes(lastName(wanted)))) continue;
    const goVersion = await versions(folder);
    const { module, importPath } = await imports.of(folder, files);
    const sources = {
      dir,
      files,
      ...(goVersion === undefined ? {} : { goVersion }),
      ...(module && importPath !== undefined ? { importPath } : {}),
    };
    const loading = { parse: parseFile, moduleOf: () => module, goVersion: config.goVersion, build: config.build };
    for (const { pkg } of loadFolder(sources, loading)) {
      for (const decl of pkg.funcDecls) {
        if (decl.name.name === lastName(wanted)) near.add(functionName(decl));
        if (!isNamed(decl, wanted)) continue;
        if (functions.length < maxFunctions) functions.push(explanationOf(seenFrom(pkg, decl), decl));
        else omitted += 1;
      }
    }
  }
  if (functions.length > 0) return { version, functions, omitted };
  const like = nearest(lastName(wanted), [...names]);
  const others = near.size > 0 ? `; there is ${[...near].slice(0, 5).join(', ')}` : like && `; did you mean ${like}?`;
  throw new UsageError(`--explain: no function ${JSON.stringify(wanted)} in the packages to check${others ?? ''}`);
}

/** Names of functions and methods, without a parse: to guess at a mistyped one. */
function declaredIn(text: string): readonly string[] {
  return [...text.matchAll(/^func (?:\([^()\n]{0,200}\) )?([\p{L}_][\p{L}\p{N}_]{0,100})/gmu)].map(
    ([, name = '']) => name,
  );
}

function shown(report: ExplainReport, format: 'text' | 'json', colours: boolean): string {
  if (format === 'json') return jsonText(report);
  const more = report.omitted > 0 ? `${report.omitted} more functions of that name are left out\n` : '';
  return `${report.functions.map((one) => explanationText(one, colours)).join('\n')}${more}`;
}

/** Production code is looked at without the tests of its package. */
function seenFrom(pkg: GoPackage, decl: FuncDecl): GoPackage {
  return isTestFile(decl.file.path) ? pkg : pkg.production;
}

function isNamed(decl: FuncDecl, wanted: string): boolean {
  const [own, asked] = [plain(functionName(decl)), plain(wanted)];
  return own === asked || (!asked.includes('.') && own.endsWith(`.${asked}`));
}

/** `(*Server).Serve` and `Server.Serve` are the same. */
function plain(name: string): string {
  return name.trim().replace(/^\(\*?([^()]*)\)/, '$1');
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).trim();
}
