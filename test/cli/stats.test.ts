/** `goplumber stats`, beside an App that runs on a state folder. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printStatistics, sinceMs } from '../../src/cli/stats-command.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { fileFeedback } from '../../src/github/feedback-log.ts';

function terminalOn(env: Readonly<Record<string, string>>) {
  const said = { out: '' };
  const out = (text: string): void => {
    said.out += text;
  };
  const terminal = { env, out } as unknown as Terminal;
  return { terminal, said };
}

async function folderWithFeedback(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'goplumber-stats-'));
  const log = fileFeedback(folder);
  const leak = { rule: 'unreceived-send', up: 0, down: 0 };
  const comments = [
    { ...leak, fate: 'applied' as const },
    { ...leak, fate: 'fixed' as const, up: 2 },
  ];
  await log.record({ pull: 'acme/shop#1', merged: true, at: Date.parse('2026-01-10'), comments });
  const others = [
    { ...leak, fate: 'dismissed' as const },
    { rule: 'lost-cancel', fate: 'left' as const, up: 0, down: 0 },
  ];
  await log.record({ pull: 'acme/shop#2', merged: false, at: Date.parse('2026-02-10'), comments: others });
  return folder;
}

describe('goplumber stats', () => {
  it('prints a table with the precision that users see', async () => {
    const { terminal, said } = terminalOn({ STATE_DIR: await folderWithFeedback() });
    expect(await printStatistics({ format: 'table' }, terminal)).toBe(0);
    expect(said.out).toBe(
      `rule             said  applied  fixed  silenced  dismissed  left  up  down  accepted  rejected  precision
lost-cancel         1        0      0         0          0     1   0     0         0         0          -
unreceived-send     3        1      1         0          1     0   2     0         2         1        67%
all                 4        1      1         0          1     1   2     0         2         1        67%
2 closed pull requests
`,
    );
  });

  it('writes CSV and JSON, from a day on', async () => {
    const folder = await folderWithFeedback();
    const csv = terminalOn({ STATE_DIR: folder });
    await printStatistics({ format: 'csv', since: '2026-02-01' }, csv.terminal);
    expect(csv.said.out).toBe(
      'rule,said,applied,fixed,silenced,dismissed,left,up,down,accepted,rejected,precision\n' +
        'lost-cancel,1,0,0,0,0,1,0,0,0,0,\nunreceived-send,1,0,0,0,1,0,0,0,0,1,0.0000\n',
    );
    const json = terminalOn({ STATE_DIR: folder });
    await printStatistics({ format: 'json' }, json.terminal);
    const read = JSON.parse(json.said.out);
    expect(read).toMatchObject({ pullRequests: 2, all: { said: 4, accepted: 2 } });
    expect(read.rules).toMatchObject([
      { rule: 'lost-cancel', precision: null },
      { rule: 'unreceived-send', said: 3 },
    ]);
  });

  it('says when there is nothing, no store, or no such day', async () => {
    const empty = terminalOn({ STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-stats-')) });
    await printStatistics({ format: 'table' }, empty.terminal);
    expect(empty.said.out).toBe('No pull request with a comment of the App was closed.\n');
    await expect(printStatistics({ format: 'table' }, terminalOn({}).terminal)).rejects.toThrow('STATE_DIR is missing');
    expect(sinceMs('2d', 3 * 86_400_000)).toBe(86_400_000);
    for (const wrong of ['2026-13-01', 'yesterday', '-1d', ''])
      expect(() => sinceMs(wrong, 0)).toThrow('--since takes');
  });
});
