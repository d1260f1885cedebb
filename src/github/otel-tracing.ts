/** Traces through OpenTelemetry's SDK, which reads its own variables: endpoint, headers, sampler, service name, attributes. */
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TracedJob, Tracing } from './tracing.ts';

/** A collector that does not answer does not hold up the end of the process. */
const lastWordMs = 5_000;

export function otelTracing(): Tracing {
  const own = resourceFromAttributes({ 'service.name': 'goplumber' });
  const resource = own.merge(detectResources({ detectors: [envDetector] }));
  const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter())];
  const provider = new BasicTracerProvider({ resource, spanProcessors });
  const tracer = provider.getTracer('goplumber');
  return {
    job({ name, begun, ended, attributes, seconds, error }: TracedJob) {
      const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER, startTime: begun, attributes }, ROOT_CONTEXT);
      const inside = trace.setSpan(ROOT_CONTEXT, span);
      let at = begun;
      for (const [phase, taken] of Object.entries(seconds)) {
        const until = at + taken * 1_000;
        tracer.startSpan(phase, { startTime: at }, inside).end(until);
        at = until;
      }
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end(ended);
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, lastWordMs);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}
