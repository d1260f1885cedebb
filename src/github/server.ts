/**
 * The App's HTTP server. Everybody can reach it, so before a signature is checked everything is bounded: bodies, their sum,
 * connections and their time; and what an unverified body holds is never said.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundConnections, type Connections } from './connections.ts';
import type { Log } from './log.ts';
import { BodiesUnderWay } from './request-body.ts';

/** GitHub delivers nothing larger (docs: webhook events and payloads). */
export const maxBodyBytes = 25 * 1024 * 1024;

export const serverBounds = {
  /** Of all bodies that are being read; ordinary ones have some 30 KB. */
  bytesUnderWay: 64 * 1024 * 1024,
  connections: 1_000,
  /** Deliveries that arrived and are being stored: when the store is slow, more are refused rather than kept waiting. */
  storing: 500,
  headersMs: 5_000,
  /** A whole request. GitHub waits ten seconds for its answer. */
  requestMs: 10_000,
  keepAliveMs: 65_000,
  /** How often slow connections are looked for. */
  lookMs: 1_000,
};

/** A delivery as it came over the wire, its signature not yet checked. */
export interface RawDelivery {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
  /** As they came: the signature is of bytes. */
  readonly body: Buffer;
}

/**
 * What to answer: accepted, not from GitHub, not JSON, or not possible now, since too many jobs wait or the store failed (GitHub
 * shows it as failed; it can be redelivered).
 */
export type Reception = 'accepted' | 'wrong-signature' | 'malformed' | 'busy' | 'not-stored';

export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface ServerOptions {
  readonly webhookPath: string;
  readonly log: Log;
  /** Without it no webhooks are taken in. */
  receive?(delivery: RawDelivery): Promise<Reception>;
  /** Default: `serverBounds`. */
  readonly bounds?: typeof serverBounds;
  /** For `/healthz`: figures worth seeing. */
  health(): object;
  /** For `/readyz`: whether deliveries are taken in. */
  ready(): Promise<boolean>;
  /** For `/metrics`, where it is served here. */
  readonly metrics?: MetricsPage;
  /** Told of the answer to each webhook. */
  onAnswer?(status: number): void;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more connections and resolves when the open ones are done. */
  close(): Promise<void>;
}

/** How long the rest of a refused body is taken and dropped. */
const lingerMs = 2_000;

interface Answer {
  readonly status: number;
  /** JSON, or a text as it is. */
  readonly body: object | string;
  readonly contentType?: string;
}

/** Seconds after which it may be worth to ask again; sent with every 503. */
const retryAfterSeconds = 30;

const ready: Answer = { status: 200, body: { ok: true } };
const notReady: Answer = { status: 503, body: { ok: false, error: 'No deliveries are accepted right now.' } };

async function metricsAnswer({ contentType, text }: MetricsPage): Promise<Answer> {
  return { status: 200, body: await text(), contentType };
}

const answers: Readonly<Record<Reception | 'crowded' | 'slow-store', Answer>> = {
  accepted: { status: 202, body: { ok: true } },
  'wrong-signature': { status: 401, body: { error: 'The signature does not match.' } },
  malformed: { status: 400, body: { error: 'The body is not a JSON object.' } },
  crowded: { status: 503, body: { error: 'Too much data is being received; redeliver later.' } },
  busy: { status: 503, body: { error: 'Too many reviews are waiting; redeliver later.' } },
  'slow-store': { status: 503, body: { error: 'Too many deliveries are being stored; redeliver later.' } },
  'not-stored': { status: 503, body: { error: 'The delivery could not be stored; redeliver later.' } },
};

/** Starts listening. Rejects with the system's error when the port cannot be had. */
export function startServer(options: ServerOptions, host: string, port: number): Promise<RunningServer> {
  const { bounds = serverBounds, log } = options;
  const server = createServer({ connectionsCheckingInterval: bounds.lookMs });
  const connections = boundConnections(server, bounds.connections, (count) =>
    log.warn({ count, reason: `more than ${bounds.connections} connections` }, 'oldest connections closed'),
  );
  const bodies = new BodiesUnderWay(bounds.bytesUnderWay);
  const intake: Intake = { bodies, connections, mostStoring: bounds.storing, storing: 0 };
  server.on('request', (request, response) => {
    answer(options, intake, request)
      .catch((error: unknown): Answer => {
        log.error({ err: error }, 'request failed');
        return { status: 500, body: { error: 'Internal error.' } };
      })
      .then((result) => send(request, response, result));
  });
  // A sender that trickles its bytes must not hold a connection forever.
  server.requestTimeout = bounds.requestMs;
  server.headersTimeout = bounds.headersMs;
  // Longer than proxies keep theirs, so that none sends a delivery into a connection that is being closed.
  server.keepAliveTimeout = bounds.keepAliveMs;
  return listen(server, host, port);
}

function listen(server: Server, host: string, port: number): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ port: (server.address() as AddressInfo).port, close: () => close(server) });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // What is being answered now is not kept open afterwards.
    server.keepAliveTimeout = 1;
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** What is being taken in at this moment. */
interface Intake {
  readonly bodies: BodiesUnderWay;
  readonly connections: Connections;
  readonly mostStoring: number;
  storing: number;
}

async function answer(options: ServerOptions, intake: Intake, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  if (path === '/metrics' && options.metrics) return metricsAnswer(options.metrics);
  if (path === '/readyz') return (await options.ready()) ? ready : notReady;
  if (path === '/healthz' || path === '/ping') return { status: 200, body: { ok: true, ...options.health() } };
  if (path !== options.webhookPath || !options.receive) return { status: 404, body: { error: 'Not found.' } };
  if (request.method !== 'POST') return { status: 405, body: { error: 'Webhooks are POSTed.' } };
  const received = await receiveWebhook({ ...options, receive: options.receive }, intake, request);
  options.onAnswer?.(received.status);
  return received;
}

async function receiveWebhook(
  options: ServerOptions & Required<Pick<ServerOptions, 'receive'>>,
  intake: Intake,
  request: IncomingMessage,
): Promise<Answer> {
  const { 'x-github-delivery': id, 'x-github-event': event, 'x-hub-signature-256': signature } = request.headers;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return refuse(options, id, { status: 415, body: { error: 'The content type must be application/json.' } });
  }
  if (typeof id !== 'string' || typeof event !== 'string') {
    return refuse(options, id, { status: 400, body: { error: 'X-GitHub-Delivery and X-GitHub-Event are required.' } });
  }
  if (typeof signature !== 'string') return refuse(options, id, answers['wrong-signature']);
  const body = await intake.bodies.read(request, maxBodyBytes);
  if (body.kind === 'too-large')
    return refuse(options, id, { status: 413, body: { error: 'The body is larger than 25 MB.' } });
  if (body.kind === 'aborted') return refuse(options, id, { status: 400, body: { error: 'The body ended early.' } });
  if (body.kind === 'crowded-out') return refuse(options, id, answers.crowded);
  const delivery = { id, event, signature, body: body.bytes };
  const result = answers[await store(intake, request, () => options.receive(delivery))];
  if (result.status >= 400) return refuse(options, id, result);
  options.log.debug({ delivery: id, event }, 'webhook accepted');
  return result;
}

/** What is taken in is also acknowledged: its connection is not dropped for those of others. */
async function store(intake: Intake, { socket }: IncomingMessage, receive: () => Promise<Reception>) {
  if (intake.storing >= intake.mostStoring) return 'slow-store' as const;
  intake.storing++;
  try {
    return await intake.connections.keptFor(socket, receive);
  } finally {
    intake.storing--;
  }
}

/** Says in the log that a webhook was turned away and why, and nothing of what it held. */
function refuse(options: ServerOptions, delivery: unknown, result: Answer): Answer {
  const id = typeof delivery === 'string' ? delivery.slice(0, 64) : undefined;
  options.log.warn({ delivery: id, status: result.status, reason: result.body }, 'webhook refused');
  return result;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, contentType = 'application/json' }: Answer,
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers: Record<string, string> = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(text)),
  };
  if (status === 503) headers['retry-after'] = String(retryAfterSeconds);
  if (!request.complete) headers['connection'] = 'close';
  response.writeHead(status, headers);
  response.end(text);
  if (request.complete) return;
  // The rest of the body is thrown away for a moment, so that the sender reads the answer instead of a reset.
  request.resume();
  setTimeout(() => request.destroy(), lingerMs).unref();
}
