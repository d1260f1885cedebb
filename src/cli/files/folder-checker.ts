/** Checks folders of a checkout, one at a time: reads the files and what they import, and runs the rules over them. */
import type { Concerns } from '../../analysis/affected.ts';
import { callersOf } from '../../analysis/change-concerns.ts';
import type { Diagnostic } from '../../analysis/diagnostic.ts';
import { reportsIn } from '../../analysis/pass.ts';
import type { AnyRule } from '../../analysis/rule.ts';
import { type AnalysisProgress, crashText } from '../../analysis/run.ts';
import { suggestionOf } from '../../analysis/suggestion.ts';
import { type Analysed, withVerifiedFixes } from '../../analysis/verify.ts';
import type { Config } from '../../config/config.ts';
import { ignoreMatcher } from '../../config/ignore.ts';
import type { File } from '../../go/ast.ts';
import { parseFile } from '../../go/file.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { type FolderPackage, readPackage, type WantedFolder } from '../../local/folder.ts';
import { goVersionsOnDisk } from '../../local/go-mod.ts';
import { type ImportsOfFolder, ImportsOnDisk } from '../../local/imports-on-disk.ts';
import { analyseLoaded, analysisOptions, type LoadedPackage, loadFolder } from '../../review/package-analysis.ts';
import type { PackageSources } from '../../review/ports.ts';
import { describe, type LinesOf } from '../describe.ts';
import { compareReported, type ReportedDiagnostic, ruledOut, type SkippedPath } from '../report.ts';
import { keyOf } from './cache-key.ts';
import { type FolderOutcome, withoutTexts, withTexts } from './outcome.ts';
import type { OutcomeCache } from './outcome-cache.ts';

/** What is the same for all folders of a run. */
export interface FolderRequest {
  /** Absolute; paths in the report are relative to it. */
  readonly root: string;
  readonly config: Config;
  /** Fixes are wanted in the output; each costs another analysis of its package. */
  readonly fixes: boolean;
}

/** Told while a folder is checked. */
export interface FolderEvents {
  readonly progress: AnalysisProgress;
  /** A finding, its fixes verified. */
  readonly found: (diagnostic: ReportedDiagnostic) => void;
}

/** The outcome without its findings, which are told as they come. */
type Tally = { -readonly [K in keyof Omit<FolderOutcome, 'diagnostics'>]: FolderOutcome[K] };

export class FolderChecker {
  readonly #request: FolderRequest;
  readonly #rules: readonly AnyRule[];
  readonly #cache: OutcomeCache | undefined;
  readonly #versions = goVersionsOnDisk();
  readonly #imports: ImportsOnDisk;

  constructor(request: FolderRequest, rules: readonly AnyRule[], cache?: OutcomeCache) {
    this.#request = request;
    this.#rules = rules;
    this.#cache = cache;
    this.#imports = new ImportsOnDisk(request.root);
  }

  /** Throws `LocalError` for a folder that cannot be read. */
  async check(wanted: WantedFolder, events: FolderEvents): Promise<FolderOutcome> {
    const read = await readPackage(this.#request.root, wanted.folder);
    const goVersion = await this.#versions(wanted.folder);
    const imports = await this.#imports.of(wanted.folder, read.files);
    const sources: PackageSources = {
      dir: read.dir,
      files: read.files,
      ...(goVersion === undefined ? {} : { goVersion }),
      ...(imports.module && imports.importPath !== undefined ? { importPath: imports.importPath } : {}),
    };
    const { build } = this.#cache ?? {};
    const key = build === undefined ? undefined : keyOf({ ...this.#request, build, wanted, read, sources, imports });
    const known = key && (await this.#cache?.get(key));
    if (known) {
      const diagnostics = withTexts(known.diagnostics, new Map(read.files.map(({ path, text }) => [path, text])));
      diagnostics.forEach(events.found);
      return { ...known, diagnostics };
    }
    const outcome = this.#analyse(wanted, read, sources, imports, events);
    const crashed = outcome.notes.length > 0;
    if (key && !crashed) await this.#cache?.put(key, { ...outcome, diagnostics: withoutTexts(outcome.diagnostics) });
    return outcome;
  }

  #analyse(
    wanted: WantedFolder,
    read: FolderPackage,
    sources: PackageSources,
    { module, omissions }: ImportsOfFolder,
    events: FolderEvents,
  ): FolderOutcome {
    const { config } = this.#request;
    const { only } = wanted;
    const loading = {
      parse: parseFile,
      moduleOf: () => module,
      goVersion: config.goVersion,
      build: config.build,
      reviewed: only && ((path: string) => only.has(path)),
    };
    const tally: Tally = {
      skipped: read.skipped.filter((file) => isWanted(wanted, file.path)),
      notes: [],
      suppressed: 0,
      unknown: 0,
      implausible: [],
      filesAnalysed: 0,
      unread: omissions,
    };
    const options = { ...analysisOptions(config, this.#rules), progress: events.progress };
    const diagnostics = loadFolder(sources, loading).flatMap((loaded) => {
      const searchFrom = wanted.only && leadingInto(loaded.pkg, wanted.only);
      const analysed = analyseLoaded(loaded, this.#rules, searchFrom ? { ...options, searchFrom } : options);
      this.#count(wanted, analysed, tally);
      return this.#findings(wanted, loaded, analysed, events);
    });
    return { ...tally, diagnostics };
  }

  #count(wanted: WantedFolder, { pkg, result }: Analysed, tally: Tally): void {
    const files = pkg.files.filter((file) => isWanted(wanted, file.path));
    const skipped = pkg.skipped.filter((file) => isWanted(wanted, file.path));
    const says = this.#says(wanted);
    const unknowns = result.unknowns.filter(({ location }) => says(location.path));
    const implausible = result.implausible.filter(({ location }) => says(location.path));
    tally.filesAnalysed += files.filter(reportsIn).length;
    tally.skipped = [
      ...tally.skipped,
      ...skipped.map(skippedByDesign),
      ...files.flatMap(unreported),
      ...files.flatMap(brokenParts),
    ];
    tally.suppressed += result.suppressed.filter(({ diagnostic }) => says(diagnostic.location.path)).length;
    tally.unknown += unknowns.length + result.crashes.length;
    tally.implausible = [...tally.implausible, ...implausible.map(ruledOut)];
    const crashes = result.crashes.map((crash) => `${pkg.dir}: ${crashText(crash)}`);
    tally.notes = [...tally.notes, ...crashes];
  }

  #findings(
    wanted: WantedFolder,
    { pkg }: LoadedPackage,
    analysed: Analysed,
    events: FolderEvents,
  ): readonly ReportedDiagnostic[] {
    const says = this.#says(wanted);
    return analysed.result.diagnostics
      .filter(({ location }) => says(location.path))
      .sort(inReportOrder)
      .map((diagnostic, at, all) => {
        if (this.#request.fixes) events.progress('fixes', at, all.length);
        const reported = report(this.#request.fixes ? withVerifiedFixes(analysed, diagnostic) : diagnostic, pkg);
        events.found(reported);
        return reported;
      });
  }

  #says(wanted: WantedFolder): (path: string) => boolean {
    const { config } = this.#request;
    const ignored = ignoreMatcher(config.ignore);
    return (path) => isWanted(wanted, path) && !ignored(path) && (config.tests || !isTestFile(path));
  }
}

/** The functions from which files can be reached: where these are asked for alone, the others need no search. */
function leadingInto(pkg: GoPackage, files: ReadonlySet<string>): Concerns {
  const leading = callersOf(pkg, new Set(pkg.funcDecls.filter(({ file }) => files.has(file.path))));
  return (decl) => leading.has(decl);
}

/** As a report has them, so that findings can be shown as they come. */
function inReportOrder(a: Diagnostic, b: Diagnostic): number {
  return compareReported(placeOf(a), placeOf(b));
}

function placeOf({ rule, location }: Diagnostic): Parameters<typeof compareReported>[0] {
  return { rule, path: location.path, line: location.startLine };
}

function isWanted(wanted: WantedFolder, path: string): boolean {
  return wanted.only?.has(path) ?? true;
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
