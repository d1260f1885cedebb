/** Every known resource, by the call that acquires it. */
import { moduleResources } from './module-resources.ts';
import type { Resource } from './resource.ts';
import { standardResources } from './standard-resources.ts';

export const resources: readonly Resource[] = [...standardResources, ...moduleResources];

export const resourcesByCall: ReadonlyMap<string, Resource> = new Map(
  resources.flatMap((resource) => resource.acquiredBy.map((name) => [name, resource] as const)),
);

/** Last parts of the names of acquiring calls: a cheap look at a text before anything is lowered. */
export const acquiringWords: ReadonlySet<string> = new Set(
  [...resourcesByCall.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)),
);
