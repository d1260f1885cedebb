/** package sync: https://pkg.go.dev/sync */
import type { Instruction, Slot, StructShape } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand, thunk } from './emission.ts';

function simple(make: (object: Slot) => Instruction): LibraryOp {
  return {
    params: 0,
    emit: (e) => {
      e.b.emit(make(operand(e, 0)), e.site);
      return [];
    },
  };
}

function tryLock(read: boolean): LibraryOp {
  return { params: 0, emit: (e) => [emitTo(e, (dst) => ({ op: 'tryLock', dst, mutex: operand(e, 0), read }))] };
}

function addOne(e: Emission, group: Slot, delta: number): void {
  e.b.emit({ op: 'wgAdd', group, delta: e.b.constant(delta, e.site) }, e.site);
}

/** `wg.Go(f)` (Go 1.25): Add(1), then a goroutine that calls f and defers Done. */
const waitGroupGo: LibraryOp = {
  params: 1,
  emit: (e) => {
    addOne(e, operand(e, 0), 1);
    const worker = thunk(e.codes, 'WaitGroup.Go', e, { captures: 0, params: 2 }, (inner) => {
      const done = thunk(e.codes, 'WaitGroup.Done', e, { captures: 0, params: 1 }, (last) => {
        addOne(last, operand(last, 0), -1);
        return [];
      });
      inner.b.emit({ op: 'defer', callee: { kind: 'static', code: done }, args: [operand(inner, 0)] }, e.site);
      const callee = { kind: 'value', slot: operand(inner, 1) } as const;
      inner.b.emit({ op: 'call', dst: [], callee, args: [], resultHints: [] }, e.site);
      return [];
    });
    e.b.emit({ op: 'go', callee: { kind: 'static', code: worker }, args: [operand(e, 0), operand(e, 1)] }, e.site);
    return [];
  },
};

/** `rw.RLocker()`: a Locker whose Lock is RLock. */
const readLocker = 'sync.readLocker';

const readLockerShape: StructShape = {
  typeName: readLocker,
  fields: new Map([['mutex', { zero: { kind: 'nil' }, hint: () => 'rwmutex' }]]),
};

const makeReadLocker: LibraryOp = {
  params: 0,
  emit: (e) => {
    const locker = emitTo(e, (dst) => ({ op: 'new', dst, object: { kind: 'struct', shape: () => readLockerShape } }));
    e.b.emit({ op: 'setField', object: locker, field: 'mutex', src: operand(e, 0) }, e.site);
    return [locker];
  },
};

/** Lock and Unlock of a sync.Locker: a mutex, or what RLocker gave. */
function lockerCall(make: (mutex: Slot, read: boolean) => Instruction): LibraryOp {
  return {
    params: 0,
    emit: (e) => {
      const test = emitTo(e, (dst) => ({ op: 'hasType', dst, x: operand(e, 0), typeName: readLocker }));
      const [shared, plain, end] = [e.b.label(), e.b.label(), e.b.label()];
      e.b.branch(test, { yes: shared, no: plain }, e.site);
      e.b.place(shared);
      const mutex = emitTo(e, (dst) => ({
        op: 'getField',
        dst,
        object: operand(e, 0),
        field: 'mutex',
        hint: 'rwmutex',
      }));
      e.b.emit(make(mutex, true), e.site);
      e.b.jump(end, e.site);
      e.b.place(plain);
      e.b.emit(make(operand(e, 0), false), e.site);
      e.b.place(end);
      return [];
    },
  };
}

const newCond: LibraryOp = {
  params: 1,
  emit: (e) => {
    const cond = emitTo(e, (dst) => ({ op: 'new', dst, object: { kind: 'cond' } }));
    e.b.emit({ op: 'setField', object: cond, field: 'L', src: operand(e, 0) }, e.site);
    return [cond];
  },
};

const onceDo: LibraryOp = {
  params: 1,
  emit: (e) => {
    e.b.emit({ op: 'onceDo', once: operand(e, 0), fn: operand(e, 1) }, e.site);
    return [];
  },
};

const wgAdd: LibraryOp = {
  params: 1,
  emit: (e) => {
    e.b.emit({ op: 'wgAdd', group: operand(e, 0), delta: operand(e, 1) }, e.site);
    return [];
  },
};

const wgDone: LibraryOp = {
  params: 0,
  emit: (e) => {
    addOne(e, operand(e, 0), -1);
    return [];
  },
};

export const syncOperations: Readonly<Record<string, LibraryOp>> = {
  'sync.Mutex.Lock': simple((mutex) => ({ op: 'lock', mutex, read: false })),
  'sync.Mutex.Unlock': simple((mutex) => ({ op: 'unlock', mutex, read: false })),
  'sync.Mutex.TryLock': tryLock(false),
  'sync.Locker.Lock': lockerCall((mutex, read) => ({ op: 'lock', mutex, read })),
  'sync.Locker.Unlock': lockerCall((mutex, read) => ({ op: 'unlock', mutex, read })),
  'sync.RWMutex.RLocker': makeReadLocker,
  'sync.RWMutex.Lock': simple((mutex) => ({ op: 'lock', mutex, read: false })),
  'sync.RWMutex.Unlock': simple((mutex) => ({ op: 'unlock', mutex, read: false })),
  'sync.RWMutex.RLock': simple((mutex) => ({ op: 'lock', mutex, read: true })),
  'sync.RWMutex.RUnlock': simple((mutex) => ({ op: 'unlock', mutex, read: true })),
  'sync.RWMutex.TryLock': tryLock(false),
  'sync.RWMutex.TryRLock': tryLock(true),
  'sync.WaitGroup.Add': wgAdd,
  'sync.WaitGroup.Done': wgDone,
  'sync.WaitGroup.Wait': simple((group) => ({ op: 'wgWait', group })),
  'sync.WaitGroup.Go': waitGroupGo,
  'sync.Cond.Wait': simple((cond) => ({ op: 'condWait', cond })),
  'sync.Cond.Signal': simple((cond) => ({ op: 'condSignal', cond, all: false })),
  'sync.Cond.Broadcast': simple((cond) => ({ op: 'condSignal', cond, all: true })),
  'sync.NewCond': newCond,
  'sync.Once.Do': onceDo,
};
