/**
 * A strict stand-in for GitHub: a server on this machine with the part of the API that the App uses, backed by real git
 * repositories. It refuses what GitHub refuses, holds every request against GitHub's published descriptions, counts
 * requests, and makes trouble on demand.
 */
import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Access, assertAllowed, assertReached } from './access.ts';
import { graphqlFaults, restFaults } from './contract.ts';
import { Deliveries } from './deliveries.ts';
import { followLine } from './diff.ts';
import { type Blow, Door, type Serve } from './door.ts';
import { type Fault, Faults } from './faults.ts';
import { answerQuery } from './graphql.ts';
import { type Actor, ApiError, matchRoute, notFound, type Reply, type Route } from './http.ts';
import { Limits } from './limits.ts';
import { checkRunPayload, checkSuitePayload, pullRequestPayload } from './payloads.ts';
import { appRoutes } from './routes-app.ts';
import { checkRoutes } from './routes-checks.ts';
import { conversationRoutes } from './routes-conversation.ts';
import { gitRoutes, signInRoutes } from './routes-git.ts';
import { pullRoutes } from './routes-pulls.ts';
import { reviewRoutes } from './routes-reviews.ts';
import type { CheckRun, Pull, Repository } from './state.ts';
import { Moved, World } from './world.ts';

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

interface DeliveryOptions {
  readonly id?: string;
  readonly secret?: string;
}

export class StandIn {
  readonly world = new World();
  readonly access = new Access();
  readonly faults = new Faults();
  readonly requests: LoggedRequest[] = [];
  /** Requests that GitHub's descriptions do not allow; a test that is done expects none. */
  readonly violations: string[] = [];
  readonly limits = new Limits();
  /** Characters of an answer to a query that GitHub takes too long to make: then it answers 502. */
  mostQueried = Number.POSITIVE_INFINITY;
  /** Of the other installations. */
  readonly limitsOf = new Map<number, Limits>();
  /** Where webhooks go: the App's address. */
  hook = '';
  readonly deliveries = new Deliveries(this.world.ids, (event, payload, id) => this.#send(event, payload, { id }));
  #routes: readonly Route[] = [
    ...pullRoutes(this.world),
    ...reviewRoutes(this.world),
    ...conversationRoutes(this.world),
    ...checkRoutes(this.world),
    ...gitRoutes(this.world),
    ...signInRoutes(this.world, this.access),
    ...appRoutes(this.world, this.access, this.deliveries),
  ];
  readonly #serveAt: Serve = (request, response, door) => this.#serve(request, response, door);
  #doors: Door[] = [];

  /** Starts listening on a free port of this machine. */
  static async start(): Promise<StandIn> {
    const standIn = new StandIn();
    await standIn.openDoor();
    return standIn;
  }

  /** Another way in, for a process that is going to be killed. */
  async openDoor(blow?: Blow): Promise<Door> {
    const door = await Door.open(this.#serveAt, blow);
    this.#doors.push(door);
    return door;
  }

  /** `host:port`, as GHE_HOST wants it. */
  get host(): string {
    return this.#doors[0]?.host ?? '';
  }

  /** The environment that makes the App use this GitHub. */
  environment(door?: Door): Record<string, string> {
    const { appId, privateKey, webhookSecret } = this.access.app;
    return {
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GHE_HOST: door?.host ?? this.host,
      GHE_PROTOCOL: 'http',
      PORT: '0',
      HOST: '127.0.0.1',
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#doors.map((door) => door.close()));
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
      locked: false,
      diffFault: undefined,
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
  deliver(event: string, payload: object, options: DeliveryOptions = {}): Promise<Response> {
    if (options.secret !== undefined) return this.#send(event, payload, options);
    return this.deliveries.made(event, payload, options.id ?? randomUUID());
  }

  /** Sends a signed webhook to an address of one of several processes; whether it was taken in. */
  async deliverTo(hook: string, event: string, payload: object, id: string): Promise<boolean> {
    const answer = await this.#send(event, payload, { id }, hook).catch(() => undefined);
    return answer?.status === 202;
  }

  #send(event: string, payload: object, options: DeliveryOptions, hook = this.hook): Promise<Response> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', options.secret ?? this.access.app.webhookSecret)
      .update(body)
      .digest('hex');
    return fetch(hook, {
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

  /** The webhook of a pull request, on its way to nobody. */
  losePull(repository: Repository, pull: Pull, action: string): void {
    const payload = pullRequestPayload(repository, pull, action, this.access.installationOf(repository.owner));
    this.deliveries.lost('pull_request', payload, randomUUID());
  }

  announcePull(repository: Repository, pull: Pull, action: string, options: DeliveryOptions = {}): Promise<Response> {
    return this.deliver(
      'pull_request',
      pullRequestPayload(repository, pull, action, this.access.installationOf(repository.owner)),
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

  async #serve(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const sent = await readJson(request).catch(() => undefined);
    if (!door.enter()) return void request.socket.destroy();
    const pathname = url.pathname.replace(/^\/api\/v3/, '');
    const graphql = request.method === 'POST' && url.pathname === '/api/graphql';
    const matched = graphql ? undefined : matchRoute(this.#routes, request.method ?? 'GET', pathname);
    const name = graphql ? 'POST /graphql' : (matched?.route.route ?? `${request.method} ${pathname}`);
    const fault = this.faults.take(name);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'wait') {
      fault.onReached?.();
      await fault.until;
    }
    const reply = await this.#answer(name, matched, request, url, sent, fault).catch((error: unknown) =>
      asReply(error, url),
    );
    this.requests.push({ route: name, status: reply.status, body: sent });
    if (!door.leave() || fault?.kind === 'reset-after') return void request.socket.destroy();
    send(response, fault?.kind === 'reply-after' ? fault.reply : reply, this.requests.length);
  }

  /** Each installation has limits of its own. */
  #limitsOf({ installation }: Actor & { readonly kind: 'installation' | 'user' }): Limits {
    if (installation === undefined || installation === this.access.app.installationId) return this.limits;
    const limits = this.limitsOf.get(installation) ?? new Limits();
    this.limitsOf.set(installation, limits);
    return limits;
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
    const refusal =
      actor.kind === 'installation' && this.#limitsOf(actor).refusal(request.method ?? '', name === 'POST /graphql');
    if (refusal) return refusal;
    if (name === 'POST /graphql') {
      assertAllowed(actor, 'metadata: read');
      const { query, variables = {} } = sent as { query: string; variables?: Record<string, unknown> };
      this.#assertContract(name, graphqlFaults(query));
      const reply = await answerQuery(this.world, actor, query, variables);
      return JSON.stringify(reply.body).length > this.mostQueried ? { status: 502, body: {} } : reply;
    }
    if (!matched) {
      this.violations.push(`${name} is not known here`);
      throw notFound();
    }
    const { route, template, path } = matched;
    assertReached(this.world, actor, path['owner'], path['repo']);
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

function asReply(error: unknown, url: URL): Reply {
  if (error instanceof Moved) {
    const location = `${url.pathname.replace(error.from, error.to)}${url.search}`;
    return {
      status: error.method === 'GET' ? 301 : 307,
      body: { message: error.message, url: location },
      headers: { location },
    };
  }
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
