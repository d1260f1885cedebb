/** What comes from GitHub, or from who says so: webhooks and answers of its API with anything in their fields. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc, { type Arbitrary } from 'fast-check';
import { clientOver } from '../../../src/github/client.ts';
import { gitHubSnapshots } from '../../../src/github/snapshot.ts';
import type { Call } from '../../../src/github/transport.ts';
import { knownEvents, readWebhook } from '../../../src/github/webhooks.ts';
import { must, type Target } from '../target.ts';
import { hostileText } from '../texts.ts';

interface Example {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

const require = createRequire(import.meta.url);
const index = require.resolve('@octokit/webhooks-examples/api.github.com/index.json');
const known = (JSON.parse(readFileSync(index, 'utf8')) as readonly Example[])
  .filter(({ name }) => knownEvents.has(name))
  .flatMap(({ name, examples: all }) => all.map((payload) => ({ name, payload })));

/** Replaces a value somewhere in a tree of JSON: the place is found by numbers, each a share of the keys there. */
interface Replaced {
  readonly path: readonly number[];
  readonly value: unknown;
}

const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', [], {}, [[]], '0'.repeat(40), { __proto__: null, length: 5 }),
  hostileText,
  fc.jsonValue({ maxDepth: 2 }),
);
const replacements: Arbitrary<readonly Replaced[]> = fc.array(
  fc.record({ path: fc.array(fc.nat(9_999), { minLength: 1, maxLength: 6 }), value: odd }),
  { maxLength: 4 },
);

function replaced(value: unknown, { path: [first = 0, ...rest], value: by }: Replaced): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[Math.floor((first / 10_000) * keys.length)];
  if (key === undefined) return by;
  const inner = (value as Readonly<Record<string, unknown>>)[key];
  const next = rest.length === 0 ? by : replaced(inner, { path: rest, value: by });
  return Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
}

/** A payload leads to a job, to nothing, or to the name of the field that is missing. */
export const webhookTarget: Target<{ readonly at: number; readonly changes: readonly Replaced[] }> = {
  name: 'webhooks',
  weight: 1,
  inputs: fc.record({ at: fc.nat(known.length - 1), changes: replacements }),
  check({ at, changes }) {
    const { name, payload } = known[at % known.length] ?? { name: '', payload: {} };
    const changed = changes.reduce<unknown>(replaced, payload);
    const meaning = readWebhook(name, typeof changed === 'object' && changed !== null ? { ...changed } : {});
    if (meaning.kind === 'incomplete') must(meaning.missing !== '', 'the missing field has no name');
    if (meaning.kind !== 'job') return;
    const text = JSON.stringify(meaning.job);
    must(text.length < 40_000, 'a job is as long as the payload');
    for (const [, sha] of text.matchAll(/"(?:headSha|baseSha)":"([^"]*)"/g))
      must(/^[0-9a-f]{40,64}$/.test(sha ?? ''), `${sha} is no commit`);
  },
};

const head = 'a'.repeat(40);
const base = 'b'.repeat(40);
const patch = '@@ -1,1 +1,3 @@\n package p\n+\n+func f(c chan int) { go func() { c <- 1 }() }';
const pull = {
  number: 7,
  state: 'open',
  draft: false,
  user: { login: 'ann' },
  labels: [{ name: 'x' }],
  changed_files: 1,
  head: { ref: 'change', sha: head, repo: { id: 1 } },
  base: { ref: 'main', sha: base, repo: { id: 1 } },
};
const listed = [
  { filename: 'p/a.go', status: 'modified', changes: 2, additions: 2, deletions: 0, sha: 'c'.repeat(40), patch },
];
const blob = { oid: 'c'.repeat(40), byteSize: 20, isTruncated: false, isBinary: false, text: 'package p\n' };
const entries = [{ name: 'a.go', type: 'blob', mode: 33188, path: 'p/a.go', oid: 'c'.repeat(40), object: blob }];

/** What the API answers to a call, before anything is changed in it. */
function answerTo(call: Call): unknown {
  if (call.kind === 'query') {
    const names = [...call.text.matchAll(/(\w+): *object\(/g)].map(([, name = '']) => name);
    return { repository: Object.fromEntries(names.map((name) => [name, { entries, ...blob }])) };
  }
  if (call.route.endsWith('/files')) return listed;
  if (call.route.includes('/compare/'))
    return { merge_base_commit: { sha: base }, files: listed, status: 'ahead', total_commits: 1 };
  if (call.route.includes('/git/trees/'))
    return {
      sha: head,
      truncated: false,
      tree: [
        { path: 'go.mod', type: 'blob', mode: '100644', sha: 'd'.repeat(40), size: 20 },
        { path: 'p/a.go', type: 'blob', mode: '100644', sha: 'c'.repeat(40), size: 20 },
      ],
    };
  return pull;
}

/** Far more than a review of one file needs. */
const mostCalls = 150;

/** Reading a pull request ends after a bounded number of requests, with a snapshot or an error, whatever is answered. */
export const answerTarget: Target<{ readonly changes: readonly (readonly Replaced[])[] }> = {
  name: 'answers',
  weight: 1,
  inputs: fc.record({ changes: fc.array(replacements, { maxLength: 8 }) }),
  async check({ changes }) {
    let calls = 0;
    const client = clientOver(async (call) => {
      const own = changes[calls] ?? [];
      calls += 1;
      must(calls <= mostCalls, 'the reading does not come to an end');
      return { data: own.reduce<unknown>(replaced, answerTo(call)) };
    });
    const request = { repository: { owner: 'acme', name: 'pump' }, pullNumber: 7, headSha: head };
    const snapshots = gitHubSnapshots(client);
    const read = async () => {
      const occasion = await snapshots.occasion(request);
      return occasion.kind === 'nothing' ? undefined : snapshots.snapshot(request, occasion.pull);
    };
    const outcome = await read().catch((error: unknown) => error);
    must(calls <= mostCalls, 'the reading does not come to an end');
    if (outcome instanceof Error || outcome === undefined) return;
    must(
      typeof outcome === 'object' && outcome !== null && 'changedFiles' in outcome,
      'there is neither a snapshot nor an error',
    );
  },
};
