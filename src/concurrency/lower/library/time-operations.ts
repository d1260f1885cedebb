/** Timers and tickers of package time: https://pkg.go.dev/time#Timer, and the runtime's sends in os/signal. */
import type { Slot, StructShape } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand, thunk, unknown } from './emission.ts';

const shapes: Readonly<Record<'Timer' | 'Ticker', StructShape>> = {
  Timer: { typeName: 'time.Timer', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
  Ticker: { typeName: 'time.Ticker', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
};

function timerChannel(e: Emission, repeats: boolean): Slot {
  return emitTo(e, (dst) => ({ op: 'makeTimer', dst, repeats }));
}

function timerStruct(e: Emission, kind: 'Timer' | 'Ticker', channel: Slot | undefined): Slot {
  const dst = emitTo(e, (made) => ({ op: 'new', dst: made, object: { kind: 'struct', shape: () => shapes[kind] } }));
  if (channel !== undefined) e.b.emit({ op: 'setField', object: dst, field: 'C', src: channel }, e.site);
  return dst;
}

function newTimer(kind: 'Timer' | 'Ticker'): LibraryOp {
  return { params: 1, emit: (e) => [timerStruct(e, kind, timerChannel(e, kind === 'Ticker'))] };
}

/** The function runs in a goroutine of its own when the timer fires; a stopped timer never fires. */
const afterFunc: LibraryOp = {
  params: 2,
  emit: (e) => {
    const timer = timerStruct(e, 'Timer', undefined);
    e.b.emit({ op: 'setField', object: timer, field: 'runs', src: operand(e, 1) }, e.site);
    wait(e, timer, operand(e, 1));
    return [timer];
  },
};

/** Starts what waits for the timer and calls the function then. */
function wait(e: Emission, timer: Slot, runs: Slot): void {
  const channel = timerChannel(e, false);
  const code = thunk(e.codes, 'time.AfterFunc', e, { captures: 0, params: 2 }, (inner) => {
    const callee = { kind: 'value', slot: operand(inner, 1) } as const;
    // The wait is the runtime's, not the program's: its site has no file.
    inner.b.emit({ op: 'recv', chan: operand(inner, 0), range: false }, { range: e.site.range });
    inner.b.emit({ op: 'call', dst: [], callee, args: [], resultHints: [] }, e.site);
    return [];
  });
  e.b.emit({ op: 'go', callee: { kind: 'static', code }, args: [channel, runs] }, e.site);
  // AfterFunc's timers have no channel in Go; here it is the one that its goroutine waits for.
  e.b.emit({ op: 'setField', object: timer, field: 'C', src: channel }, e.site);
}

/** Stop, of a timer with a channel or of AfterFunc's. Reset gives the timer a new channel, which may fire again. */
const stop: LibraryOp = {
  params: 0,
  emit: (e) => {
    const chan = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: 'C', hint: 'chan' }));
    return [emitTo(e, (dst) => ({ op: 'stopTimer', dst, chan, synchronous: e.newTimers }))];
  },
};

/** Reset: the timer's channel may fire again, or its function be called again. */
const reset: LibraryOp = {
  params: 1,
  emit: (e) => {
    e.b.emit({ op: 'setField', object: operand(e, 0), field: 'C', src: timerChannel(e, true) }, e.site);
    ifPresent(e, 'runs', (runs) => wait(e, operand(e, 0), runs));
    return [unknown(e, 'bool')];
  },
};

/** Does something with a field of the timer that is not nil. */
function ifPresent(e: Emission, field: string, act: (value: Slot) => void): void {
  const value = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field, hint: 'func' }));
  const [present, end] = [e.b.label(), e.b.label()];
  const nil = e.b.constant(null, e.site);
  const missing = emitTo(e, (dst) => ({ op: 'binary', dst, operator: '==', x: value, y: nil }));
  e.b.branch(missing, { yes: end, no: present }, e.site);
  e.b.place(present);
  act(value);
  e.b.place(end);
}

/** The runtime sends on the channel whenever a signal arrives: it is known to code outside. */
const notify: LibraryOp = {
  params: 2,
  emit: (e) => {
    e.b.emit({ op: 'escape', src: operand(e, 0) }, e.site);
    return [];
  },
};

export const timeOperations: Readonly<Record<string, LibraryOp>> = {
  'time.After': { params: 1, emit: (e) => [timerChannel(e, false)] },
  'time.Tick': { params: 1, emit: (e) => [timerChannel(e, true)] },
  'time.NewTimer': newTimer('Timer'),
  'time.NewTicker': newTimer('Ticker'),
  'time.AfterFunc': afterFunc,
  'time.Timer.Stop': stop,
  'time.Timer.Reset': reset,
  'time.Ticker.Stop': stop,
  'time.Ticker.Reset': reset,
  'os/signal.Notify': notify,
  'os/signal.Stop': { params: 1, emit: () => [] },
};
