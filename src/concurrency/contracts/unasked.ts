/** Contracts about goroutines of a type that no method asks: only how it begins and how it is stopped counts. */
import type { Contract } from './contract.ts';

type Parts = Pick<Contract, 'type' | 'constructor' | 'starters' | 'stop' | 'context' | 'operations' | 'goroutines'>;

export function unasked(parts: Parts): Contract {
  return { ...parts, method: undefined, calls: 0, feeder: undefined, servers: [] };
}
