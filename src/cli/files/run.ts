/** The check of several folders one after the other, in this thread. */
import { displayPath, type WantedFolder } from '../../local/folder.ts';
import { Interrupted, isEnding } from '../../work/meter.ts';
import type { ReportedDiagnostic } from '../report.ts';
import type { FolderChecker } from './folder-checker.ts';
import type { Step } from './messages.ts';
import type { FolderOutcome } from './outcome.ts';

/** What a run tells and asks while it goes on. */
export interface RunEvents {
  /** A finding, in the order of the folders. */
  readonly found: (diagnostic: ReportedDiagnostic) => void;
  /** @param checked folders that are done */
  readonly step: (step: Step, checked: number) => void;
  /** True ends the run with what was found. */
  readonly stopped: () => boolean;
}

export interface Run {
  /** In the order of the folders. */
  readonly outcomes: readonly FolderOutcome[];
  readonly interrupted: boolean;
}

function nothingWhenEnded(error: unknown): undefined {
  if (!(error instanceof Interrupted)) throw error;
}

export async function checkOneByOne(
  root: string,
  folders: readonly WantedFolder[],
  checker: FolderChecker,
  events: RunEvents,
): Promise<Run> {
  const outcomes: FolderOutcome[] = [];
  for (const wanted of folders) {
    if (events.stopped()) return { outcomes, interrupted: true };
    const dir = displayPath(root, wanted.folder);
    const progress = (phase: Step['phase'], done: number, of: number) =>
      events.step({ dir, phase, done, of }, outcomes.length);
    progress('reading', 0, 0);
    const outcome = await checker.check(wanted, { found: events.found, progress }).catch(nothingWhenEnded);
    if (outcome) outcomes.push(outcome);
    if (isEnding()) return { outcomes, interrupted: true };
  }
  return { outcomes, interrupted: false };
}
