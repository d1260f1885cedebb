/** The invariants of a posted review, over random edits of a Go file, with rules that speak often. */
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseSnapshot } from '../../src/review/analyse-snapshot.ts';
import { planReview } from '../../src/review/plan.ts';
import type { ChangedFile, ExistingComment, PullRequestSnapshot, ReviewCommentDraft } from '../../src/review/ports.ts';
import { parsePatch } from '../../src/text/hunk.ts';
import { diffFiles } from '../stand-in/diff.ts';
import { GitRepository } from '../stand-in/git-repository.ts';
import { everyGo, type Files, goCompanion, links, noCancel, snapshot } from './fixtures.ts';
import { random } from './random.ts';

const rules = [everyGo, goCompanion, noCancel];

const source = `package pump

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type Server struct {
	mu       sync.Mutex
	wg       sync.WaitGroup
	stop     chan struct{}
	sessions map[string]chan int
}

func First(ctx context.Context, urls []string) (int, error) {
	results := make(chan int, len(urls))
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- get(ctx, url)
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	select {
	case n := <-results:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func get(ctx context.Context, url string) int {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return 0
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

func (s *Server) Start() {
	s.wg.Add(1)
	go s.loop()
}

func (s *Server) loop() {
	defer s.wg.Done()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-ticker.C:
			s.broadcast(1)
		}
	}
}

func (s *Server) broadcast(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.sessions {
		select {
		case session <- n:
		default:
		}
	}
}

func (s *Server) Stop() {
	close(s.stop)
	s.wg.Wait()
}
`;

const additions = [
  '\tgo func() { time.Sleep(time.Second) }()',
  '\treturn',
  '\tch := make(chan int)',
  '\t// a remark',
  '\tch <- 1',
  '\t<-ch',
  '\tgo s.loop()',
  '\ts.mu.Lock()',
  '\tdefer close(ch)',
];

function edited(next: (below: number) => number): string {
  const lines = source.split('\n');
  for (let edits = 1 + next(4); edits > 0; edits--) {
    const at = 9 + next(lines.length - 12);
    const kind = next(3);
    if (next(8) === 0) lines.splice(lines.indexOf('\tdefer cancel()'), 1);
    if (kind === 0) lines.splice(at, 1);
    else if (kind === 1) lines.splice(at, 0, additions[next(additions.length)] ?? '');
    else lines.splice(at, 1, additions[next(additions.length)] ?? '');
  }
  return lines.join(next(6) === 0 ? '\r\n' : '\n');
}

/** GitHub's conditions for one entry of a review. */
function refusal(comment: ReviewCommentDraft, files: readonly ChangedFile[]): string | undefined {
  const file = files.find(({ path }) => path === comment.path);
  if (!file) return 'the path is not in the diff';
  if (comment.startLine !== undefined && comment.startLine >= comment.line)
    return 'start line must precede the end line';
  const start = comment.startLine ?? comment.line;
  const inside = file.hunks.some((hunk) => {
    const [first, count] = comment.side === 'RIGHT' ? [hunk.newStart, hunk.newLines] : [hunk.oldStart, hunk.oldLines];
    return first <= start && comment.line < first + count;
  });
  if (!inside) return 'line must be part of the diff';
  if (comment.body.length > 65_536) return 'body is too long';
  if (/^`{3,}suggestion$/m.test(comment.body) && comment.side === 'LEFT')
    return 'suggestions are not supported on deleted lines';
  return undefined;
}

/** The pairs as changes of one commit, with the hunks that git itself gives. */
function changesOf(pairs: readonly (readonly [string, string])[]): readonly PullRequestSnapshot[] {
  const git = new GitRepository();
  try {
    const name = (at: number): string => `r${at}/pump.go`;
    const base = git.commit('main', Object.fromEntries(pairs.map(([before], at) => [name(at), before])), 'Before');
    const head = git.commit('main', Object.fromEntries(pairs.map(([, after], at) => [name(at), after])), 'After', base);
    const patches = new Map(diffFiles(git, base, head).map(({ filename, patch }) => [filename, patch]));
    return pairs.map(([before, after], at) => {
      const parsed = parsePatch(patches.get(name(at)) ?? '');
      if ('kind' in parsed) throw new Error(parsed.reason);
      const changedFiles = [{ path: name(at), status: 'modified' as const, hunks: parsed }];
      return snapshot({ [name(at)]: before }, { [name(at)]: after }, { changedFiles });
    });
  } finally {
    git.remove();
  }
}

function pairOf(next: (below: number) => number): readonly [string, string] {
  const [base, head] = next(2) === 0 ? [source, edited(next)] : [edited(next), source];
  if (!head.includes('\r\n') && !base.includes('\r\n')) return [base, head];
  return [base.replace(/\r?\n/g, '\r\n'), head.replace(/\r?\n/g, '\r\n')];
}

test('every review of a random change is one that GitHub takes, and is not said twice', () => {
  const next = random(2024);
  let comments = 0;
  let suggestions = 0;
  let deleted = 0;
  for (const change of changesOf(Array.from({ length: 80 }, () => pairOf(next)))) {
    const review = analyseSnapshot(change, defaultConfig, rules);
    expect(review.crashes).toEqual([]);
    const silence = { comments: [], reviews: [], complete: true };
    const { draft, uncommented } = planReview(review, links, silence, 30);
    expect(uncommented).toEqual([]);
    if (!draft) continue;
    const taken = new Set<number>();
    for (const comment of draft.comments) {
      comments++;
      if (comment.side === 'LEFT') deleted++;
      expect(refusal(comment, change.changedFiles)).toBeUndefined();
      if (!/^`{3,}suggestion\r?$/m.test(comment.body)) continue;
      suggestions++;
      for (let line = comment.startLine ?? comment.line; line <= comment.line; line++) {
        expect(taken.has(line)).toBe(false);
        taken.add(line);
      }
    }
    const said = draft.comments.map(
      (comment, id): ExistingComment => ({ id, path: comment.path, side: comment.side, body: comment.body }),
    );
    expect(planReview(review, links, { ...silence, comments: said }, 30).posted).toEqual([]);
  }
  expect(comments).toBeGreaterThan(20);
  expect(suggestions).toBeGreaterThan(10);
  expect(deleted).toBeGreaterThan(0);
});

/** What people do to code without changing what it does; each keeps the text of every statement. */
const rearrangements: readonly ((files: Files) => Files)[] = [
  (files) => mapped(files, (path) => [path.replace('pump.go', 'engine.go'), (text) => text]),
  (files) => mapped(files, (path) => [path.replace(/^p\//, 'internal/q/'), (text) => text]),
  (files) => mapped(files, (path) => [path, (text) => text.replace(/\bFirst\b/g, 'Fastest')]),
  (files) =>
    mapped(files, (path) => [path, (text) => text.replace('package pump\n', 'package pump\n\n// A.\n// B.\n')]),
  // A rebase, or a squash.
  (files) => files,
];

function mapped(files: Files, change: (path: string) => readonly [string, (text: string) => string]): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const [moved, rewritten] = change(path);
      return [moved, rewritten(text)];
    }),
  );
}

test('what was said is not said again when code is renamed, moved, rebased or shifted', () => {
  const next = random(77);
  let said = 0;
  for (let round = 0; round < 24; round++) {
    const base = { 'p/pump.go': next(2) === 0 ? source : 'package pump\n' };
    let head: Files = { 'p/pump.go': edited(next).replaceAll('\r\n', '\n') };
    const silence = { comments: [], reviews: [], complete: true };
    const { draft } = planReview(analyseSnapshot(snapshot(base, head), defaultConfig, rules), links, silence, 30);
    if (!draft) continue;
    said += draft.comments.length;
    const comments = draft.comments.map(
      (comment, id): ExistingComment => ({ id, path: comment.path, side: comment.side, body: comment.body }),
    );
    for (let steps = 1 + next(2); steps > 0; steps--)
      head = rearrangements[next(rearrangements.length)]?.(head) ?? head;
    const [path = ''] = Object.keys(head);
    const renames = path === 'p/pump.go' ? {} : { [path]: 'p/pump.go' };
    const again = analyseSnapshot(snapshot(base, head, {}, renames), defaultConfig, rules);
    const { posted } = planReview(again, links, { ...silence, comments }, 30);
    const news = posted.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic.message));
    expect(news, head[path]).toEqual([]);
  }
  expect(said).toBeGreaterThan(15);
});

test('a change compared with itself brings nothing', () => {
  const review = analyseSnapshot(snapshot({ 'p/pump.go': source }, { 'p/pump.go': source }), defaultConfig, rules);
  expect(review).toMatchObject({ groups: [], unplaced: [], delta: { introduced: [], resolved: [] } });
});
