import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { concludeOpenChecks, gitHubChecks } from '../../src/github/check-run.ts';
import { parseExternalId } from '../../src/github/external-id.ts';
import type { CheckReport, ReviewRequest } from '../../src/review/ports.ts';
import type { Repository } from '../stand-in/state.ts';
import { allPermissions, type Connection, connect } from './connection.ts';

const updates = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';

let connection: Connection;
let repository: Repository;
let request: ReviewRequest;

beforeEach(() => setUp());

async function setUp(permissions = allPermissions): Promise<void> {
  connection = { ...(await connect(permissions)), login: async () => 'goplumber[bot]' };
  repository = connection.gitHub.world.create('acme', 'shop');
  const head = repository.git.commit('main', { 'a.go': 'package a\n' }, 'Start');
  request = { repository: { owner: 'acme', name: 'shop' }, pullNumber: 3, headSha: head };
}

afterEach(async () => {
  await connection.gitHub.close();
  expect(connection.gitHub.violations).toEqual([]);
});

function report(annotations: number, more: Partial<CheckReport> = {}): CheckReport {
  const all = Array.from({ length: annotations }, (_, at) => ({
    path: 'a.go',
    startLine: at + 1,
    endLine: at + 1,
    level: 'warning' as const,
    title: 'Leak',
    message: `number ${at}`,
  }));
  return { conclusion: 'neutral', title: 'Some', summary: 'Text', annotations: all, ...more };
}

describe('a check run', () => {
  it('is in progress until it is concluded, and knows its pull request', async () => {
    const handle = await gitHubChecks(connection).start(request);
    const [run] = repository.checkRuns;
    expect(run).toMatchObject({ name: 'goplumber', status: 'in_progress', head: request.headSha });
    expect(parseExternalId(run?.externalId)).toEqual({ pullNumber: 3, headSha: request.headSha });
    await handle.conclude(report(0));
    expect(run).toMatchObject({ status: 'completed', conclusion: 'neutral', title: 'Some' });
  });

  it.each([
    [50, 1],
    [51, 2],
    [120, 3],
    [700, 10],
  ])('with %i annotations is concluded in %i updates', async (count, requests) => {
    const handle = await gitHubChecks(connection).start(request);
    await handle.conclude(report(count));
    const [run] = repository.checkRuns;
    expect(run?.annotations).toHaveLength(Math.min(count, 500));
    expect(run?.status).toBe('completed');
    expect(connection.gitHub.counts()[updates]).toBe(requests);
    expect(run?.summary.includes('200 further annotations')).toBe(count === 700);
  });

  it('keeps to the limits on texts without breaking a character', async () => {
    const handle = await gitHubChecks(connection).start(request);
    await handle.conclude(
      report(0, { title: '😀'.repeat(200), summary: 's'.repeat(70_000), text: 't'.repeat(70_000) }),
    );
    const [run] = repository.checkRuns;
    expect(run?.title).toMatch(/^(😀)+…$/u);
    expect(run?.summary).toHaveLength(65_535);
    expect(run?.text).toHaveLength(65_535);
  });

  it('is concluded without annotations when those are refused', async () => {
    const handle = await gitHubChecks(connection).start(request);
    await handle.conclude(
      report(1, { annotations: [{ path: '', startLine: 1, endLine: 1, level: 'notice', title: 't', message: 'm' }] }),
    );
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', annotations: [] }]);
  });

  it('is concluded after an update that got no clear answer', async () => {
    const handle = await gitHubChecks(connection).start(request);
    connection.gitHub.faults.add(updates, { kind: 'reply', reply: { status: 502, body: {} } });
    await handle.conclude(report(1));
    expect(repository.checkRuns).toMatchObject([{ status: 'completed' }]);
  });

  it('left open by an earlier attempt is taken up, and only by the same pull request', async () => {
    await gitHubChecks(connection).start(request);
    const handle = await gitHubChecks({ ...connection, resume: true }).start(request);
    expect(repository.checkRuns).toHaveLength(1);
    expect(await concludeOpenChecks(connection, { ...request, pullNumber: 4 }, report(0))).toBe(false);
    await handle.conclude(report(0));
    expect(await concludeOpenChecks(connection, request, report(0))).toBe(false);
  });

  it('that another process asked for while this one took the work over ends with the same verdict', async () => {
    const options = { ...connection, work: 'job', resume: true };
    const handle = await gitHubChecks(options).start(request);
    const late = await gitHubChecks({ ...connection, work: 'job' }).start(request);
    expect(repository.checkRuns.map(({ status }) => status)).toEqual(['in_progress', 'in_progress']);
    await handle.conclude(report(0, { conclusion: 'failure' }));
    expect(repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);
    expect(late.concluded).toBe(false);

    await gitHubChecks({ ...connection, work: 'job' }).start(request);
    expect((await gitHubChecks(options).start(request)).concluded).toBe(true);
    expect(repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure', 'failure']);
  });

  it('is done without when the token may not write checks', async () => {
    await connection.gitHub.close();
    await setUp({ ...allPermissions, checks: 'read' });
    const told: string[] = [];
    const handle = await gitHubChecks({ ...connection, onForbidden: (error) => told.push(error.code) }).start(request);
    await handle.conclude(report(1));
    expect(told).toEqual(['forbidden']);
    expect(repository.checkRuns).toEqual([]);
  });

  it('of a head that GitHub does not know fails so that it is tried again', async () => {
    const start = gitHubChecks(connection).start({ ...request, headSha: '0'.repeat(40) });
    await expect(start).rejects.toMatchObject({ code: 'conflict', retryable: true });
  });
});
