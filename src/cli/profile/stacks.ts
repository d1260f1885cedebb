/** The stacks of a goroutine profile, in whichever of Go's formats it was written. */
import { gunzipSync } from 'node:zlib';
import { readProto } from './proto.ts';

export interface Frame {
  readonly func: string;
  readonly file: string;
  readonly line: number;
}

export interface Stack {
  /** Goroutines with these frames. */
  readonly count: number;
  /** The innermost first. */
  readonly frames: readonly Frame[];
}

/** A profile of a process is far smaller, also unpacked. */
const maxProfileBytes = 256 << 20;

/** Reads a profile; undefined when it is none that Go writes. Never throws. */
export function readStacks(bytes: Buffer): readonly Stack[] | undefined {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      return readProto(gunzipSync(bytes, { maxOutputLength: maxProfileBytes }));
    const text = bytes.toString('utf8');
    if (/^goroutine(leak)? profile: total \d+/.test(text)) return countedStacks(text);
    if (/^goroutine \d+ /m.test(text)) return merged(dumpedStacks(text));
    return readProto(bytes);
  } catch {
    return undefined;
  }
}

/** `debug=1`: `3 @ 0x… 0x…`, then lines `#\t0x…\tmain.f+0x1c\t/src/main.go:12`. */
function countedStacks(text: string): readonly Stack[] {
  return text.split(/\n{2,}|\n(?=\d+ @ )/).flatMap((block) => {
    const count = /^(\d+) @ /m.exec(block)?.[1];
    const frames = [...block.matchAll(/^#\t\S+\t(.+?)\+0x[0-9a-f]+\s+(.+):(\d+)$/gm)].map(frameOf);
    return count === undefined || frames.length === 0 ? [] : [{ count: Number(count), frames }];
  });
}

/** `debug=2` and the trace of a panic: `goroutine 7 [chan send]:`, then pairs of lines. */
function dumpedStacks(text: string): readonly Stack[] {
  return text.split(/^(?=goroutine \d+ )/m).flatMap((block) => {
    const own = block.split(/^created by /m, 1)[0] ?? '';
    const frames = [...own.matchAll(/^(\S.*)\(.*\)\n\t(.+):(\d+)(?: \+0x[0-9a-f]+)?$/gm)].map(frameOf);
    return frames.length === 0 ? [] : [{ count: 1, frames }];
  });
}

function frameOf([, func = '', file = '', line = '']: RegExpMatchArray): Frame {
  return { func, file, line: Number(line) };
}

function merged(stacks: readonly Stack[]): readonly Stack[] {
  const byFrames = new Map<string, Stack>();
  for (const stack of stacks) {
    const key = stack.frames.map(({ func, file, line }) => `${func} ${file}:${line}`).join('\n');
    byFrames.set(key, { ...stack, count: (byFrames.get(key)?.count ?? 0) + stack.count });
  }
  return [...byFrames.values()];
}
