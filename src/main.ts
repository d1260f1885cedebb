#!/usr/bin/env node
/** Process entry: the command line of `src/cli`, and the App for `serve`. */
import { processTerminal } from './cli/terminal.ts';

// `goplumber check | head` closes our output; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run();

async function run(): Promise<number> {
  const terminal = processTerminal();
  try {
    // Imported here so that a parser that cannot start is one line.
    const { runCommandLine } = await import('./cli/command-line.ts');
    return await runCommandLine(process.argv.slice(2), terminal, {
      // Probot is loaded only by the one command that needs it.
      serve: async () => (await import('./app.ts')).serve(terminal),
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ParserStartError')) throw error;
    terminal.err(`goplumber: ${error.message}\n`);
    return 2;
  }
}
