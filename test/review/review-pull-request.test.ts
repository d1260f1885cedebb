import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseSnapshot } from '../../src/review/analyse-snapshot.ts';
import type {
  Amendment,
  CheckReport,
  ExistingComment,
  Occasion,
  PostedReview,
  PullRequestSnapshot,
  PullRequestState,
  ReviewDraft,
  ReviewPorts,
} from '../../src/review/ports.ts';
import { type ReviewDeps, reviewPullRequest } from '../../src/review/review-pull-request.ts';
import { everyGo, goCompanion, headSha, repository, snapshot } from './fixtures.ts';

const before = 'package pump\n\nfunc Run(f func()) {\n\tf()\n}\n';
const after = 'package pump\n\nfunc Run(f func()) {\n\tgo f()\n}\n';
const request = { repository, pullNumber: 7, headSha };
const deps: ReviewDeps = {
  rules: [everyGo, goCompanion],
  host: 'https://github.com',
  ruleUrl: (rule) => `https://goplumber.dev/${rule}`,
};

interface World {
  readonly ports: ReviewPorts;
  readonly posted: ReviewDraft[];
  readonly reports: CheckReport[];
  readonly calls: string[];
  readonly amended: Amendment[];
}

interface WorldOptions {
  readonly snapshot?: PullRequestSnapshot | Error;
  readonly config?: string;
  readonly comments?: readonly ExistingComment[];
  readonly reviewed?: boolean;
  readonly post?: (draft: ReviewDraft) => PostedReview;
  readonly concludeError?: Error;
  /** Thrown when the files are read. */
  readonly broken?: Error;
  readonly pull?: Partial<PullRequestState>;
  /** What has changed when the pull request is looked at before posting. */
  readonly later?: Partial<PullRequestState>;
  /** The configuration at head. */
  readonly proposed?: string;
  readonly concluded?: boolean;
}

function world(options: WorldOptions = {}): World {
  const posted: ReviewDraft[] = [];
  const reports: CheckReport[] = [];
  const calls: string[] = [];
  const amended: Amendment[] = [];
  const told = <T>(name: string, answer: () => T): Promise<T> => {
    calls.push(name);
    return Promise.resolve().then(answer);
  };
  const thrown = <T>(value: T | Error): T => {
    if (value instanceof Error) throw value;
    return value;
  };
  const taken = options.snapshot ?? snapshot({ 'pump.go': before }, { 'pump.go': after });
  const state = (): PullRequestState => {
    const { headSha: head, baseSha, draft, fork } = thrown(taken);
    return {
      headSha: head,
      baseSha,
      baseRef: 'main',
      open: true,
      draft,
      fork,
      author: 'ada',
      labels: [],
      ...options.pull,
    };
  };
  const ports: ReviewPorts = {
    snapshots: {
      occasion: () =>
        told('occasion', (): Occasion => {
          const { changedFiles, omissions } = thrown(taken);
          const paths = [...changedFiles, ...omissions].map(({ path }) => path);
          const go = paths.some((path) => path.endsWith('.go'));
          const configChanged = paths.includes('.github/goplumber.yml');
          return go || configChanged ? { kind: 'change', pull: state(), go, configChanged } : { kind: 'nothing' };
        }),
      state: () => told('state', () => ({ ...state(), ...options.later })),
      snapshot: () => told('snapshot', () => thrown(options.broken ?? taken)),
    },
    config: {
      configText: (_, ref) =>
        told(`config at ${ref.slice(0, 4)}`, () =>
          options.config === undefined ? undefined : { text: options.config, origin: '.github/goplumber.yml' },
        ),
      ownText: () => told('ownText', () => options.proposed),
    },
    conversation: {
      read: () =>
        told('read', () => ({
          comments: options.comments ?? [],
          reviews: options.reviewed ? [{ id: 1, commitSha: headSha, body: 'Look.' }] : [],
          complete: true,
        })),
      amend: (_, amendments) => told('amend', () => void amended.push(...amendments)),
      postReview: (_, draft) =>
        told('postReview', () => {
          posted.push(draft);
          return options.post?.(draft) ?? { posted: draft.comments.length, refused: [] };
        }),
    },
    checks: {
      start: () =>
        told('start', () => ({
          concluded: options.concluded ?? false,
          conclude: (report: CheckReport) =>
            told('conclude', () => {
              if (options.concludeError) throw options.concludeError;
              reports.push(report);
            }),
        })),
      report: (_, report) =>
        told('report', () => {
          if (options.concludeError) throw options.concludeError;
          reports.push(report);
        }),
      close: (_, report) => told('close', () => void reports.push(report)),
    },
  };
  return { ports, posted, reports, calls, amended };
}

class ApiError extends Error {
  readonly code = 'github-unavailable';
  readonly retryable: boolean;
  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

describe('reviewPullRequest', () => {
  test('posts one review and concludes the check', async () => {
    const { ports, posted, reports, calls } = world();
    const outcome = await reviewPullRequest(request, ports, deps);
    expect(calls).toEqual([
      'occasion',
      'start',
      'config at ba5e',
      'snapshot',
      'read',
      'state',
      'postReview',
      'conclude',
    ]);
    expect(posted).toMatchObject([{ commitSha: headSha, comments: [{ path: 'pump.go', line: 4, side: 'RIGHT' }] }]);
    expect(posted[0]?.comments[0]?.body).toContain('```suggestion\n\tf()\n```');
    expect(reports).toMatchObject([
      { conclusion: 'neutral', title: '1 warning, 1 info in this change', annotations: [] },
    ]);
    expect(outcome).toMatchObject({ kind: 'reviewed', posted: 1, refused: 0 });
  });

  test('says what the pure analysis says: the command line has nothing else', async () => {
    const { ports } = world();
    const outcome = await reviewPullRequest(request, ports, deps);
    const direct = analyseSnapshot(snapshot({ 'pump.go': before }, { 'pump.go': after }), defaultConfig, deps.rules);
    expect(outcome.kind === 'reviewed' && outcome.review.groups).toEqual(direct.groups);
  });

  test('is silent about a clean change', async () => {
    const { ports, posted, reports, calls } = world({
      snapshot: snapshot({ 'pump.go': before }, { 'pump.go': before.replace('f()\n', 'f() // now\n') }),
    });
    await reviewPullRequest(request, ports, deps);
    expect(posted).toEqual([]);
    expect(calls).not.toContain('postReview');
    expect(reports).toMatchObject([{ conclusion: 'success', title: 'No new goroutine leaks' }]);
  });

  test('a second look at the same head posts nothing', async () => {
    const first = world();
    await reviewPullRequest(request, first.ports, deps);
    const comments = (first.posted[0]?.comments ?? []).map(
      ({ path, line, side, body }, id): ExistingComment => ({ id, path, line, side, body }),
    );
    const second = world({ comments, reviewed: true });
    await reviewPullRequest(request, second.ports, deps);
    expect(second.posted).toEqual([]);
    expect(second.reports).toMatchObject([{ conclusion: 'neutral', annotations: [] }]);
    expect(second.reports[0]?.summary).toContain('1 finding is in earlier comments and not repeated.');
  });

  test('comments that GitHub refuses become annotations of the check', async () => {
    const { ports, reports } = world({
      post: (draft) => ({
        posted: 0,
        refused: draft.comments.map((comment) => ({
          comment: { ...comment },
          reason: 'line must be part of the diff',
        })),
      }),
    });
    const outcome = await reviewPullRequest(request, ports, deps);
    expect(outcome).toMatchObject({ posted: 0, refused: 1 });
    expect(reports[0]?.annotations).toMatchObject([{ path: 'pump.go', startLine: 4 }]);
    expect(reports[0]?.summary).toContain('GitHub refused 1 comment: line must be part of the diff.');
  });

  test('maxComments: 0 puts everything into the check', async () => {
    const { ports, posted, reports } = world({ config: 'maxComments: 0\nfailOn: warning\n' });
    await reviewPullRequest(request, ports, deps);
    expect(posted).toEqual([]);
    expect(reports).toMatchObject([{ conclusion: 'failure', annotations: [{}] }]);
  });

  test('a mistaken configuration is named, and the review goes on', async () => {
    const { ports, posted, reports } = world({ config: 'failOn: warning\nrules:\n  evry-go: error\n' });
    await reviewPullRequest(request, ports, deps);
    expect(posted).toHaveLength(1);
    expect(reports[0]?.conclusion).toBe('failure');
    expect(reports[0]?.summary).toContain(
      '.github/goplumber.yml:3:3: unknown rule `evry-go`; did you mean `every-go`?',
    );
    const unreadable = world({ config: 'failOn: [' });
    await reviewPullRequest(request, unreadable.ports, deps);
    expect(unreadable.reports[0]).toMatchObject({
      conclusion: 'neutral',
      summary: expect.stringContaining('The defaults were used'),
    });
  });

  describe('skips with a reason', () => {
    const draft = snapshot({ 'pump.go': before }, { 'pump.go': after }, { draft: true });
    test.each([
      ['drafts', { snapshot: draft }, 'skipped', 'Draft: not reviewed yet'],
      [
        'changes without Go files',
        { snapshot: snapshot({}, { 'README.md': 'x\n' }) },
        'success',
        'No Go files changed',
      ],
      [
        'changes without Go files, and says that the configuration in use is mistaken when they change it',
        { snapshot: snapshot({}, { '.github/goplumber.yml': 'x\n' }), config: 'x: 1' },
        'neutral',
        'No Go files changed',
      ],
      [
        'changes of the configuration alone, and says that the new one is mistaken',
        { snapshot: snapshot({}, { '.github/goplumber.yml': 'x\n' }), proposed: 'failOn: sometimes' },
        'neutral',
        'No Go files changed',
      ],
      [
        'labels that are to be left out',
        { pull: { labels: ['wip'] }, config: 'skip: {labels: [wip]}' },
        'skipped',
        'Not reviewed: label wip',
      ],
      [
        'authors that are to be left out',
        { pull: { author: 'Renovate[bot]' }, config: 'skip: {authors: ["*[bot]"]}' },
        'skipped',
        'Not reviewed: author Renovate[bot]',
      ],
    ])('%s', async (_, options, conclusion, title) => {
      const { ports, posted, reports } = world(options);
      expect(await reviewPullRequest(request, ports, deps)).toMatchObject({ kind: 'skipped' });
      expect(posted).toEqual([]);
      expect(reports).toMatchObject([{ conclusion, title }]);
    });

    test('but not drafts when the configuration asks for them', async () => {
      const { ports, posted } = world({ snapshot: draft, config: 'drafts: review' });
      await reviewPullRequest(request, ports, deps);
      expect(posted).toHaveLength(1);
    });

    test('nor changes whose only Go file could not be read', async () => {
      const { ports, reports } = world({
        snapshot: snapshot({}, { 'README.md': 'x\n' }, { omissions: [{ path: 'big.go', reason: 'over 1 MB' }] }),
      });
      await reviewPullRequest(request, ports, deps);
      expect(reports).toMatchObject([{ conclusion: 'neutral', text: expect.stringContaining('`big.go`: over 1 MB') }]);
    });
  });

  describe('when the head is no longer what is to be judged', () => {
    test.each([
      ['newer', { headSha: 'f00dfeed' }, 'superseded', 'Superseded by f00dfee'],
      ['closed', { open: false }, 'closed', 'Closed before it was reviewed'],
    ])('(%s) it begins nothing, closes what was left open, and says nothing on it', async (_, pull, kind, title) => {
      const early = world({ pull });
      expect(await reviewPullRequest(request, early.ports, deps)).toMatchObject({ kind });
      expect(early.calls).toEqual(['occasion', 'close']);
      const late = world({ later: pull });
      expect(await reviewPullRequest(request, late.ports, deps)).toMatchObject({ kind });
      expect(late.posted).toEqual([]);
      for (const { reports } of [early, late]) expect(reports).toMatchObject([{ conclusion: 'neutral', title }]);
    });
  });

  test('an attempt that was concluded before does nothing again', async () => {
    const { ports, calls } = world({ concluded: true });
    expect(await reviewPullRequest(request, ports, deps)).toEqual({ kind: 'done' });
    expect(calls).toEqual(['occasion', 'start']);
  });

  describe('an error', () => {
    test('that may pass is thrown on, and the check stays in progress', async () => {
      const error = new ApiError('GitHub answered 502', true);
      const { ports, reports } = world({ broken: error });
      await expect(reviewPullRequest(request, ports, deps)).rejects.toBe(error);
      expect(reports).toEqual([]);
    });

    test.each([
      ['that stays', new ApiError('The token may not read contents.', false), 'The token may not read contents.'],
      [
        'of our own is told without its words',
        new TypeError('secret: x of undefined'),
        'Goplumber hit an internal error; its operator can find it in the log.',
      ],
    ])('%s, and does not pass', async (_, error, sentence) => {
      for (const options of [{ snapshot: error }, { broken: error }]) {
        const { ports, reports } = world(options);
        await expect(reviewPullRequest(request, ports, deps)).rejects.toBe(error);
        const summary = `${sentence} Re-run the check to try again.`;
        expect(reports).toMatchObject([{ conclusion: 'failure', summary }]);
        expect(reports[0]?.title).toMatch(/^Not reviewed: /);
      }
    });

    test('that says which limit was met says so in the title, and passes only where the configuration wants it', async () => {
      const error = Object.assign(new Error('The analysis took longer than 300 seconds'), {
        code: 'analysis-out-of-time',
        retryable: false,
      });
      const strict = world({ broken: error });
      await expect(reviewPullRequest(request, strict.ports, deps)).rejects.toBe(error);
      expect(strict.reports).toMatchObject([
        { conclusion: 'timed_out', title: 'Not reviewed: the analysis ran out of time' },
      ]);
      const lenient = world({ broken: error, config: 'unfinished: neutral' });
      await expect(reviewPullRequest(request, lenient.ports, deps)).rejects.toBe(error);
      expect(lenient.reports).toMatchObject([{ conclusion: 'neutral' }]);
    });

    test('in concluding is not answered by concluding again, and is not lost', async () => {
      const error = new ApiError('GitHub is away', false);
      const { ports, calls } = world({ concludeError: error });
      await expect(reviewPullRequest(request, ports, deps)).rejects.toBe(error);
      expect(calls.filter((call) => call === 'conclude')).toHaveLength(1);
    });

    test('is not replaced by a second one', async () => {
      const first = new ApiError('first', false);
      const { ports } = world({ snapshot: first, concludeError: new ApiError('second', true) });
      await expect(reviewPullRequest(request, ports, deps)).rejects.toBe(first);
    });
  });
});
