import { text } from 'node:stream/consumers';

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
  /** Whether somebody pressed Ctrl-C; what was found so far is still printed. */
  readonly interrupted?: () => boolean;
  /** All of stdin as text; absent where nothing can be read. */
  readonly input?: () => Promise<string>;
  /** Milliseconds that only ever grow. */
  now(): number;
}

/**
 * NO_COLOR wins (https://no-color.org), then FORCE_COLOR (0 and false are no) and CLICOLOR_FORCE, then CLICOLOR=0, then
 * what the terminal can do.
 */
export function wantsColours(env: Terminal['env'], terminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['CLICOLOR_FORCE'] ?? '0') !== '0') return true;
  return terminal && env['CLICOLOR'] !== '0';
}

/** The first Ctrl-C is only noted; the second ends the process as usual. */
function onInterrupt(): () => boolean {
  let pressed = false;
  process.once('SIGINT', () => {
    pressed = true;
  });
  return () => pressed;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  const dumb = env['TERM'] === 'dumb';
  return {
    cwd: process.cwd(),
    env,
    colours: wantsColours(env, stdout.isTTY === true && !dumb),
    interrupted: onInterrupt(),
    input: () => text(process.stdin),
    progress: stderr.isTTY === true && !dumb,
    columns: stderr.columns ?? 80,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    now: () => performance.now(),
  };
}
