/** What one run over a package hands to its rules, and what it collects on the side. */
import type { File, Node } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import type { Range } from '../text/offset.ts';
import { isEnd } from '../work/meter.ts';
import type { Location } from './diagnostic.ts';
import { locationOf } from './locate.ts';
import type { Implausible, Pass, SharedKey } from './rule.ts';

/** Something that was not decided, for the check run's report. */
export interface Unknown {
  readonly reason: string;
  readonly location: Location;
}

/** A pass and the lists that its calls fill. */
export interface PassRun {
  readonly pass: Pass;
  readonly unknowns: readonly Unknown[];
  readonly implausible: readonly Implausible[];
}

type SharedValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * Starts a pass over a package; its `files` are those in which findings are wanted. `testsOnly`: only in test files, the
 * rest of the package has a pass of its own.
 */
export function startPass(
  pkg: GoPackage,
  options: Pick<Pass, 'searchStates' | 'searchFrom' | 'pathsIn' | 'testsOnly' | 'resources' | 'progress'> = {},
): PassRun {
  const unknowns: Unknown[] = [];
  const implausible: Implausible[] = [];
  const values = new Map<SharedKey<unknown>, SharedValue>();
  const pass: Pass = {
    pkg,
    files: pkg.files.filter((file) => reportsIn(file) && (options.testsOnly !== true || isTestFile(file.path))),
    ...(options.testsOnly === true ? { testsOnly: true } : {}),
    ...(options.searchStates === undefined ? {} : { searchStates: options.searchStates }),
    ...(options.searchFrom === undefined ? {} : { searchFrom: options.searchFrom }),
    ...(options.pathsIn === undefined ? {} : { pathsIn: options.pathsIn }),
    ...(options.resources === undefined ? {} : { resources: options.resources }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    at: (file: File, where: Node | Range) => locationOf(file, 'range' in where ? where.range : where),
    shared: <T>(key: SharedKey<T>) => {
      const known = values.get(key) ?? compute(key, pass);
      values.set(key, known);
      if (known.kind === 'failed') throw known.error;
      return known.value as T;
    },
    unknown: (reason, location) => {
      unknowns.push({ reason, location });
    },
    implausible: (leak) => {
      implausible.push(leak);
    },
  };
  return { pass, unknowns, implausible };
}

/** Whether findings in a file count: not in generated code, `vendor/` or `testdata/`. */
export function reportsIn(file: File): boolean {
  return !file.generated && !/(^|\/)(vendor|testdata)\//.test(file.path);
}

function compute<T>(key: SharedKey<T>, pass: Pass): SharedValue {
  try {
    return { kind: 'value', value: key.compute(pass) };
  } catch (error) {
    if (isEnd(error)) return { kind: 'failed', error };
    return { kind: 'failed', error: new Error(`${key.name}: ${messageOf(error)}`, { cause: error }) };
  }
}

/** The first line of what was thrown, whatever it was. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
