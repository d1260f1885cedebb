/** Ways in which the outside knows an object, as bits, and whether it may leave an object that it knows so. */
import type { OutsideRole } from '../leak.ts';
import type { HeapObject } from './object.ts';

export const ROLES: readonly OutsideRole[] = [
  'parameter',
  'field',
  'result',
  'returned',
  'argument',
  'stored',
  'callback',
];

/** The bit of a role. */
export function roleBit(role: OutsideRole): number {
  return 1 << ROLES.indexOf(role);
}

export function rolesOf(bits: number): readonly OutsideRole[] {
  return ROLES.filter((role) => (bits & roleBit(role)) !== 0);
}

/** Bits of several roles; 0 for none. */
export function bitsOf(roles: readonly OutsideRole[] | undefined): number {
  return (roles ?? []).reduce((bits, role) => bits | roleBit(role), 0);
}

/** Whether every way in which the outside knows the object is one by which it may leave; only channels and contexts are left. */
export function mayLeave(object: HeapObject | undefined, leavers: number): boolean {
  if (leavers === 0 || object === undefined || object.known === 0) return false;
  return (object.kind === 'chan' || object.kind === 'context') && (object.known & ~leavers) === 0;
}
