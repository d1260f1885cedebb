#!/usr/bin/env node
/** Process entry: the command line of `src/cli`, and the App for `serve`. */
import { runCommandLine } from './cli/command-line.ts';
import { processTerminal } from './cli/terminal.ts';

// `goplumber check | head` closes our output; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), {
  // Probot is loaded only by the one command that needs it.
  serve: async (terminal) => (await import('./app.ts')).serve(terminal),
});
