/** Every known resource, by the call that acquires it. */
import { moduleResources } from './modules/index.ts';
import type { Resource } from './resource.ts';
import { standardResources } from './standard-resources.ts';

export const resources: readonly Resource[] = [...standardResources, ...moduleResources];

export const resourcesByCall: ReadonlyMap<string, Resource> = new Map(
  resources.flatMap((resource) => resource.acquiredBy.map((name) => [name, resource] as const)),
);

/** The last part of the name of an acquiring call, and the package that has to be imported to write it. */
export interface AcquiringWord {
  readonly word: string;
  /** Absent for methods: their receiver may come from anywhere. */
  readonly path?: string;
}

/** A cheap look at a text before anything is lowered. */
export const acquiringWords: readonly AcquiringWord[] = [...resourcesByCall.keys()].map((name) => {
  const dot = name.lastIndexOf('.');
  const word = name.slice(dot + 1);
  return /\.[A-Z]\w*\.\w+$/.test(name) || dot < 0 ? { word } : { word, path: name.slice(0, dot) };
});
