/** What a reader would call the processes of a witness. */
import type { Leak, ProcessLabel } from '../../concurrency/leak.ts';

/** `entryName` is the name of the process that was not started. Name by process id: `Serve`, `goroutine on line 12`, with the file when it is another one, numbered when equal. */
export function processNames(leak: Leak, entryName: string): ReadonlyMap<number, string> {
  const labels = new Map<number, ProcessLabel>();
  const add = (label: ProcessLabel) => labels.set(label.id, labels.get(label.id) ?? label);
  for (const step of leak.trace) {
    add(step.process);
    if (step.what.kind === 'go') add(step.what.started);
  }
  for (const stuck of leak.stuck) add(stuck.process);
  const home = leak.entry.site.file?.path;
  const names = new Map<number, string>();
  const used = new Map<string, number>();
  for (const [id, label] of [...labels].sort(([a], [b]) => a - b)) {
    const name = label.start ? nameOf(label, home) : entryName;
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    names.set(id, count === 1 ? name : `${name} (${count})`);
  }
  return names;
}

function nameOf({ start, code }: ProcessLabel, home: string | undefined): string {
  if (!start) return code.name;
  // A caller of a type's methods, of whom only the method that it calls is known; or a goroutine of a library.
  if (!start.file) return code.site.file ? code.name : 'goroutine of the library';
  const line = start.file.lines.lineAt(start.range.start);
  if (start.file.path === home) return `goroutine on line ${line}`;
  return `goroutine started at ${start.file.path.split('/').at(-1)}:${line}`;
}
