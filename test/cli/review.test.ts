import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StandIn } from '../stand-in/stand-in.ts';
import { type CliResult, runCli } from './run-cli.ts';

const base = {
  'go.mod': 'module example.org/shop\n\ngo 1.24\n',
  'shop.go': 'package shop\n\nfunc load() int { return 1 }\n',
};
const leaking = `package shop

import "context"

func load() int { return 1 }

func Fetch(ctx context.Context) (int, error) {
	result := make(chan int)
	go func() {
		result <- load()
	}()
	select {
	case n := <-result:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
`;

let gitHub: StandIn;

beforeEach(async () => {
  gitHub = await StandIn.start();
});

afterEach(async () => {
  const { violations } = gitHub;
  await gitHub.close();
  expect(violations).toEqual([]);
});

function openPull() {
  const repository = gitHub.world.create('acme', 'shop');
  const start = repository.git.commit('main', base, 'Start');
  const head = repository.git.commit('change', { 'shop.go': leaking }, 'Fetch', start);
  return { repository, pull: gitHub.openPull(repository, { head }) };
}

function review(token: string, ...args: readonly string[]): Promise<CliResult> {
  const { GHE_HOST, GHE_PROTOCOL } = gitHub.environment();
  return runCli(tmpdir(), ['review', 'acme/shop#1', ...args], {
    env: { GITHUB_TOKEN: token, GHE_HOST, GHE_PROTOCOL },
  });
}

describe('a review from the command line', () => {
  it('says what it would post, and posts nothing', async () => {
    const { repository, pull } = openPull();
    const token = gitHub.access.userToken('ada', { metadata: 'read', contents: 'read', pull_requests: 'read' });
    const { code, out, err } = await review(token);
    expect(code).toBe(1);
    expect(out).toMatch(/^shop\.go:\d/m);
    expect(out).toContain('unreceived-send');
    expect(out).toContain('check: failure');
    expect(out).not.toContain('<!--');
    expect(err).toContain('nothing was posted');
    expect(pull.comments).toEqual([]);
    expect(repository.checkRuns).toEqual([]);
  });

  it('posts once when asked, and does without a check run when the token may not write one', async () => {
    const { repository, pull } = openPull();
    const token = gitHub.access.userToken('ada', { metadata: 'read', contents: 'read', pull_requests: 'write' });
    const first = await review(token, '--post');
    expect(first.err).toContain('may not write check runs');
    expect(pull.comments).toMatchObject([{ path: 'shop.go', author: 'ada' }]);
    expect(repository.checkRuns).toEqual([]);
    await review(token, '--post');
    expect(pull.comments).toHaveLength(1);
    expect(pull.reviews).toHaveLength(1);
  });

  it('ends with one line when the token is unknown or the pull request does not exist', async () => {
    openPull();
    const unknown = await review('ghp_nobody');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/^goplumber: acme\/shop#1: [^\n]+\n$/);
    const token = gitHub.access.userToken('ada', { metadata: 'read', contents: 'read', pull_requests: 'read' });
    const { GHE_HOST, GHE_PROTOCOL } = gitHub.environment();
    const missing = await runCli(tmpdir(), ['review', 'acme/shop#7'], {
      env: { GITHUB_TOKEN: token, GHE_HOST, GHE_PROTOCOL },
    });
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/^goplumber: acme\/shop#7: [^\n]+\n$/);
  });
});
