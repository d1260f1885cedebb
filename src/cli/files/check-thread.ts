/** The entry of a thread: checks the folders that it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { displayPath } from '../../local/folder.ts';
import { LocalError } from '../../local/local-error.ts';
import { rules } from '../../rules/index.ts';
import type { ReportedDiagnostic } from '../report.ts';
import { FolderChecker } from './folder-checker.ts';
import type { Message, Task, ThreadData } from './messages.ts';
import { textsIn, withoutTexts } from './outcome.ts';
import { OutcomeCache } from './outcome-cache.ts';

/** Milliseconds between two messages about progress. */
const between = 100;

const { request, cache } = workerData as ThreadData;
const checker = new FolderChecker(request, rules, cache && new OutcomeCache(cache));
let last = 0;

parentPort?.on('message', (task: Task) => void check(task));

function say(message: Message): void {
  parentPort?.postMessage(message);
}

async function check({ at, wanted }: Task): Promise<void> {
  const dir = displayPath(request.root, wanted.folder);
  try {
    const sent = new Map<string, string>();
    const outcome = await checker.check(wanted, {
      found: (diagnostic) => tell(at, diagnostic, sent),
      progress: (phase, done, of) => {
        const now = performance.now();
        if (now - last < between) return;
        last = now;
        say({ kind: 'step', at, step: { dir, phase, done, of } });
      },
    });
    say({ kind: 'done', at, outcome: { ...outcome, diagnostics: [] } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'failed', at, message, ...(error instanceof LocalError ? { code: error.code } : {}) });
  }
}

/** Sends a finding, before it those texts of its files that were not sent yet. */
function tell(at: number, diagnostic: ReportedDiagnostic, sent: Map<string, string>): void {
  const texts = new Map([...textsIn(diagnostic)].filter(([path, text]) => sent.get(path) !== text));
  for (const [path, text] of texts) sent.set(path, text);
  if (texts.size > 0) say({ kind: 'texts', at, texts });
  for (const found of withoutTexts([diagnostic])) say({ kind: 'found', at, diagnostic: found });
}
