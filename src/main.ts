#!/usr/bin/env node
/** Process entry: the command line of `src/cli`, and the App for `serve`. */
import { processTerminal } from './cli/terminal.ts';

/** Why a report could not be written whole: `check | head` closes the output, a disk is full. */
const outputFaults: Readonly<Record<string, string>> = {
  EPIPE: 'the reader of the output closed it before the end',
  ENOSPC: 'no space left on the device',
  EIO: 'input/output error',
};
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`goplumber: cannot write the output: ${outputFaults[error.code ?? ''] ?? error.message}\n`);
  process.exit(2);
});
// Without stderr there is nobody to tell.
process.stderr.on('error', () => undefined);

process.exitCode = await run();

/** Settings of the App and tokens may stand in `.env`; what the environment sets wins. */
function readEnvFile(): void {
  if (!['serve', 'worker', 'doctor', 'jobs'].includes(process.argv[2] ?? '')) return;
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function run(): Promise<number> {
  const terminal = processTerminal();
  readEnvFile();
  try {
    // Imported here so that a parser that cannot start is one line.
    const { runCommandLine } = await import('./cli/command-line.ts');
    return await runCommandLine(process.argv.slice(2), terminal, {
      // Probot is loaded only by the one command that needs it.
      serve: async (_, { setup }) => {
        const { isUnregistered, register } = await import('./register.ts');
        if (setup && isUnregistered(terminal.env)) return register(terminal);
        return (await import('./app.ts')).serve(terminal);
      },
      work: async () => (await import('./app.ts')).serve(terminal, 'worker'),
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ParserStartError')) throw error;
    terminal.err(`goplumber: ${error.message}\n`);
    return 2;
  }
}
