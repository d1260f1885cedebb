/** Resources of well-known modules, in the form of the standard library's. */
import type { ModuleResource } from '../resource.ts';
import { databaseResources } from './databases.ts';
import { messagingResources } from './messaging.ts';
import { rpcResources } from './rpc.ts';
import { watchResources } from './watches.ts';

export const moduleResources: readonly ModuleResource[] = [
  ...databaseResources,
  ...rpcResources,
  ...messagingResources,
  ...watchResources,
];
