/** Where the jumps of a walk lead: the statements around a place that `break` and `continue` leave or repeat. */
import type { Stmt } from '../../go/ast.ts';
import type { State } from './state.ts';

/** A loop, `switch` or `select` that is being walked, with the states in which it is left so far. */
export interface Target {
  readonly label?: string;
  readonly loop: boolean;
  /** The variable was declared inside this statement: leaving it by a jump leaves the variable's scope. */
  readonly outside: boolean;
  /** A loop that acquires the resource again in a variable that outlives its rounds. */
  readonly repeats: boolean;
  breaks: State | undefined;
  continues: State | undefined;
}

export function isFallthrough(stmt: Stmt): boolean {
  return stmt.kind === 'BranchStmt' && stmt.tok === 'fallthrough';
}

export function endsInFallthrough(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last !== undefined && isFallthrough(last);
}
