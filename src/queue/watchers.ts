/** Waiting for a condition that others make true. */
export class Watchers {
  #waiting: (() => void)[] = [];

  /** Resolves when the condition holds; it is looked at now and at each `notify`. */
  when(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        if (condition()) resolve();
        else void this.when(condition).then(resolve);
      });
    });
  }

  notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}
