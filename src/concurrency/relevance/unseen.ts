/** What stands for a code whose body a search leaves out: it takes any time, keeps what it is given and returns anything. */
import type { CodeRef } from '../ir.ts';

const standIns = new WeakMap<CodeRef, CodeRef>();

/** The same stand-in for the same code. */
export function unseenRef(ref: CodeRef): CodeRef {
  let standIn = standIns.get(ref);
  if (!standIn) {
    standIn = { id: ref.id, name: ref.name, site: ref.site, resolve: () => undefined };
    standIns.set(ref, standIn);
  }
  return standIn;
}
