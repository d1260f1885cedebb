import { atomicOperations } from './atomic-operations.ts';
import { contextOperations } from './context-operations.ts';
import type { LibraryOp } from './emission.ts';
import { errorOperation } from './errors.ts';
import { processOperations } from './process-operations.ts';
import { streamOperations } from './streams.ts';
import { syncOperations } from './sync-operations.ts';
import { testOperations } from './test-operations.ts';
import { timeOperations } from './time-operations.ts';

const operations: ReadonlyMap<string, LibraryOp> = new Map(
  [
    syncOperations,
    streamOperations,
    contextOperations,
    timeOperations,
    atomicOperations,
    processOperations,
    testOperations,
  ].flatMap((table) => Object.entries(table)),
);

/** The operation behind `path.name` or `path.Type.name`, when the machine has instructions for it. */
export function libraryOperation(path: string, name: string): LibraryOp | undefined {
  return operations.get(`${path}.${name}`) ?? errorOperation(path, name);
}
