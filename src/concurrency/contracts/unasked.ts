/** The parts of a contract that say that nothing more is called. */
import type { FuncDecl } from '../../go/ast.ts';
import type { TypeInfo } from '../../go/package.ts';
import type { Contract } from './contract.ts';

type Parts = Pick<Contract, 'type' | 'constructor' | 'starters' | 'stop' | 'context' | 'operations' | 'goroutines'>;

/** Contracts about goroutines of a type that no method asks: only how it starts and how it is stopped counts. */
export function unasked(parts: Parts): Contract {
  return { ...parts, method: undefined, calls: 0, feeder: undefined, servers: [] };
}

/** Contracts about one call of a method on a value as a literal of the package makes it: nothing else has been called. */
export function askedAlone(type: TypeInfo, method: FuncDecl): Omit<Contract, 'operations' | 'goroutines' | 'servers'> {
  return { type, constructor: undefined, starters: [], method, calls: 1, feeder: undefined, stop: undefined };
}
