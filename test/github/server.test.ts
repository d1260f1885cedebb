import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/github/log.ts';
import {
  type RawDelivery,
  type Reception,
  type RunningServer,
  serverBounds,
  startServer,
} from '../../src/github/server.ts';
import { isSigned } from '../../src/github/signature.ts';
import { gate } from '../queue/contract.ts';

let server: RunningServer;
const received: RawDelivery[] = [];

afterEach(async () => {
  received.length = 0;
  await server.close();
});

async function start(
  bounds: Partial<typeof serverBounds> = {},
  reception: () => Promise<Reception> = async () => 'accepted',
): Promise<void> {
  server = await startServer(
    {
      webhookPath: '/hook',
      log: createLog('silent'),
      bounds: { ...serverBounds, ...bounds },
      receive: async (delivery) => {
        received.push(delivery);
        return reception();
      },
      health: () => ({}),
      ready: async () => true,
    },
    '127.0.0.1',
    0,
  );
}

function open(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}

function head(length: number): string {
  return `POST /hook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-delivery: d\r\nx-github-event: push\r\nx-hub-signature-256: sha256=00\r\ncontent-length: ${length}\r\n\r\n`;
}

/** What the server says until it ends the connection. */
function whatIsSaid(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.once('close', () => resolve(text));
  });
}

function deliver(size: number): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': 'd',
    'x-github-event': 'push',
    'x-hub-signature-256': 'sha256=00',
  };
  return fetch(`http://127.0.0.1:${server.port}/hook`, { method: 'POST', headers, body: Buffer.alloc(size, 'x') });
}

describe('the server', () => {
  it('cuts a connection that drips its body', async () => {
    await start({ requestMs: 500, lookMs: 50 });
    const socket = await open();
    const said = whatIsSaid(socket);
    socket.write(head(1_000));
    const drip = setInterval(() => socket.write('x'), 20);
    expect(await said).toMatch(/^(HTTP\/1.1 408|$)/);
    clearInterval(drip);
    expect(received).toEqual([]);
  });

  it('cuts a connection that drips its headers, or says nothing', async () => {
    await start({ headersMs: 300, requestMs: 300, lookMs: 50 });
    const [talks, silent] = [await open(), await open()];
    const said = [whatIsSaid(talks), whatIsSaid(silent)];
    talks.write('POST /hook HTTP/1.1\r\nhost: x\r\n');
    for (const text of await Promise.all(said)) expect(text).toMatch(/^(HTTP\/1.1 408|$)/);
  });

  it('holds no more of all bodies than its bound, and drops the largest, so that others get through', async () => {
    await start({ bytesUnderWay: 1_000_000 });
    const greedy = await open();
    const said = whatIsSaid(greedy);
    greedy.write(head(20_000_000));
    greedy.write(Buffer.alloc(900_000, 'x'));
    expect((await deliver(200_000)).status).toBe(202);
    expect(await said).toContain('503');
    expect(received.map(({ body }) => body.length)).toEqual([200_000]);
  });

  it('lets the oldest of too many connections go for a new one', async () => {
    await start({ connections: 5 });
    const sockets = [];
    for (let count = 0; count < 5; count++) sockets.push(await open());
    const ended = sockets.map(whatIsSaid);
    expect((await deliver(10)).status).toBe(202);
    await ended[0];
    expect(sockets[4]?.destroyed).toBe(false);
    for (const socket of sockets) socket.destroy();
  });

  it('acknowledges what it is storing, however many connections come meanwhile', async () => {
    const stored = gate();
    await start({ connections: 3 }, async () => {
      await stored.opened;
      return 'accepted';
    });
    const delivery = deliver(10);
    await expect.poll(() => received.length).toBe(1);
    const others = [];
    for (let count = 0; count < 10; count++) others.push(await open());
    stored.open();
    expect((await delivery).status).toBe(202);
    for (const socket of others) socket.destroy();
  });

  it('refuses at once what a slow store would keep waiting, and says when to ask again', async () => {
    const stored = gate();
    await start({ storing: 2 }, async () => {
      await stored.opened;
      return 'accepted';
    });
    const first = [deliver(10), deliver(10)];
    await expect.poll(() => received.length).toBe(2);
    const refused = await deliver(10);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    stored.open();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([202, 202]);
    expect((await deliver(10)).status).toBe(202);
  });

  it.each(['busy', 'not-stored'] as const)('answers 503 when a delivery is %s', async (reception) => {
    await start({}, async () => reception);
    const { status, headers } = await deliver(10);
    expect([status, headers.get('retry-after')]).toEqual([503, '30']);
  });
});

describe('a signature', () => {
  const body = Buffer.from('{"a":"ü\\u0000"}');
  const sign = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  it('counts with either secret during a rotation, and with no other', async () => {
    await start();
    expect(isSigned(body, sign('new'), ['new', 'old'])).toBe(true);
    expect(isSigned(body, sign('old'), ['new', 'old'])).toBe(true);
    expect(isSigned(body, sign('old'), ['new'])).toBe(false);
    expect(isSigned(body, sign(''), ['new'])).toBe(false);
  });

  it.each([
    '',
    'sha256=',
    'sha1=00',
    `sha256=${'0'.repeat(63)}`,
    `sha256=${'0'.repeat(65)}`,
    `sha256=${'g'.repeat(64)}`,
  ])('%j is none', async (text) => {
    await start();
    expect(isSigned(body, text, ['new'])).toBe(false);
  });
});
