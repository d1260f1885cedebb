#!/usr/bin/env node
/** Process entry: the command line of `src/cli`, and the App for `serve`. */
import { runCommandLine } from './cli/command-line.ts';
import { processTerminal, type Terminal } from './cli/terminal.ts';

// `goplumber check | head` closes our output; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), { serve });

/** Runs the App until SIGTERM or SIGINT, then lets running reviews end. */
async function serve(terminal: Terminal): Promise<number> {
  // Probot is loaded only by the one command that needs it.
  const { startApp } = await import('./app.ts');
  const { readEnvironment } = await import('./github/environment.ts');
  const { reviewPullRequest } = await import('./review/review-pull-request.ts');
  const { reviewDeps } = await import('./cli/review-deps.ts');
  const read = readEnvironment(terminal.env);
  if (read.kind === 'problems') {
    for (const problem of read.problems) terminal.err(`goplumber: ${problem}\n`);
    return 2;
  }
  const deps = reviewDeps(terminal.env);
  const app = await startApp(read.settings, {
    review: (request, ports) => reviewPullRequest(request, ports, deps),
  }).catch((error: unknown) => {
    terminal.err(`goplumber: the App cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  });
  if (!app) return 2;
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await app.close();
  return 0;
}
