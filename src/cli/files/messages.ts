/** What the threads of a check say to each other; all of it is plain data. */
import type { AnalysisPhase } from '../../analysis/run.ts';
import type { WantedFolder } from '../../local/folder.ts';
import type { LocalErrorCode } from '../../local/local-error.ts';
import type { ReportedDiagnostic } from '../report.ts';
import type { FolderRequest } from './folder-checker.ts';
import type { FolderOutcome } from './outcome.ts';
import type { CachePlace } from './outcome-cache.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly request: FolderRequest;
  readonly cache: CachePlace | undefined;
}

/** To a thread: the folder to check next. */
export interface Task {
  readonly at: number;
  readonly wanted: WantedFolder;
}

/** How far the check of a folder has come. */
export interface Step {
  readonly dir: string;
  readonly phase: AnalysisPhase;
  readonly done: number;
  readonly of: number;
}

/** From a thread. */
export type Message =
  | { readonly kind: 'step'; readonly at: number; readonly step: Step }
  /** Texts of files that stand in findings from here on: each is sent once, since a copy for each finding fills the memory. */
  | { readonly kind: 'texts'; readonly at: number; readonly texts: ReadonlyMap<string, string> }
  /** Without the texts of files. */
  | { readonly kind: 'found'; readonly at: number; readonly diagnostic: ReportedDiagnostic }
  /** The findings of the outcome were told before. */
  | { readonly kind: 'done'; readonly at: number; readonly outcome: FolderOutcome }
  | { readonly kind: 'failed'; readonly at: number; readonly message: string; readonly code?: LocalErrorCode };
