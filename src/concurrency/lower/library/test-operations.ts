/** package testing: https://pkg.go.dev/testing. What fails ends the test, and with it all that it has started. */
import { subtestName } from '../../ir.ts';
import { cancelFunction } from './context-operations.ts';
import { emitTo, type LibraryOp, operand, thunk, unknown } from './emission.ts';
import { exit } from './process-operations.ts';

/** t.Run: the sub-test runs to its end before Run returns (a parallel one later: its order is not modelled). */
const run: LibraryOp = {
  params: 2,
  emit: (e) => {
    const subtest = thunk(e.codes, subtestName, e, { captures: 0, params: 2 }, (inner) => {
      const callee = { kind: 'value', slot: operand(inner, 1) } as const;
      inner.b.emit({ op: 'call', dst: [], callee, args: [operand(inner, 0)], resultHints: [] }, e.site);
      return [];
    });
    const callee = { kind: 'static', code: subtest } as const;
    e.b.emit({ op: 'call', dst: [], callee, args: [operand(e, 0), operand(e, 2)], resultHints: [] }, e.site);
    return [unknown(e, 'bool')];
  },
};

const cleanup: LibraryOp = {
  params: 1,
  emit: (e) => {
    const callee = { kind: 'value', slot: operand(e, 1) } as const;
    e.b.emit({ op: 'defer', callee, args: [], until: 'cleanup' }, e.site);
    return [];
  },
};

/** t.Context: cancelled when the test function has returned, before what was given to Cleanup runs. */
const context: LibraryOp = {
  params: 0,
  emit: (e) => {
    const ctx = emitTo(e, (dst) => ({ op: 'newContext', dst, timer: false, detached: false }));
    const callee = { kind: 'value', slot: cancelFunction(e, ctx, 0) } as const;
    e.b.emit({ op: 'defer', callee, args: [], until: 'context' }, e.site);
    return [ctx];
  },
};

const types = ['T', 'B', 'F', 'TB', 'common'];
const endings = ['Fatal', 'Fatalf', 'FailNow', 'Skip', 'Skipf', 'SkipNow'];

export const testOperations: Readonly<Record<string, LibraryOp>> = Object.fromEntries(
  types.flatMap((type) => [
    ...endings.map((name) => [`testing.${type}.${name}`, exit] as const),
    [`testing.${type}.Run`, run] as const,
    [`testing.${type}.Cleanup`, cleanup] as const,
    [`testing.${type}.Context`, context] as const,
  ]),
);
