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

  const documents = (file: string) =>
    parseAllDocuments(readFileSync(join(root, file), 'utf8')).map((one) => one.toJS() as Record<string, never>);
  const hardened = {
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };

  interface Workload {
    readonly metadata: { readonly name: string };
    readonly spec: {
      readonly replicas: number;
      readonly template: { readonly spec: { readonly containers: readonly object[] } };
    };
  }

  function workloads(file: string): readonly Workload[] {
    const kinds = ['Deployment', 'StatefulSet'];
    return documents(file).filter(({ kind }) => kinds.includes(String(kind))) as unknown as readonly Workload[];
  }

  it.each(['deploy/kubernetes/goplumber.yml', 'deploy/kubernetes/goplumber-redis.yml'])(
    '%s runs without root, on root file systems that are read only, with probes and limits',
    (file) => {
      const all = workloads(file);
      expect(all.length).toBeGreaterThan(0);
      for (const { spec } of all) {
        expect(spec.template.spec).toMatchObject({
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          automountServiceAccountToken: false,
        });
        expect(spec.template.spec.containers[0]).toMatchObject({
          securityContext: hardened,
          livenessProbe: expect.any(Object),
          readinessProbe: expect.any(Object),
          resources: { limits: { memory: expect.any(String) } },
        });
      }
    },
  );

  it('has one process for a state folder, and workers beside Redis', () => {
    expect(workloads('deploy/kubernetes/goplumber.yml')[0]?.spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    const names = workloads('deploy/kubernetes/goplumber-redis.yml').map(({ metadata }) => metadata.name);
    expect(names).toEqual(['goplumber-intake', 'goplumber-worker', 'goplumber-redis']);
  });

  it.each([
    ['deploy/compose.yml', ['goplumber']],
    ['deploy/compose.redis.yml', ['intake', 'worker', 'redis']],
  ])('%s takes away what the processes do not need', (file, names) => {
    const { services } = parse(readFileSync(join(root, file), 'utf8'), { merge: true }) as {
      services: Record<string, object>;
    };
    expect(Object.keys(services)).toEqual(names);
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        restart: 'unless-stopped',
      });
    }
  });

  it('keeps what Redis was given', () => {
    const durable = ['--appendonly yes', '--appendfsync always', '--maxmemory-policy noeviction'];
    for (const file of ['deploy/compose.redis.yml', 'deploy/kubernetes/goplumber-redis.yml']) {
      const words = readFileSync(join(root, file), 'utf8').replaceAll(/[",\s]+/g, ' ');
      for (const setting of durable) expect(words).toContain(setting);
    }
  });
});
