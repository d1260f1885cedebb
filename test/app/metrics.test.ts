/** What an operator sees of the App: figures, health, readiness. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createMetrics } from '../../src/github/metrics.ts';
import { type House, openHouse } from './harness.ts';
import { everyGo } from './marked-go.ts';

let house: House | undefined;

afterEach(async () => {
  await house?.close();
  house = undefined;
});

const root = join(import.meta.dirname, '../..');
const quiet = { 'go.mod': 'module shop\n\ngo 1.24\n', 'shop.go': 'package shop\n' };
const change = { 'shop.go': 'package shop\n\nfunc Serve() {\n\tgo Serve()\n}\n' };
const empty = { waiting: 0, running: 0, dead: 0, oldestMs: 0, open: true };

function page(name: string): string {
  return (house?.gitHub.hook ?? '').replace('/api/github/webhooks', name);
}

/** The value of a series as Prometheus would read it. */
function series(text: string, name: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

describe('the metrics', () => {
  it('count webhooks, reviews, requests and findings, and name no repository', async () => {
    house = await openHouse({ rules: [everyGo] });
    const repository = house.gitHub.world.create('acme', 'shop');
    const base = repository.git.commit('main', quiet, 'Start');
    const pull = house.gitHub.openPull(repository, { head: repository.git.commit('change', change, 'Change', base) });
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    const answer = await fetch(page('/metrics'));
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(series(text, 'goplumber_webhooks_total{status="202"}')).toBe(1);
    expect(series(text, 'goplumber_reviews_total{kind="review",outcome="reviewed"}')).toBe(1);
    expect(series(text, 'goplumber_findings_total{rule="every-go",severity="error"}')).toBe(1);
    expect(series(text, 'goplumber_review_seconds_count{phase="analyse"}')).toBe(1);
    expect(series(text, 'goplumber_api_requests_total{kind="write",result="ok"}')).toBeGreaterThan(1);
    expect(series(text, 'goplumber_queue_waiting')).toBe(0);
    expect(text).not.toMatch(/acme|shop/);
  });

  it('have a port of their own where one is set', async () => {
    house = await openHouse({ rules: [everyGo], env: { METRICS_PORT: '0' } });
    expect((await fetch(page('/metrics'))).status).toBe(404);
    expect((await fetch(page('/readyz'))).status).toBe(200);
    expect((await fetch(page('/healthz'))).status).toBe(200);
  });

  it('take no label from a process that was taken over but the name of a rule', async () => {
    const metrics = createMetrics(async () => empty);
    const rules = Array.from(
      { length: 500 },
      (_, at) =>
        `rule-${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10) % 10]}${'uvwxyz'[Math.floor(at / 100)]}`,
    );
    metrics.tally({ found: [], applied: [], dismissed: [], fixed: [...rules, 'a"b\n', 'x'.repeat(1_000)] });
    const found = (await metrics.text())
      .split('\n')
      .filter((line) => line.startsWith('goplumber_findings_fixed_total{'));
    expect(found.length).toBeLessThanOrEqual(201);
    expect(found.join('\n')).not.toMatch(/xxx|a"b/);
  });
});

describe('what is shipped for operators', () => {
  const names = async () =>
    new Set((await createMetrics(async () => empty).text()).match(/^# TYPE (\S+)/gm)?.map((line) => line.slice(7)));
  const used = (text: string) =>
    new Set(text.match(/\bgoplumber_\w+/g)?.map((name) => name.replace(/_(bucket|sum|count)$/, '')));

  it.each(['deploy/prometheus/alerts.yml', 'deploy/grafana/goplumber.json'])(
    '%s speaks of metrics that exist',
    async (file) => {
      const text = readFileSync(join(root, file), 'utf8');
      expect(parse(text)).toBeTypeOf('object');
      const known = await names();
      const asked = [...used(text)];
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('runs without root, on a root file system that is read only, with probes and limits', () => {
    const documents = parseAllDocuments(readFileSync(join(root, 'deploy/kubernetes/goplumber.yml'), 'utf8')).map(
      (one) => one.toJS() as Record<string, never>,
    );
    const deployment = documents.find(({ kind }) => kind === 'Deployment') as unknown as {
      spec: { replicas: number; strategy: object; template: { spec: { containers: object[] } } };
    };
    expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(deployment.spec.template.spec).toMatchObject({ securityContext: { runAsNonRoot: true } });
    expect(deployment.spec.template.spec.containers[0]).toMatchObject({
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
      livenessProbe: { httpGet: { path: '/healthz' } },
      readinessProbe: { httpGet: { path: '/readyz' } },
      resources: { limits: { memory: expect.any(String) } },
    });
    const compose = parse(readFileSync(join(root, 'deploy/compose.yml'), 'utf8')) as {
      services: Record<string, object>;
    };
    expect(compose.services['goplumber']).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      restart: 'unless-stopped',
    });
  });
});
