/**
 * A strict stand-in for GitHub: a server on this machine with the part of the API that the App uses, backed by real git
 * repositories. It refuses what GitHub refuses, holds every request against GitHub's published descriptions, counts
 * requests, and makes trouble on demand.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access, assertAllowed } from './access.ts';
import { graphqlFaults, restFaults } from './contract.ts';
import { followLine } from './diff.ts';
import { type Fault, Faults } from './faults.ts';
import { answerQuery } from './graphql.ts';
import { ApiError, matchRoute, notFound, type Reply, type Route } from './http.ts';
import { checkRunPayload, checkSuitePayload, pullRequestPayload } from './payloads.ts';
import { checkRoutes } from './routes-checks.ts';
import { conversationRoutes } from './routes-conversation.ts';
import { gitRoutes, signInRoutes } from './routes-git.ts';
import { pullRoutes } from './routes-pulls.ts';
import { reviewRoutes } from './routes-reviews.ts';
import type { CheckRun, Pull, Repository } from './state.ts';
import { World } from './world.ts';

export interface LoggedRequest {
  /** As in the OpenAPI description: `GET /repos/{owner}/{repo}/pulls/{pull_number}`; `POST /graphql`. */
  readonly route: string;
  readonly status: number;
  readonly body: unknown;
}

export interface NewPull {
  readonly title?: string;
  readonly author?: string;
  readonly base?: string;
  readonly branch?: string;
  readonly head: string;
  readonly draft?: boolean;
  readonly fork?: boolean;
}

export class StandIn {
  readonly world = new World();
  readonly access = new Access();
  readonly faults = new Faults();
  readonly requests: LoggedRequest[] = [];
  /** Requests that GitHub's descriptions do not allow; a test that is done expects none. */
  readonly violations: string[] = [];
  /** Where webhooks go: the App's address. */
  hook = '';
  #routes: readonly Route[] = [
    ...pullRoutes(this.world),
    ...reviewRoutes(this.world),
    ...conversationRoutes(this.world),
    ...checkRoutes(this.world),
    ...gitRoutes(this.world),
    ...signInRoutes(this.access),
  ];
  #server = createServer((request, response) => void this.#serve(request, response));

  /** Starts listening on a free port of this machine. */
  static async start(): Promise<StandIn> {
    const standIn = new StandIn();
    await new Promise<void>((resolve) => standIn.#server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  /** `host:port`, as GHE_HOST wants it. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The environment that makes the App use this GitHub. */
  environment(): Record<string, string> {
    const { appId, privateKey, webhookSecret } = this.access.app;
    return {
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GHE_HOST: this.host,
      GHE_PROTOCOL: 'http',
      PORT: '0',
      HOST: '127.0.0.1',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    for (const repository of this.world.repositories) repository.git.remove();
  }

  openPull(repository: Repository, options: NewPull): Pull {
    const pull: Pull = {
      id: this.world.ids.next(),
      number: repository.pulls.length + 1,
      title: options.title ?? 'Change something',
      author: options.author ?? 'ada',
      baseRef: options.base ?? 'main',
      headRef: options.branch ?? 'change',
      head: options.head,
      draft: options.draft ?? false,
      fork: options.fork ?? false,
      state: 'open',
      reviews: [],
      comments: [],
      talk: [],
      labels: [],
      patchFaults: new Map(),
    };
    repository.pulls.push(pull);
    return pull;
  }

  /** Moves the head of a pull request: comments follow their lines or become outdated. */
  movePull(repository: Repository, pull: Pull, head: string): void {
    for (const comment of pull.comments) {
      if (comment.side === 'LEFT' || comment.line === undefined) continue;
      const line = followLine(repository.git, pull.head, head, comment.path, comment.line);
      const shift = line === undefined ? 0 : line - comment.line;
      comment.startLine = line === undefined || comment.startLine === undefined ? undefined : comment.startLine + shift;
      comment.line = line;
    }
    pull.head = head;
  }

  /** Sends a signed webhook to the App and returns its answer. */
  deliver(
    event: string,
    payload: object,
    options: { readonly id?: string; readonly secret?: string } = {},
  ): Promise<Response> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', options.secret ?? this.access.app.webhookSecret)
      .update(body)
      .digest('hex');
    return fetch(this.hook, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': options.id ?? randomUUID(),
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body,
    });
  }

  announcePull(
    repository: Repository,
    pull: Pull,
    action: string,
    options: { readonly id?: string } = {},
  ): Promise<Response> {
    return this.deliver(
      'pull_request',
      pullRequestPayload(repository, pull, action, this.access.app.installationId),
      options,
    );
  }

  rerunCheck(repository: Repository, run: CheckRun): Promise<Response> {
    return this.deliver('check_run', checkRunPayload(repository, run, this.access.app.installationId));
  }

  rerunSuite(repository: Repository, run: CheckRun): Promise<Response> {
    return this.deliver('check_suite', checkSuitePayload(repository, run, this.access.app.installationId));
  }

  /** How often each route was asked since the log was last emptied. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { route } of this.requests) counts[route] = (counts[route] ?? 0) + 1;
    return counts;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const sent = await readJson(request);
    const pathname = url.pathname.replace(/^\/api\/v3/, '');
    const graphql = request.method === 'POST' && url.pathname === '/api/graphql';
    const matched = graphql ? undefined : matchRoute(this.#routes, request.method ?? 'GET', pathname);
    const name = graphql ? 'POST /graphql' : (matched?.route.route ?? `${request.method} ${pathname}`);
    const fault = this.faults.take(name);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'wait') await fault.until;
    const reply = await this.#answer(name, matched, request, url, sent, fault).catch(asReply);
    this.requests.push({ route: name, status: reply.status, body: sent });
    if (fault?.kind === 'reset-after') return void request.socket.destroy();
    send(response, fault?.kind === 'reply-after' ? fault.reply : reply, this.requests.length);
  }

  async #answer(
    name: string,
    matched: ReturnType<typeof matchRoute>,
    request: IncomingMessage,
    url: URL,
    sent: unknown,
    fault: Fault | undefined,
  ): Promise<Reply> {
    if (fault?.kind === 'reply') return fault.reply;
    const actor = this.access.actor(request.headers.authorization);
    if (name === 'POST /graphql') {
      assertAllowed(actor, 'contents: read');
      const { query, variables = {} } = sent as { query: string; variables?: Record<string, unknown> };
      this.#assertContract(name, graphqlFaults(query));
      return answerQuery(this.world, actor, query, variables);
    }
    if (!matched) {
      this.violations.push(`${name} is not known here`);
      throw notFound();
    }
    const { route, template, path } = matched;
    this.#assertContract(
      name,
      restFaults({ method: request.method ?? 'GET', template, path, query: url.searchParams, body: sent }),
    );
    assertAllowed(actor, route.needs);
    const body = (sent ?? {}) as Record<string, unknown>;
    return route.handle({ method: request.method ?? 'GET', template, path, query: url.searchParams, body, actor });
  }

  #assertContract(name: string, faults: readonly string[]): void {
    if (faults.length === 0) return;
    this.violations.push(`${name}: ${faults.join('; ')}`);
    throw new ApiError(400, `Not part of the contract: ${faults.join('; ')}`);
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

function asReply(error: unknown): Reply {
  if (!(error instanceof ApiError)) return { status: 500, body: { message: String(error) } };
  const { status, message, errors } = error;
  return {
    status,
    body: { message, ...(errors ? { errors } : {}), documentation_url: 'https://docs.github.com/rest' },
  };
}

const hourlyLimit = 5_000;

function send(response: ServerResponse, { status, body, headers = {} }: Reply, used: number): void {
  const limits = {
    'x-ratelimit-limit': String(hourlyLimit),
    'x-ratelimit-remaining': String(Math.max(0, hourlyLimit - used)),
  };
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limits, ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
