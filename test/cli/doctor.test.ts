import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const env = {
  APP_ID: '7',
  WEBHOOK_SECRET: 'a secret that is long enough',
  PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
};

const allEvents = ['pull_request', 'issue_comment', 'pull_request_review_comment', 'merge_group'];
const permissions = { contents: 'read', pull_requests: 'write', checks: 'write' };

interface Answers {
  readonly app?: object;
  readonly hook?: object;
  readonly status?: number;
  readonly date?: Date;
}

/** What the doctor says where GitHub answers so. */
async function said(answers: Answers, more: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const answer = (async (url: string) => {
    const body = url.endsWith('/hook/config')
      ? { url: 'https://app.example.org/hook', content_type: 'json', ...answers.hook }
      : { permissions, events: allEvents, ...answers.app };
    const headers = { date: (answers.date ?? new Date()).toUTCString() };
    return new Response(JSON.stringify(body), { status: answers.status ?? 200, headers });
  }) as typeof fetch;
  const out = (text: string): void => void lines.push(text.trimEnd());
  const terminal = { cwd: tmpdir(), colours: false, progress: false, columns: 80, err: out, now: () => 0 };
  const code = await doctor({ ...terminal, env: { ...env, ...more }, out }, answer);
  return { code, lines };
}

describe('the doctor', () => {
  it('finds nothing wrong with an App as app.yml describes it', async () => {
    const { code, lines } = await said({}, { STATE_DIR: tmpdir() });
    expect(code).toBe(0);
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([]);
  });

  it('says that without a folder a restart forgets what waits', async () => {
    const { code, lines } = await said({});
    expect(code).toBe(0);
    expect(lines.find((line) => line.includes('state folder'))).toContain('STATE_DIR is not set');
  });

  it.each([
    [{ app: { permissions: { contents: 'read' } } }, 'grant the App pull_requests: write, checks: write'],
    [{ app: { events: [] } }, 'subscribe the App to pull_request'],
    [{ hook: { url: '' } }, 'no webhook address'],
    [{ hook: { content_type: 'form' } }, 'choose application/json'],
    [{ status: 401 }, 'must belong to the same App'],
    [{ date: new Date(Date.now() - 300_000) }, 'away from GitHub'],
  ])('names what is wrong and what to do: %j', async (answers: Answers, words) => {
    const { code, lines } = await said(answers);
    expect(code).toBe(1);
    expect(lines.filter((line) => line.startsWith('fails')).join('\n')).toContain(words);
  });

  it('names what does not work without an event, which is no failure', async () => {
    const { code, lines } = await said({ app: { events: ['pull_request'] } });
    expect(code).toBe(0);
    expect(lines.find((line) => line.includes('events'))).toContain('issue_comment is needed for commands');
  });
});
