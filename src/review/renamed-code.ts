/**
 * Findings that are old although everything about their place is new: the function around them was moved, renamed, or
 * had its names changed. Only what the base has lost can answer for them, so that a copy of leaking code is new.
 */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { ChangeMap } from './change-map.ts';
import type { DiagnosticDelta } from './finding.ts';
import { folderOf } from './renamed-folder.ts';

/** Whether a folder's package of that side declares a function, `Serve` or `(Server).Serve`; `package` stands for itself. */
export interface Declared {
  readonly base: (dir: string, name: string) => boolean;
  readonly head: (dir: string, name: string) => boolean;
}

/**
 * The function around the one must be the function around the other, or the base's must be gone from its folder and
 * head's must not have been there: then it may be the same under another name or in another place. From strong to weak:
 * 1. the same statement in a function that is the same but for its names; 2. a statement that is the same but for its
 * names in such a function; 3. the same statement of a function of the same name; 4. the same statement in the same file.
 */
export function pairByStructure(delta: DiagnosticDelta, changes: ChangeMap, declared?: Declared): DiagnosticDelta {
  if (delta.introduced.length === 0 || delta.resolved.length === 0) return delta;
  const homeUnless = (is: Declared['base'] | undefined, one: Diagnostic): string => {
    const place = [folderOf(one.location.path), declName(one)] as const;
    return is?.(...place) === false ? 'elsewhere' : JSON.stringify(place);
  };
  const baseHome: Home = (one) => homeUnless(declared?.head, one);
  const headHome: Home = (one) => homeUnless(declared?.base, one);
  const looks: readonly Look[] = [
    ({ structure }) => [structure?.code, structure?.body || undefined],
    ({ structure }) => [structure?.outline, structure?.body || undefined],
    ({ structure }) => [structure?.code, structure?.function],
    ({ structure, location }) => [structure?.code, pathBefore(location.path, changes)],
  ];
  return looks.reduce(
    (left, look) =>
      pairBy(
        left,
        (one) => textOf([one.rule, baseHome(one), ...look(one)]),
        (one) => textOf([one.rule, headHome(one), ...look(one)]),
      ),
    delta,
  );
}

type Home = (diagnostic: Diagnostic) => string;

type Look = (diagnostic: Diagnostic) => readonly (string | undefined)[];

type Key = (diagnostic: Diagnostic) => string | undefined;

function pairBy(delta: DiagnosticDelta, baseKey: Key, headKey: Key): DiagnosticDelta {
  const waiting = new Map<string, Diagnostic[]>();
  for (const one of delta.resolved) {
    const key = baseKey(one);
    if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), one]);
  }
  const found = new Set<Diagnostic>();
  const again: Diagnostic[] = [];
  const introduced = delta.introduced.filter((one) => {
    const key = headKey(one);
    const partner = key === undefined ? undefined : waiting.get(key)?.shift();
    if (!partner) return true;
    found.add(partner);
    again.push(one);
    return false;
  });
  return {
    introduced,
    persisting: [...delta.persisting, ...again],
    resolved: delta.resolved.filter((one) => !found.has(one)),
  };
}

function textOf(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

function declName({ structure }: Diagnostic): string {
  return structure?.function.replace(/(\.func)+$/, '') ?? '';
}

function pathBefore(path: string, changes: ChangeMap): string {
  return changes.get(path)?.file.previousPath ?? path;
}
