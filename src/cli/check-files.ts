/** `goplumber check` without `--base`: whole files, one folder after the other, so that memory holds one package. */

import type { Diagnostic } from '../analysis/diagnostic.ts';
import { reportsIn } from '../analysis/pass.ts';
import type { AnyRule } from '../analysis/rule.ts';
import { suggestionOf } from '../analysis/suggestion.ts';
import { type Analysed, withVerifiedFixes } from '../analysis/verify.ts';
import type { Config } from '../config/config.ts';
import { ignoreMatcher } from '../config/ignore.ts';
import type { File } from '../go/ast.ts';
import { parseFile } from '../go/file.ts';
import type { GoModule } from '../go/module.ts';
import type { GoPackage } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import { readPackage, type WantedFolder, wantedFolders } from '../local/folder.ts';
import { goVersionsOnDisk } from '../local/go-mod.ts';
import { ImportsOnDisk } from '../local/imports-on-disk.ts';
import { analyseFolder, analysisOptions } from '../review/package-analysis.ts';
import type { PackageSources } from '../review/ports.ts';
import { describe, type LinesOf } from './describe.ts';
import type { Progress } from './progress.ts';
import {
  type CheckReport,
  compareReported,
  type ReportedDiagnostic,
  type RuledOut,
  ruledOut,
  type SkippedPath,
  summarise,
} from './report.ts';

export interface FilesRequest {
  /** Absolute; paths in the report are relative to it. */
  readonly root: string;
  /** Files, folders and `...` patterns. */
  readonly paths: readonly string[];
  readonly config: Config;
  readonly rules: readonly AnyRule[];
  /** Fixes are wanted in the output; each costs another analysis of its package. */
  readonly fixes: boolean;
  /** Asked between packages; true ends the run with what was found. */
  readonly stopped?: () => boolean;
}

/** What has been found so far. */
interface Tally {
  readonly diagnostics: ReportedDiagnostic[];
  readonly skipped: SkippedPath[];
  readonly notes: string[];
  suppressed: number;
  unknown: number;
  readonly implausible: RuledOut[];
  filesAnalysed: number;
}

/** Checks whole files. Throws `LocalError` for an argument that is not there. */
export async function checkFiles(request: FilesRequest, progress: Progress): Promise<CheckReport> {
  const tally: Tally = {
    diagnostics: [],
    skipped: [],
    notes: [],
    suppressed: 0,
    unknown: 0,
    implausible: [],
    filesAnalysed: 0,
  };
  const versions = goVersionsOnDisk();
  const imports = new ImportsOnDisk(request.root);
  for await (const wanted of wantedFolders(request.root, request.paths, (omission) => tally.skipped.push(omission))) {
    if (request.stopped?.()) {
      tally.notes.push('interrupted: what follows was found before');
      break;
    }
    const { dir, files, skipped } = await readPackage(request.root, wanted.folder);
    progress.step(`${dir} (${tally.filesAnalysed} files checked, ${tally.diagnostics.length} findings)`);
    tally.skipped.push(...skipped.filter((file) => isWanted(wanted, file.path)));
    const goVersion = await versions(wanted.folder);
    const { module, importPath } = await imports.of(wanted.folder, files);
    const sources: PackageSources = {
      dir,
      files,
      ...(goVersion === undefined ? {} : { goVersion }),
      ...(module && importPath !== undefined ? { importPath } : {}),
    };
    checkFolder(request, wanted, sources, module, tally);
  }
  tally.skipped.push(...imports.omissions);
  const { skipped, notes, suppressed, unknown, implausible, filesAnalysed } = tally;
  const diagnostics = tally.diagnostics.sort(compareReported);
  const summary = summarise(diagnostics, { suppressed, unknown, implausible, filesAnalysed, filesSkipped: skipped });
  return { base: null, head: null, summary, diagnostics, notes };
}

function isWanted(wanted: WantedFolder, path: string): boolean {
  return wanted.only?.has(path) ?? true;
}

function checkFolder(
  request: FilesRequest,
  wanted: WantedFolder,
  sources: PackageSources,
  module: GoModule | undefined,
  tally: Tally,
): void {
  const { config, rules } = request;
  const loading = { parse: parseFile, moduleOf: () => module, goVersion: config.goVersion, build: config.build };
  for (const analysed of analyseFolder(sources, rules, analysisOptions(config, rules), loading)) {
    const files = analysed.pkg.files.filter((file) => isWanted(wanted, file.path));
    const skipped = analysed.pkg.skipped.filter((file) => isWanted(wanted, file.path));
    tally.filesAnalysed += files.filter(reportsIn).length;
    tally.skipped.push(...skipped.map(skippedByDesign), ...files.flatMap(unreported), ...files.flatMap(brokenParts));
    tallyFindings(request, wanted, analysed, tally);
  }
}

function tallyFindings(request: FilesRequest, wanted: WantedFolder, analysed: Analysed, tally: Tally): void {
  const { pkg, result } = analysed;
  const ignored = ignoreMatcher(request.config.ignore);
  const says = (path: string) =>
    isWanted(wanted, path) && !ignored(path) && (request.config.tests || !isTestFile(path));
  tally.suppressed += result.suppressed.filter(({ diagnostic }) => says(diagnostic.location.path)).length;
  tally.unknown += result.unknowns.filter(({ location }) => says(location.path)).length + result.crashes.length;
  tally.implausible.push(...result.implausible.filter(({ location }) => says(location.path)).map(ruledOut));
  tally.notes.push(...result.crashes.map((crash) => `${pkg.dir}: rule ${crash.rule} crashed: ${crash.message}`));
  for (const diagnostic of result.diagnostics) {
    if (!says(diagnostic.location.path)) continue;
    tally.diagnostics.push(report(request.fixes ? withVerifiedFixes(analysed, diagnostic) : diagnostic, pkg));
  }
}

/** Files that a build constraint excludes are left out as the go command leaves them out. */
function skippedByDesign({ path, reason }: SkippedPath): SkippedPath {
  return /larger|clause/.test(reason) ? { path, reason } : { path, reason, expected: true };
}

function unreported(file: File): readonly SkippedPath[] {
  if (reportsIn(file)) return [];
  return [
    { path: file.path, reason: file.generated ? 'generated code' : 'vendored code or test data', expected: true },
  ];
}

/** Functions that do not parse are left out of the analysis; the rest of their file is not. */
function brokenParts(file: File): readonly SkippedPath[] {
  return file.broken.map(({ reason }) => ({ path: file.path, reason: `analysed in part: ${reason}`, broken: true }));
}

function report(diagnostic: Diagnostic, pkg: GoPackage): ReportedDiagnostic {
  const linesOf: LinesOf = (path) => pkg.files.find((file) => file.path === path)?.lines;
  const { path, startLine, endLine } = diagnostic.location;
  const fix = diagnostic.fixes.find(({ verified }) => verified);
  const replaced = fix && suggestionOf(fix, linesOf(fix.files[0]?.path ?? '')?.text ?? '');
  const suggestion =
    replaced?.path === path
      ? { startLine: replaced.startLine, endLine: replaced.endLine, replacement: replaced.replacement }
      : null;
  return describe(diagnostic, { path, line: startLine, endLine, side: 'RIGHT' }, suggestion, linesOf);
}
