/** `goplumber jobs`, beside an App that runs on a state folder. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listDeadJobs, replayDeadJobs } from '../../src/cli/jobs-command.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { decodeJob, type ReviewJob } from '../../src/github/jobs.ts';
import { fileStore } from '../../src/queue/file-store.ts';

function terminalOn(env: Readonly<Record<string, string>>) {
  const said = { out: '', err: '' };
  const terminal = {
    env,
    out(text: string) {
      said.out += text;
    },
    err(text: string) {
      said.err += text;
    },
  } as unknown as Terminal;
  return { terminal, said };
}

describe('goplumber jobs', () => {
  it('lists what was given up, escaped, and puts it back into the line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goplumber-jobs-'));
    const store = await fileStore(folder, decodeJob);
    const payload: ReviewJob = { kind: 'sweep', installationId: 7 };
    const job = { id: 'one', key: 'installation:7', payload };
    await store.save(job);
    await store.bury(job, 'Error: gone \u001b[31m');
    const { terminal, said } = terminalOn({ STATE_DIR: folder });
    expect(await listDeadJobs('text', terminal)).toBe(0);
    expect(said.out).toMatch(
      /^one {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}sweep installation:7 {2}Error: gone \\u001b\[31m\n$/,
    );
    expect(await replayDeadJobs(['two'], false, terminal)).toBe(1);
    expect(await replayDeadJobs([], true, terminal)).toBe(0);
    expect(await store.dead()).toEqual([]);
    expect((await store.arrivals()).map(({ key }) => key)).toEqual(['installation:7']);
  });

  it('says what is missing', async () => {
    await expect(listDeadJobs('text', terminalOn({}).terminal)).rejects.toThrow('REDIS_URL or STATE_DIR is missing');
    await expect(listDeadJobs('text', terminalOn({ REDIS_URL: 'localhost' }).terminal)).rejects.toThrow(
      'REDIS_URL is no address',
    );
    await expect(replayDeadJobs([], false, terminalOn({}).terminal)).rejects.toThrow('or --all');
  });
});
