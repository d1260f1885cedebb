import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/github/environment.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pkcs1 = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const good = { APP_ID: '12', PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: 'long and random' };

function problems(env: Record<string, string>): readonly string[] {
  const result = readEnvironment(env);
  return result.kind === 'problems' ? result.problems : [];
}

describe('the environment', () => {
  it('gives the settings, with GitHub.com as the default', () => {
    const result = readEnvironment(good);
    expect(result).toMatchObject({
      kind: 'settings',
      settings: { appId: 12, host: 'localhost', port: 3000, apiUrl: 'https://api.github.com', logLevel: 'info' },
    });
  });

  it('accepts the key as PEM, with escaped line ends, and as base64', () => {
    const forms = [pkcs1, pkcs1.replaceAll('\n', '\\n'), Buffer.from(pkcs1).toString('base64')];
    const keys = forms.map((key) => {
      const result = readEnvironment({ ...good, PRIVATE_KEY: key });
      return result.kind === 'settings' ? result.settings.privateKey : undefined;
    });
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toContain('BEGIN PRIVATE KEY');
  });

  it('has a worker without a webhook secret, and never without Redis', () => {
    const { WEBHOOK_SECRET: _, ...worker } = good;
    const redis = { REDIS_URL: 'redis://:secret@redis:6379' };
    expect(readEnvironment({ ...worker, ...redis }, 'worker')).toMatchObject({
      kind: 'settings',
      settings: { store: { redis: { url: redis.REDIS_URL, prefix: 'goplumber', leaseMs: 30_000 } } },
    });
    const alone = readEnvironment(worker, 'worker');
    expect(alone).toMatchObject({ problems: [expect.stringContaining('REDIS_URL is missing')] });
    expect(problems({ ...good, REVIEW_CONCURRENCY: '0' })).toHaveLength(1);
    expect(problems({ ...good, ...redis, REVIEW_CONCURRENCY: '0' })).toEqual([]);
    expect(problems({ ...good, REDIS_URL: 'http://:secret@redis' }).join('')).not.toContain('secret@');
  });

  it('honours GHE_HOST and GHE_PROTOCOL', () => {
    const result = readEnvironment({ ...good, GHE_HOST: 'git.example.org', GHE_PROTOCOL: 'http' });
    expect(result).toMatchObject({ settings: { apiUrl: 'http://git.example.org/api/v3' } });
    expect(problems({ ...good, GHE_HOST: 'https://git.example.org/' })).toEqual([
      'GHE_HOST must be a host name, without protocol or path.',
    ]);
  });

  it.each([
    ['no secret', { ...good, WEBHOOK_SECRET: '' }, /^WEBHOOK_SECRET or WEBHOOK_SECRET_PATH is missing/],
    ['the known secret', { ...good, WEBHOOK_SECRET: 'development' }, /^WEBHOOK_SECRET is "development"/],
    ['no key', { ...good, PRIVATE_KEY: '' }, /^PRIVATE_KEY or PRIVATE_KEY_PATH is missing/],
    ['a key that is none', { ...good, PRIVATE_KEY: 'hello' }, /^PRIVATE_KEY is not an RSA private key/],
    [
      'a PEM that is none',
      { ...good, PRIVATE_KEY: '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----' },
      /^PRIVATE_KEY is not an RSA private key/,
    ],
    ['a key of another kind', { ...good, PRIVATE_KEY: elliptic }, /^PRIVATE_KEY is not an RSA private key/],
    [
      'a key file that is not there',
      { ...good, PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/nowhere/key.pem' },
      /^PRIVATE_KEY_PATH cannot be read \(ENOENT\)/,
    ],
    ['an App id that is no number', { ...good, APP_ID: 'mine' }, /^APP_ID is "mine"/],
    ['a port that is none', { ...good, PORT: '70000' }, /^PORT is "70000"/],
    ['an unknown log level', { ...good, LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud"/],
  ])('refuses %s in one line', (_, env, line) => {
    const said = problems(env);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(line);
    expect(said[0]).not.toContain('\n');
  });

  it('names every mistake at once', () => {
    expect(problems({})).toHaveLength(3);
  });
});
