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

/** Whether the promise came to its end within this time. */
export async function withinMs(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const ended = await Promise.race([work.then(() => true as const), late]);
  clearTimeout(timer);
  return ended;
}
