/** package context: https://pkg.go.dev/context. Values carried by a context play no part. */
import type { Slot } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand, thunk, unknown } from './emission.ts';

function derived(e: Emission, timer: boolean, detached = false): Slot {
  return emitTo(e, (dst) => ({ op: 'newContext', dst, parent: operand(e, 0), timer, detached }));
}

/** The function that cancels a context; `params` is 1 when it takes a cause. */
export function cancelFunction(e: Emission, context: Slot, params: number): Slot {
  const code = thunk(e.codes, 'cancel', e, { captures: 1, params }, (inner) => {
    inner.b.emit({ op: 'cancelContext', context: operand(inner, 0) }, e.site);
    return [];
  });
  return emitTo(e, (dst) => ({ op: 'closure', dst, code, captures: [context] }));
}

function withCancel(params: number, timer: boolean, causeParams: number): LibraryOp {
  return {
    params,
    emit: (e) => {
      const context = derived(e, timer);
      return [context, cancelFunction(e, context, causeParams)];
    },
  };
}

const root: LibraryOp = {
  params: 0,
  emit: (e) => [emitTo(e, (dst) => ({ op: 'newContext', dst, timer: false, detached: false }))],
};

/** A context that may be cancelled by a signal at any time. */
const notifyContext: LibraryOp = {
  params: 2,
  emit: (e) => {
    const context = derived(e, true);
    return [context, cancelFunction(e, context, 0)];
  },
};

export const contextOperations: Readonly<Record<string, LibraryOp>> = {
  'context.Background': root,
  'context.TODO': root,
  'context.WithCancel': withCancel(1, false, 0),
  'context.WithCancelCause': withCancel(1, false, 1),
  'context.WithTimeout': withCancel(2, true, 0),
  'context.WithTimeoutCause': withCancel(3, true, 0),
  'context.WithDeadline': withCancel(2, true, 0),
  'context.WithDeadlineCause': withCancel(3, true, 0),
  'context.WithValue': { params: 3, emit: (e) => [operand(e, 0)] },
  'context.WithoutCancel': { params: 1, emit: (e) => [derived(e, false, true)] },
  'context.Cause': {
    params: 1,
    emit: (e) => [emitTo(e, (dst) => ({ op: 'contextErr', dst, context: operand(e, 0) }))],
  },
  'context.Context.Done': {
    params: 0,
    emit: (e) => [emitTo(e, (dst) => ({ op: 'contextDone', dst, context: operand(e, 0) }))],
  },
  'context.Context.Err': {
    params: 0,
    emit: (e) => [emitTo(e, (dst) => ({ op: 'contextErr', dst, context: operand(e, 0) }))],
  },
  'context.Context.Value': { params: 1, emit: (e) => [unknown(e, 'any')] },
  'context.Context.Deadline': { params: 0, emit: (e) => [unknown(e, 'any'), unknown(e, 'bool')] },
  'os/signal.NotifyContext': notifyContext,
};
