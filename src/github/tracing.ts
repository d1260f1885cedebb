/** Traces of jobs: one span for a job, one in it for each phase. They say what was done and when, and nothing of any text. */
import type { Environment } from './environment-values.ts';

/** A job that came to its end, well or not. */
export interface TracedJob {
  /** The kind of the job. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  readonly ended: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Seconds by phase, in the order of the phases, as far as it came. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Name or code of what it failed with. */
  readonly error?: string;
}

export interface Tracing {
  job(job: TracedJob): void;
  /** Sends what was not sent yet. */
  close(): Promise<void>;
}

const noTracing: Tracing = { job: () => {}, close: async () => {} };

/** Whether OpenTelemetry's own variables name a collector and do not switch it off. */
export function wantsTraces(env: Environment): boolean {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const off = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none';
  return Boolean(endpoint) && !off;
}

/** OpenTelemetry is loaded by those who want traces alone. */
export async function openTracing(wanted: boolean): Promise<Tracing> {
  if (!wanted) return noTracing;
  const { otelTracing } = await import('./otel-tracing.ts');
  return otelTracing();
}
