/**
 * As much of the pprof format as stacks need.
 * https://github.com/google/pprof/blob/main/proto/profile.proto
 */
import type { Frame, Stack } from './stacks.ts';

type Field = { readonly number: number; readonly value: number; readonly bytes: Buffer };

/** Reads an unpacked profile. Throws `RangeError` for bytes that are none. */
export function readProto(bytes: Buffer): readonly Stack[] | undefined {
  const profile = [...fieldsOf(bytes)];
  const strings = all(profile, 6).map((text) => text.toString('utf8'));
  if (strings[0] !== '') return undefined;
  const functions = new Map(all(profile, 5).map((message) => [one(message, 1), message] as const));
  const locations = new Map(all(profile, 4).map((message) => [one(message, 1), message] as const));
  const framesAt = (id: number): readonly Frame[] =>
    all([...fieldsOf(locations.get(id) ?? Buffer.alloc(0))], 4).map((line) => {
      const named = functions.get(one(line, 1)) ?? Buffer.alloc(0);
      return { func: strings[one(named, 2)] ?? '', file: strings[one(named, 4)] ?? '', line: one(line, 2) };
    });
  return all(profile, 2).map((sample) => {
    const fields = [...fieldsOf(sample)];
    return { count: numbers(fields, 2)[0] ?? 0, frames: numbers(fields, 1).flatMap(framesAt) };
  });
}

function all(fields: readonly Field[], number: number): readonly Buffer[] {
  return fields.filter((field) => field.number === number).map(({ bytes }) => bytes);
}

function one(message: Buffer, number: number): number {
  return [...fieldsOf(message)].find((field) => field.number === number)?.value ?? 0;
}

/** Numbers of a repeated field, packed or not. */
function numbers(fields: readonly Field[], number: number): readonly number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap(({ value, bytes }) => {
      const packed: number[] = [];
      for (let at = 0; at < bytes.length; ) {
        const next = varint(bytes, at);
        packed.push(next.value);
        at = next.end;
      }
      return bytes.length === 0 ? [value] : packed;
    });
}

function* fieldsOf(bytes: Buffer): Generator<Field> {
  const none = Buffer.alloc(0);
  for (let at = 0; at < bytes.length; ) {
    const key = varint(bytes, at);
    const number = Math.floor(key.value / 8);
    const kind = key.value % 8;
    if (kind === 0) {
      const { value, end } = varint(bytes, key.end);
      yield { number, value, bytes: none };
      at = end;
    } else if (kind === 2) {
      const { value: length, end } = varint(bytes, key.end);
      if (end + length > bytes.length) throw new RangeError('a field is longer than its message');
      yield { number, value: 0, bytes: bytes.subarray(end, end + length) };
      at = end + length;
    } else if (kind === 1 || kind === 5) at = key.end + (kind === 1 ? 8 : 4);
    else throw new RangeError(`no field has the wire type ${kind}`);
  }
}

function varint(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length && at < start + 10; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end: at + 1 };
  }
  throw new RangeError('a number does not end');
}
