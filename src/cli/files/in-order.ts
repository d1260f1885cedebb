/** Findings of several folders that are checked at the same time, told in the order of the folders. */
import type { ReportedDiagnostic } from '../report.ts';

export class InOrder {
  readonly #tell: (diagnostic: ReportedDiagnostic) => void;
  /** Findings of folders whose turn has not come. */
  readonly #waiting = new Map<number, ReportedDiagnostic[]>();
  readonly #done = new Set<number>();
  #turn = 0;

  constructor(tell: (diagnostic: ReportedDiagnostic) => void) {
    this.#tell = tell;
  }

  /** @param at the number of the folder, from 0 */
  found(at: number, diagnostic: ReportedDiagnostic): void {
    if (at === this.#turn) {
      this.#tell(diagnostic);
      return;
    }
    const waiting = this.#waiting.get(at) ?? [];
    waiting.push(diagnostic);
    this.#waiting.set(at, waiting);
  }

  /** All findings of the folder were given. */
  done(at: number): void {
    this.#done.add(at);
    while (this.#done.has(this.#turn)) {
      this.#turn += 1;
      this.#release(this.#turn);
    }
  }

  /** No more is coming: what waits for others is told as well. */
  end(): void {
    for (const at of [...this.#waiting.keys()].sort((a, b) => a - b)) this.#release(at);
  }

  #release(at: number): void {
    for (const diagnostic of this.#waiting.get(at) ?? []) this.#tell(diagnostic);
    this.#waiting.delete(at);
  }
}
