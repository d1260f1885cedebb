/**
 * Code of other packages that only looks at what it is given: it writes a line, counts, or wraps an error. It may print a
 * value, but it neither operates on the channels in it nor hands it to anybody who does.
 */

/** Packages of which all functions and methods are so, unless they are given a function. */
const packages =
  /^(go\.uber\.org\/(zap(\/zapcore)?|multierr)|github\.com\/sirupsen\/logrus|github\.com\/rs\/zerolog(\/log)?|k8s\.io\/klog(\/v2)?|github\.com\/golang\/glog|github\.com\/go-logr\/logr|github\.com\/hashicorp\/go-(hclog|multierror)|github\.com\/go-kit\/(kit\/)?log(\/level)?|github\.com\/(apex|charmbracelet)\/log|github\.com\/inconshreveable\/log15|github\.com\/cockroachdb\/errors|golang\.org\/x\/(xerrors|exp\/slog|net\/trace)|go\.opentelemetry\.io\/otel\/(attribute|codes)|github\.com\/opentracing\/opentracing-go\/(log|ext)|github\.com\/davecgh\/go-spew\/spew|github\.com\/prometheus\/client_golang\/prometheus|github\.com\/(armon|hashicorp)\/go-metrics)$/;

/** Words by which a package or type says that it is such a one. */
const places =
  /(^|[a-z\d_/.])(log|logs|logger|logging|trace|tracer|tracing|span|metrics?|stats|statsd|telemetry)$|(Log|Logger|Span|Metrics?|Stats)$/i;

/** Verbs that observe. */
const verbs =
  /^(Trace|Debug|Info|Notice|Warn|Warning|Error|Err|Print|Log|Logs|Verbose|Critical|Record|Observe|Count|Incr?|Gauge|Timing|Annotate|AddEvent|SetAttributes?|SetTag|With(Fields?|Values|Error|Prefix)?)(f|ln|w|s|S|Context|Ctx|Contextf|Depth|Depthf)?$/;

/** Whether a function of another package, or a method of a type of it, only looks at its arguments. */
export function observes(path: string, type: string | undefined, name: string): boolean {
  if (packages.test(path)) return true;
  return verbs.test(name) && (places.test(path) || (type !== undefined && places.test(type)));
}
