/** Calls that take time or give way, and touch nothing of the program. */
const pauses: ReadonlySet<string> = new Set(['time.Sleep', 'runtime.Gosched', 'runtime.GC', 'testing/synctest.Wait']);

export function isPause(path: string, name: string): boolean {
  return pauses.has(`${path}.${name}`);
}
