/** Timers and tickers of package time: https://pkg.go.dev/time#Timer, and the runtime's sends in os/signal. */
import type { Label, Slot, StructShape } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand, thunk, unknown } from './emission.ts';

const shapes: Readonly<Record<'Timer' | 'Ticker', StructShape>> = {
  Timer: { typeName: 'time.Timer', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
  Ticker: { typeName: 'time.Ticker', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
};

function timerChannel(e: Emission, repeats: boolean): Slot {
  return emitTo(e, (dst) => ({ op: 'makeTimer', dst, repeats }));
}

function timerStruct(e: Emission, kind: 'Timer' | 'Ticker', channel: Slot | undefined, waits?: Slot): Slot {
  const dst = emitTo(e, (made) => ({ op: 'new', dst: made, object: { kind: 'struct', shape: () => shapes[kind] } }));
  if (channel !== undefined) e.b.emit({ op: 'setField', object: dst, field: 'C', src: channel }, e.site);
  if (waits !== undefined) e.b.emit({ op: 'setField', object: dst, field: 'waits', src: waits }, e.site);
  return dst;
}

function newTimer(kind: 'Timer' | 'Ticker'): LibraryOp {
  return { params: 1, emit: (e) => [timerStruct(e, kind, timerChannel(e, kind === 'Ticker'))] };
}

/** The function runs in a goroutine of its own whenever the timer fires; a stopped timer fires again after a Reset. */
const afterFunc: LibraryOp = {
  params: 2,
  emit: (e) => {
    const channel = timerChannel(e, false);
    const code = thunk(e.codes, 'time.AfterFunc', e, { captures: 0, params: 2 }, (inner) => {
      const callee = { kind: 'value', slot: operand(inner, 1) } as const;
      const again = inner.b.label();
      inner.b.place(again);
      // The wait is the runtime's, not the program's: its site has no file.
      inner.b.emit({ op: 'recv', chan: operand(inner, 0), range: false }, { range: e.site.range });
      inner.b.emit({ op: 'call', dst: [], callee, args: [], resultHints: [] }, e.site);
      inner.b.jump(again, e.site);
      return [];
    });
    e.b.emit({ op: 'go', callee: { kind: 'static', code }, args: [channel, operand(e, 1)] }, e.site);
    return [timerStruct(e, 'Timer', undefined, channel)];
  },
};

/** Stop, of a timer with a channel or of AfterFunc's. Whether there is a channel is not asked of a timer from outside. */
const stop: LibraryOp = {
  params: 0,
  emit: (e) => {
    const stopped = unknown(e, 'bool');
    const waits = channelIn(e, 'waits');
    const [plain, runs, end] = [e.b.label(), e.b.label(), e.b.label()];
    const nil = e.b.constant(null, e.site);
    const missing = emitTo(e, (dst) => ({ op: 'binary', dst, operator: '==', x: waits, y: nil }));
    e.b.branch(missing, { yes: plain, no: runs }, e.site);
    e.b.place(runs);
    e.b.emit({ op: 'stopTimer', dst: stopped, chan: waits, synchronous: e.newTimers }, e.site);
    e.b.jump(end, e.site);
    e.b.place(plain);
    e.b.emit({ op: 'stopTimer', dst: stopped, chan: channelIn(e, 'C'), synchronous: e.newTimers }, e.site);
    e.b.place(end);
    return [stopped];
  },
};

function channelIn(e: Emission, field: 'C' | 'waits'): Slot {
  return emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field, hint: 'chan' }));
}

/**
 * Reset: a timer gets a new channel, which may fire again; AfterFunc's may run its function again, and has no channel
 * before and afterwards.
 */
const reset: LibraryOp = {
  params: 1,
  emit: (e) => {
    const channel = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: 'C', hint: 'chan' }));
    const end = skipNil(e, channel);
    e.b.emit({ op: 'setField', object: operand(e, 0), field: 'C', src: timerChannel(e, true) }, e.site);
    e.b.place(end);
    const chan = channelIn(e, 'waits');
    const active = emitTo(e, (dst) => ({ op: 'stopTimer', dst, chan, synchronous: e.newTimers, rearms: true }));
    return [active];
  },
};

/** Goes to the label that it gives, still to be placed, when the channel is nil. */
function skipNil(e: Emission, channel: Slot): Label {
  const [present, end] = [e.b.label(), e.b.label()];
  const nil = e.b.constant(null, e.site);
  const missing = emitTo(e, (dst) => ({ op: 'binary', dst, operator: '==', x: channel, y: nil }));
  e.b.branch(missing, { yes: end, no: present }, e.site);
  e.b.place(present);
  return end;
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
