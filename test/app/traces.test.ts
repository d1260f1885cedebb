/** What a collector is told of a review. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { wantsTraces } from '../../src/github/tracing.ts';
import { openHouse } from './harness.ts';
import { everyGo } from './marked-go.ts';

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
afterEach(() => {
  delete process.env[endpoint];
});

async function collector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, server };
}

describe('a collector', () => {
  it('is told each job and its phases, by delivery, and nothing of the code', async () => {
    const { url, bodies, server } = await collector();
    process.env[endpoint] = url;
    const house = await openHouse({ rules: [everyGo], env: { [endpoint]: url } });
    const repository = house.gitHub.world.create('acme', 'shop');
    const quiet = { 'go.mod': 'module shop\n\ngo 1.24\n', 'shop.go': 'package shop\n' };
    const base = repository.git.commit('main', quiet, 'Start');
    const change = { 'shop.go': 'package shop\n\nfunc CanaryBird() {\n\tgo CanaryBird()\n}\n' };
    const pull = house.gitHub.openPull(repository, { head: repository.git.commit('change', change, 'Change', base) });
    await house.gitHub.announcePull(repository, pull, 'opened', { id: 'delivery-1' });
    await house.app.idle();
    await house.close();
    server.close();
    const text = bodies.join('');
    const { resourceSpans } = JSON.parse(text) as {
      resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
    };
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const review = spans.find(({ name }) => name === 'review');
    const attributes = Object.fromEntries((review?.attributes ?? []).map(({ key, value }) => [key, value.stringValue]));
    expect(attributes).toMatchObject({
      'goplumber.delivery': 'delivery-1',
      'goplumber.repository': 'acme/shop',
      'goplumber.outcome': 'reviewed',
    });
    const phases = spans.filter(({ parentSpanId }) => parentSpanId === review?.spanId).map(({ name }) => name);
    expect(phases).toEqual(['read', 'analyse', 'say']);
    expect(text).toContain('"goplumber"');
    expect(text).not.toMatch(/CanaryBird|ghs_|PRIVATE KEY/);
  });

  it.each([
    [{}, false],
    [{ [endpoint]: 'http://localhost:4318' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces' }, true],
    [{ [endpoint]: 'http://localhost:4318', OTEL_SDK_DISABLED: 'true' }, false],
    [{ [endpoint]: 'http://localhost:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
  ])('is wanted with %j: %s', (env, wanted) => {
    expect(wantsTraces(env)).toBe(wanted);
  });
});
