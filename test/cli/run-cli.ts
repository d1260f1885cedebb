import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in a folder, inside this process. Anything that reaches past the given terminal is a fault. */
export async function runCli(cwd: string, args: readonly string[], parts: Partial<Terminal> = {}): Promise<CliResult> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    cwd,
    env: {},
    colours: false,
    progress: false,
    columns: 80,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => 0,
    ...parts,
  };
  const code = await runCommandLine(args, terminal, { serve: async () => 0, work: async () => 0 });
  return { code, out, err };
}
