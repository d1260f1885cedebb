/**
 * Figures of the App in the format of Prometheus. Labels are few and short: no repository, no person, and of what the
 * process of a job reports only what looks like the name of a rule.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueFigures } from '../queue/job.ts';
import type { PullFeedback } from '../review/feedback.ts';
import type { Tally } from '../review/tally.ts';

export interface Metrics {
  /** Of the answer to a request for metrics. */
  readonly contentType: string;
  text(): Promise<string>;
  webhook(answer: number): void;
  /** A job of this kind came to an end; `seconds` by phase, as far as it came. */
  job(kind: string, outcome: string, seconds: Readonly<Record<string, number>>): void;
  /** A request to GitHub was answered, or failed for the reason of this code. */
  request(kind: string, result: string): void;
  /** Requests that GitHub still allows an installation this hour. */
  budget(installation: number, remaining: number): void;
  tally(tally: Tally): void;
  /** A pull request on which something was said was closed. */
  feedback(feedback: PullFeedback): void;
}

const maxRules = 200;
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Makes the figures; what the queue holds is asked for when they are. */
export function createMetrics(queue: () => Promise<QueueFigures>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  queueGauges(registry, queue);
  const webhooks = counter(registry, 'goplumber_webhooks_total', 'Webhooks by the status of the answer', ['status']);
  const jobs = counter(registry, 'goplumber_reviews_total', 'Jobs by kind and outcome', ['kind', 'outcome']);
  const requests = counter(registry, 'goplumber_api_requests_total', 'Requests to GitHub by kind and result', [
    'kind',
    'result',
  ]);
  const seconds = new Histogram({
    name: 'goplumber_review_seconds',
    help: 'Seconds of a review by phase',
    labelNames: ['phase'],
    buckets: [...buckets],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    webhook: (status) => webhooks.inc({ status: String(status) }),
    job(kind, outcome, phases) {
      jobs.inc({ kind, outcome: named(outcome) });
      for (const [phase, taken] of Object.entries(phases).slice(0, 5)) seconds.observe({ phase: named(phase) }, taken);
    },
    request: (kind, result) => requests.inc({ kind, result }),
    budget: budgets(registry),
    ...tallies(registry),
  };
}

function counter<L extends string>(registry: Registry, name: string, help: string, labelNames: L[]): Counter<L> {
  return new Counter({ name, help, labelNames, registers: [registry] });
}

/** A figure that is read when it is asked for; undefined leaves it out. */
function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number | undefined | Promise<number | undefined>,
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const value = await read();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

/** What the queue holds, the same in each process that shares one; nothing is said while it cannot be asked. */
function queueGauges(registry: Registry, queue: () => Promise<QueueFigures>): void {
  const figure = (name: string, help: string, read: (figures: QueueFigures) => number): void =>
    gauge(registry, `goplumber_queue_${name}`, help, () => queue().then(read, () => undefined));
  const reachable = (): Promise<number> =>
    queue().then(
      () => 1,
      () => 0,
    );
  gauge(registry, 'goplumber_queue_reachable', 'Whether the queue answers: 1, else 0', reachable);
  figure('waiting', 'Jobs waiting', ({ waiting }) => waiting);
  figure('running', 'Jobs running', ({ running }) => running);
  figure('dead', 'Jobs that were given up and can be tried again', ({ dead }) => dead);
  figure('oldest_seconds', 'Age of the job that has waited longest', ({ oldestMs }) => oldestMs / 1_000);
}

/** The lowest of the installations that were heard of within the hour: an installation is not to be read off a figure. */
function budgets(registry: Registry): Metrics['budget'] {
  const heard = new Map<number, { readonly remaining: number; readonly at: number }>();
  const help = 'Requests left this hour for the installation that has the fewest';
  gauge(registry, 'goplumber_api_remaining', help, () => {
    const since = Date.now() - 3_600_000;
    for (const [id, { at }] of heard) if (at < since) heard.delete(id);
    return heard.size === 0 ? undefined : Math.min(...[...heard.values()].map(({ remaining }) => remaining));
  });
  return (installation, remaining) => {
    heard.delete(installation);
    heard.set(installation, { remaining, at: Date.now() });
    for (const oldest of heard.keys()) {
      if (heard.size <= 10_000) break;
      heard.delete(oldest);
    }
  };
}

function tallies(registry: Registry): Pick<Metrics, 'tally' | 'feedback'> {
  const byRule = (name: string, help: string) => counter(registry, name, help, ['rule']);
  const found = counter(registry, 'goplumber_findings_total', 'New findings by rule and severity', [
    'rule',
    'severity',
  ]);
  const by = {
    fixed: byRule('goplumber_findings_fixed_total', 'Findings that were gone at a later head, by rule'),
    dismissed: byRule('goplumber_findings_dismissed_total', 'Findings that a person dismissed, by rule'),
    applied: byRule('goplumber_suggestions_applied_total', 'Suggestions that were committed, by rule'),
  } as const;
  const ended = counter(registry, 'goplumber_feedback_total', 'Comments of closed pull requests by rule and fate', [
    'rule',
    'fate',
  ]);
  const known = new Set<string>();
  const ruleOf = (text: string): string => {
    const rule = named(text);
    if (!known.has(rule) && known.size >= maxRules) return 'other';
    known.add(rule);
    return rule;
  };
  return {
    tally(tally) {
      for (const { rule, severity } of tally.found) found.inc({ rule: ruleOf(rule), severity: named(severity) });
      for (const kind of ['fixed', 'dismissed', 'applied'] as const)
        for (const rule of tally[kind]) by[kind].inc({ rule: ruleOf(rule) });
    },
    feedback({ comments }) {
      for (const { rule, fate } of comments) ended.inc({ rule: ruleOf(rule), fate });
    },
  };
}

/** What comes from the process of a job may be anything. */
function named(text: string): string {
  return /^[a-z][a-z-]{0,40}$/.test(text) ? text : 'other';
}
