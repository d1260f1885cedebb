/** Every known resource, by the call that acquires it. */
import type { TeamResource } from '../../analysis/team-resource.ts';
import { moduleResources } from './modules/index.ts';
import type { Resource } from './resource.ts';
import { standardResources } from './standard-resources.ts';
import { teamResource } from './team-resources.ts';

/** The last part of the name of an acquiring call, and the package that has to be imported to write it. */
export interface AcquiringWord {
  readonly word: string;
  /** Absent for methods: their receiver may come from anywhere. */
  readonly path?: string;
}

/** The resources that an analysis knows. Answers that hang on it alone are kept by it (as keys of weak maps). */
export interface ResourceTable {
  readonly byCall: ReadonlyMap<string, Resource>;
  /** A cheap look at a text before anything is lowered. */
  readonly words: readonly AcquiringWord[];
}

export const resources: readonly Resource[] = [...standardResources, ...moduleResources];

const ownTable = tableOf(resources);
const tables = new WeakMap<readonly TeamResource[], ResourceTable>();

/** Our own resources, with those of a team before them: what a team says of a call counts. */
export function resourceTable(teams: readonly TeamResource[] | undefined): ResourceTable {
  if (!teams || teams.length === 0) return ownTable;
  const known = tables.get(teams) ?? tableOf([...resources, ...teams.map(teamResource)]);
  tables.set(teams, known);
  return known;
}

function tableOf(all: readonly Resource[]): ResourceTable {
  const byCall = new Map(all.flatMap((resource) => resource.acquiredBy.map((name) => [name, resource] as const)));
  return { byCall, words: [...byCall.keys()].map(wordOf) };
}

function wordOf(name: string): AcquiringWord {
  const dot = name.lastIndexOf('.');
  const word = name.slice(dot + 1);
  return isMethod(name) || dot < 0 ? { word } : { word, path: name.slice(0, dot) };
}

/** `path.Type.Method`: a type and its method begin with capital letters, the last part of a path does not. */
function isMethod(name: string): boolean {
  return /\.\p{Lu}\w*\.\w+$/u.test(name);
}
