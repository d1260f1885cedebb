/** The ports of one review, wired to GitHub. The App and the command line use the same. */
import type { ChangedFile, ReviewPorts } from '../review/ports.ts';
import { type CheckOptions, gitHubChecks } from './check-run.ts';
import { gitHubConfig } from './config-file.ts';
import { gitHubConversation } from './conversation.ts';
import { gitHubSnapshots } from './snapshot.ts';

export interface GitHubPortOptions extends CheckOptions {
  readonly mayComment?: boolean;
  readonly settleMs?: number;
}

/** Ports for one review: make new ones for each, since the conversation proves its comments against the snapshot read. */
export function gitHubPorts(options: GitHubPortOptions): ReviewPorts {
  const { client } = options;
  const snapshots = gitHubSnapshots(client);
  let changed: readonly ChangedFile[] | undefined;
  return {
    snapshots: {
      ...snapshots,
      async snapshot(request, pull) {
        const snapshot = await snapshots.snapshot(request, pull);
        changed = snapshot.changedFiles;
        return snapshot;
      },
    },
    config: { ...gitHubConfig(client), configText: (repository, ref) => snapshots.config(repository, ref) },
    conversation: gitHubConversation({ ...options, changedFiles: () => changed }),
    checks: gitHubChecks(options),
  };
}
