/**
 * Stories: a repository, pushes and clicks are given, then comments, threads and checks are looked at. Ada opens the pull
 * requests and may only read; Mia may write. One file a story, in a folder for each theme; a test file beside the folders
 * plays them all. The App is the real one with the built-in rules, GitHub the stand-in.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnyRule } from '../../src/analysis/rule.ts';
import type { RunningApp } from '../../src/app.ts';
import { rules as builtIn } from '../../src/rules/index.ts';
import { type House, type HouseOptions, openHouse, startAppFor } from '../app/harness.ts';
import { suggestionOf } from '../demo/apply.ts';
import type { Files } from '../stand-in/git-repository.ts';
import {
  mergeGroupPayload,
  pullRequestPayload,
  requestedActionPayload,
  reviewCommentPayload,
  talkPayload,
} from '../stand-in/payloads.ts';
import { addRemark, addReply } from '../stand-in/routes-conversation.ts';
import type { CheckRun, Comment, Pull, Repository } from '../stand-in/state.ts';

export interface Story {
  readonly title: string;
  readonly play: (stage: Stage) => Promise<void>;
  readonly options: StageOptions;
}

export interface StageOptions {
  /** Permissions of the installation beside those of `app.yml`, or in place of them. */
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly rules?: readonly AnyRule[];
  /** See `AppOptions`; default 0: nothing is looked for. */
  readonly sweepMs?: number;
}

interface PullOptions {
  readonly fork?: boolean;
  readonly draft?: boolean;
  readonly author?: string;
}

/** Declares a story: the default export of its file. */
export function story(title: string, play: Story['play'], options: StageOptions = {}): Story {
  return { title, play, options };
}

/** Registers every story of a folder beside this file as a test. */
export async function playAll(folder: string): Promise<void> {
  const here = new URL(`./${folder}/`, import.meta.url);
  const files = readdirSync(here).filter((name) => name.endsWith('.ts'));
  const stories = await Promise.all(
    files.map(async (name) => ((await import(new URL(name, here).href)) as { readonly default: Story }).default),
  );
  describe(folder, () => {
    for (const { title, play, options } of stories) {
      it(title, async () => {
        const stage = await Stage.set(options);
        try {
          await play(stage);
        } finally {
          await stage.close();
        }
        expect(stage.gitHub.violations).toEqual([]);
      }, 60_000);
    }
  });
}

const goMod = 'module example.org/shop\n\ngo 1.24\n';

export class Stage {
  readonly #house: House;
  readonly #options: StageOptions;
  #app: RunningApp;
  #repository: Repository | undefined;
  #pull: Pull | undefined;
  #base = '';

  private constructor(house: House, options: StageOptions) {
    this.#house = house;
    this.#app = house.app;
    this.#options = options;
  }

  static async set(options: StageOptions): Promise<Stage> {
    const stage = new Stage(await openHouse(houseOptions(options)), options);
    Object.assign(stage.gitHub.access.app.permissions, options.permissions);
    return stage;
  }

  /** Ends the App, waiting at most `waitMs` for what runs, and starts another one. */
  async restart(options: StageOptions = {}, waitMs = 1_000): Promise<void> {
    await this.#app.close(waitMs);
    this.#app = await startAppFor(this.gitHub, this.#house.log, houseOptions({ ...this.#options, ...options }));
    await this.settled();
  }

  /** Check runs of the head, oldest first. */
  get checks(): readonly CheckRun[] {
    return this.repository.checkRuns.filter(({ head }) => head === this.pull.head);
  }

  get gitHub() {
    return this.#house.gitHub;
  }

  /** Requests that work cost, without those for what the installation may do and for its tokens, which all its work shares. */
  get requests(): readonly string[] {
    const routes = this.gitHub.requests.map(({ route }) => route);
    return routes.filter((route) => !route.includes('/app/installations/'));
  }

  get log(): readonly string[] {
    return this.#house.log;
  }

  get repository(): Repository {
    this.#repository ??= this.#found();
    return this.#repository;
  }

  #found(): Repository {
    const repository = this.gitHub.world.create('acme', 'shop');
    repository.people.set('mia', 'write');
    return repository;
  }

  get pull(): Pull {
    if (!this.#pull) throw new Error('no pull request is open');
    return this.#pull;
  }

  get base(): string {
    return this.#base;
  }

  /** Comments of ours that begin a thread. */
  get comments(): readonly Comment[] {
    return this.pull.comments.filter(({ inReplyTo, author }) => inReplyTo === undefined && author === 'goplumber[bot]');
  }

  /** The comment that stands alone. */
  get comment(): Comment {
    expect(this.comments).toHaveLength(1);
    return this.comments[0] as Comment;
  }

  /** The newest check run of the head. */
  get check(): CheckRun {
    const run = this.repository.checkRuns.findLast(({ head }) => head === this.pull.head);
    if (!run) throw new Error('the head has no check run');
    return run;
  }

  /** Commits `base` on main and `head` on a branch, opens the pull request and waits for the review. */
  async open(base: Files, head: Files, options: PullOptions = {}) {
    this.given(base, head, options);
    await this.announce('opened');
  }

  /** As `open`, without telling the App. */
  given(base: Files, head: Files, options: PullOptions = {}): Pull {
    const { git } = this.repository;
    this.#base = git.commit('main', { 'go.mod': goMod, ...base }, 'Start');
    const tip = git.commit('change', head, 'Change', this.#base);
    this.#pull = this.gitHub.openPull(this.repository, { head: tip, ...options });
    return this.#pull;
  }

  async announce(action: string): Promise<void> {
    const answer = await this.gitHub.announcePull(this.repository, this.pull, action);
    expect(answer.status).toBe(202);
    await this.settled();
  }

  settled(): Promise<void> {
    return this.#app.idle();
  }

  /** Commits on top of the head (null deletes a file) and waits for the review. */
  async push(files: Files): Promise<void> {
    this.commit(files);
    await this.announce('synchronize');
  }

  /** As `push`, without telling the App. */
  commit(files: Files, parent = this.pull.head): string {
    const head = this.repository.git.commit('change', files, 'Go on', parent);
    this.gitHub.movePull(this.repository, this.pull, head);
    return head;
  }

  /** Rewrites history: the branch is one new commit on the base. */
  async forcePush(files: Files): Promise<void> {
    this.commit(files, this.#base);
    await this.announce('synchronize');
  }

  /** Merges a commit of the base branch into the head; `files` are what it brings. */
  mergeIn(commit: string, files: Files): void {
    const { git } = this.repository;
    const tip = git.commit('change', files, 'Merge', this.pull.head);
    const tree = git.text(['rev-parse', `${tip}^{tree}`]);
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    const merge = git.text([...who, 'commit-tree', tree, '-p', this.pull.head, '-p', commit, '-m', 'Merge']);
    this.gitHub.movePull(this.repository, this.pull, git.adopt('change', merge));
  }

  resolve(comment: Comment, by: string): void {
    comment.resolvedBy = by;
  }

  delete(comment: Comment): void {
    const { comments } = this.pull;
    comments.splice(comments.indexOf(comment), 1);
  }

  /** The button "Commit suggestion": commits the replacement and resolves the thread. */
  async takeSuggestion(comment: Comment, by = this.pull.author): Promise<void> {
    const replacement = suggestionOf(comment);
    if (replacement === undefined || comment.line === undefined) throw new Error('there is nothing to take');
    const lines = this.text(comment.path).split('\n');
    const start = comment.startLine ?? comment.line;
    lines.splice(start - 1, comment.line - start + 1, ...replacement.split('\n').slice(0, -1));
    comment.resolvedBy = by;
    await this.push({ [comment.path]: lines.join('\n') });
  }

  /** Presses a button of a check run, offered or not, and waits. */
  async press(identifier: string, by: string, run: CheckRun = this.check): Promise<void> {
    const payload = requestedActionPayload(this.repository, run, identifier, by, this.gitHub.access.app.installationId);
    expect((await this.gitHub.deliver('check_run', payload)).status).toBe(202);
    await this.settled();
  }

  /** What GitHub does after a commit on the branch that was not pushed by `push`. */
  async follow(head: string): Promise<void> {
    this.gitHub.movePull(this.repository, this.pull, head);
    await this.announce('synchronize');
  }

  /** A file at the head. */
  text(path: string): string {
    const { git } = this.repository;
    return git.blob(git.resolve(`${this.pull.head}:${path}`) ?? '').toString('utf8');
  }

  /** Writes into the conversation, or into the thread of a comment, and waits for what the App makes of it. */
  async say(body: string, { by = 'ada', on, bot = false }: { by?: string; on?: Comment; bot?: boolean } = {}) {
    const { installationId } = this.gitHub.access.app;
    if (on) {
      const said = addReply(this.gitHub.world, this.pull, on, by, body);
      const payload = reviewCommentPayload(this.repository, this.pull, said, installationId, bot);
      expect((await this.gitHub.deliver('pull_request_review_comment', payload)).status).toBe(202);
      await this.settled();
      return said;
    }
    const said = { id: this.gitHub.world.ids.next(), author: by, body, reactions: new Set<string>() };
    this.pull.talk.push(said);
    const payload = talkPayload(this.repository, this.pull, said, installationId, bot);
    expect((await this.gitHub.deliver('issue_comment', payload)).status).toBe(202);
    await this.settled();
    return said;
  }

  /** A thread that somebody begins beside the code. */
  remark(path: string, line: number, by: string): Comment {
    return addRemark(this.gitHub.world, this.pull, { path, line, author: by, body: 'Is this needed?' });
  }

  /** Says that a label was set or taken away, and waits. */
  async label(action: 'labeled' | 'unlabeled', name: string): Promise<void> {
    const payload = pullRequestPayload(this.repository, this.pull, action, this.gitHub.access.app.installationId);
    expect((await this.gitHub.deliver('pull_request', { ...payload, label: { name } })).status).toBe(202);
    await this.settled();
  }

  /** The merge queue asks for a verdict on `head`; by default the open pull request on the base. Its runs. */
  async queued(head: string, { base = this.base, pull = this.pull } = {}): Promise<readonly CheckRun[]> {
    const payload = mergeGroupPayload(this.repository, { base, head, pull }, this.gitHub.access.app.installationId);
    expect((await this.gitHub.deliver('merge_group', payload)).status).toBe(202);
    await this.settled();
    return this.repository.checkRuns.filter((run) => run.head === head);
  }

  /** A check run at the head that an earlier process began and nobody ended. */
  leftOpen(externalId: string): void {
    const { head } = this.pull;
    const texts = { title: '', summary: '', text: '', annotations: [], actions: [] };
    const state = { status: 'in_progress', conclusion: undefined };
    const id = this.gitHub.world.ids.next();
    this.repository.checkRuns.push({ id, suite: 1, name: 'goplumber', head, externalId, ...state, ...texts });
  }

  /** What the App answered in the thread of a comment, or in the conversation. */
  answers(on?: Comment): readonly string[] {
    const said = on ? this.pull.comments.filter(({ inReplyTo }) => inReplyTo === on.id) : this.pull.talk;
    return said.filter(({ author }) => author === 'goplumber[bot]').map(({ body }) => body);
  }

  /** Announces, and returns once the App asks for `route`, which waits until the returned function is called. */
  announceUntil(action: string, route: string): Promise<() => void> {
    return this.#until(route, () => this.gitHub.announcePull(this.repository, this.pull, action));
  }

  /** As `announceUntil`, for a button. */
  pressUntil(identifier: string, by: string, route: string): Promise<() => void> {
    const { installationId } = this.gitHub.access.app;
    const payload = requestedActionPayload(this.repository, this.check, identifier, by, installationId);
    return this.#until(route, () => this.gitHub.deliver('check_run', payload));
  }

  async #until(route: string, send: () => Promise<unknown>): Promise<() => void> {
    let goOn = (): void => {};
    const until = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      this.gitHub.faults.add(route, { kind: 'wait', until, onReached: resolve });
    });
    await send();
    await reached;
    return goOn;
  }

  async close(): Promise<void> {
    await this.#app.close(1_000);
    await this.#house.close();
  }
}

function houseOptions({ env, rules = builtIn, sweepMs }: StageOptions): HouseOptions {
  return { rules, ...(env && { env }), ...(sweepMs === undefined ? {} : { sweepMs }) };
}
