/** One line on the terminal that says how far a long run has come; silent for the first second and without a terminal. */
import { visible } from './escape.ts';
import type { Terminal } from './terminal.ts';

export interface Progress {
  step(doing: string): void;
  /** Takes the line away. Call it before anything else is written. */
  done(): void;
}

const quietFor = 1000;
const between = 100;

export function startProgress(terminal: Terminal): Progress {
  const started = terminal.now();
  let last = started + quietFor - between;
  let shown = false;
  return {
    step(doing) {
      const now = terminal.now();
      if (!terminal.progress || now - last < between) return;
      last = now;
      shown = true;
      terminal.err(`\r\u001b[K${visible(doing).slice(0, Math.max(0, terminal.columns - 1))}`);
    },
    done() {
      if (shown) terminal.err('\r\u001b[K');
      shown = false;
    },
  };
}
