/**
 * Sends webhooks at a steady pace from a process of its own, so that what is measured is the server and not the process that
 * plays GitHub. Told by a message what to send; answers with the milliseconds and the status of each.
 */
import { fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Sending {
  readonly port: number;
  readonly secret: string;
  /** Sent in turn. */
  readonly bodies: readonly string[];
  /** Deliveries a second. */
  readonly rate: number;
  readonly count: number;
}

export interface Sent {
  readonly ms: number;
  /** Of these, before the sender came to send it: what the machine takes, not the server. */
  readonly lateMs: number;
  /** 0: no answer. */
  readonly status: number;
}

/** Sends from another process. */
export function sendFromOutside(sending: Sending): Promise<readonly Sent[]> {
  const child = fork(fileURLToPath(new URL('./delivery-sender.js', import.meta.url)), ['send']);
  child.send(sending);
  return new Promise((resolve, reject) => {
    child.once('message', (sent) => resolve(sent as readonly Sent[]));
    child.once('exit', (code) => reject(new Error(`the sender ended with ${code}`)));
  });
}

// GitHub's own connections: they are used again, and there is no end of them.
const agent = new Agent({ keepAlive: true });

function deliver({ port, secret }: Sending, body: string, due: number): Promise<Sent> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': 'pull_request',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const lateMs = performance.now() - due;
  return new Promise((resolve) => {
    const end = (status: number): void => resolve({ ms: performance.now() - due, lateMs, status });
    const sent = request({ port, path: '/api/github/webhooks', method: 'POST', headers, agent }, (answer) => {
      answer.resume();
      answer.once('end', () => end(answer.statusCode ?? 0));
      answer.once('error', () => end(0));
    });
    sent.once('error', () => end(0));
    sent.end(body);
  });
}

/** The time counts from when a delivery was due, so that a sender that falls behind does not hide a slow server. */
async function send(sending: Sending): Promise<readonly Sent[]> {
  const sent: Promise<Sent>[] = [];
  const started = performance.now();
  for (let at = 0; at < sending.count; at++) {
    const due = started + (at * 1_000) / sending.rate;
    if (due > performance.now()) await sleep(due - performance.now());
    sent.push(deliver(sending, sending.bodies[at % sending.bodies.length] ?? '', Math.max(due, started)));
  }
  return Promise.all(sent);
}

if (process.argv[2] === 'send')
  process.once('message', async (sending) => {
    process.send?.(await send(sending as Sending), () => process.exit(0));
  });
