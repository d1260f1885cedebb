/** `goplumber check` without `--base`: whole files, folder by folder. */
import type { AnyRule } from '../analysis/rule.ts';
import type { Config } from '../config/config.ts';
import { type WantedFolder, wantedFolders } from '../local/folder.ts';
import { rules as builtIn } from '../rules/index.ts';
import { FolderChecker, type FolderRequest } from './files/folder-checker.ts';
import type { Step } from './files/messages.ts';
import { joined } from './files/outcome.ts';
import { type CachePlace, OutcomeCache } from './files/outcome-cache.ts';
import { checkOneByOne, type Run, type RunEvents } from './files/run.ts';
import { checkInThreads, hasThreads, threadsFor } from './files/threads.ts';
import type { Progress } from './progress.ts';
import { type CheckReport, compareReported, type ReportedDiagnostic, type SkippedPath, summarise } from './report.ts';

export interface FilesRequest {
  /** Absolute; paths in the report are relative to it. */
  readonly root: string;
  /** Absolute; `paths` are relative to it. Absent: the root. */
  readonly folder?: string;
  /** Files, folders and `...` patterns. */
  readonly paths: readonly string[];
  readonly config: Config;
  readonly rules: readonly AnyRule[];
  /** Fixes are wanted in the output; each costs another analysis of its package. */
  readonly fixes: boolean;
  /** Threads that check folders at the same time; absent: none beside this one. */
  readonly jobs?: number;
  /** Where outcomes of earlier runs are kept; absent: nowhere. */
  readonly cache?: CachePlace;
  /** Asked while the check goes on; true ends it with what was found. */
  readonly stopped?: () => boolean;
  /** Why it was ended before its end, as a clause. */
  readonly ending?: () => string;
  /** Told each finding as soon as it is verified, folder by folder. */
  readonly found?: (diagnostic: ReportedDiagnostic) => void;
}

/** Checks whole files. Throws `LocalError` for an argument that is not there. */
export async function checkFiles(request: FilesRequest, progress: Progress): Promise<CheckReport> {
  const skipped: SkippedPath[] = [];
  const folders: WantedFolder[] = [];
  const { root, paths, folder } = request;
  const walk = wantedFolders(root, paths, (omission) => skipped.push(omission), folder);
  for await (const wanted of walk) folders.push(wanted);
  let found = 0;
  const { outcomes, interrupted } = await run(request, folders, {
    found: (diagnostic) => {
      found += 1;
      request.found?.(diagnostic);
    },
    step: (step, checked) => progress.step(`${checked} of ${folders.length} folders, ${found} findings: ${said(step)}`),
    stopped: request.stopped ?? (() => false),
  });
  if (request.cache) await new OutcomeCache(request.cache).trim();
  const { notes, suppressed, unknown, implausible, filesAnalysed, ...all } = joined(outcomes);
  const diagnostics = [...all.diagnostics].sort(compareReported);
  const filesSkipped = [...skipped, ...all.skipped, ...all.unread];
  const summary = summarise(diagnostics, { suppressed, unknown, implausible, filesAnalysed, filesSkipped });
  const remarks = interrupted ? [...notes, request.ending?.() ?? 'interrupted'] : notes;
  return { base: null, head: null, summary, diagnostics, notes: remarks };
}

/** In threads where there are any: only they can be stopped in the middle of a package. */
async function run(request: FilesRequest, folders: readonly WantedFolder[], events: RunEvents): Promise<Run> {
  const { root, config, fixes, rules, jobs, cache } = request;
  const same: FolderRequest = { root, config, fixes };
  if (jobs !== undefined && folders.length > 0 && rules === builtIn && hasThreads())
    return checkInThreads(folders, { request: same, cache }, threadsFor(folders.length, jobs), events);
  return checkOneByOne(root, folders, new FolderChecker(same, rules, cache && new OutcomeCache(cache)), events);
}

function said({ dir, phase, done, of }: Step): string {
  return of === 0 ? `${phase} ${dir}` : `${phase} ${dir}, ${done} of ${of}`;
}
