/** What the commands need of the process around them; tests give their own. */
export interface Terminal {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colours on stdout are wanted: it is a terminal, and neither NO_COLOR nor TERM=dumb says otherwise. */
  readonly colours: boolean;
  /** stderr is a terminal on which a line may be rewritten. */
  readonly progress: boolean;
  /** Columns of the terminal on stderr. */
  readonly columns: number;
  out(text: string): void;
  err(text: string): void;
  /** Milliseconds that only ever grow. */
  now(): number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  const dumb = env['TERM'] === 'dumb';
  const noColour = (env['NO_COLOR'] ?? '') !== '';
  return {
    cwd: process.cwd(),
    env,
    colours: stdout.isTTY === true && !dumb && !noColour,
    progress: stderr.isTTY === true && !dumb,
    columns: stderr.columns ?? 80,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    now: () => performance.now(),
  };
}
