/** Timers and tickers of package time: https://pkg.go.dev/time#Timer, and the runtime's sends in os/signal. */
import type { Slot, StructShape } from '../../ir.ts';
import { hidden } from '../../machine/object.ts';
import { type Emission, emitTo, type LibraryOp, operand, thunk } from './emission.ts';

const shapes: Readonly<Record<'Timer' | 'Ticker', StructShape>> = {
  Timer: { typeName: 'time.Timer', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
  Ticker: { typeName: 'time.Ticker', fields: new Map([['C', { zero: { kind: 'nil' }, hint: () => 'chan' }]]) },
};

function timerChannel(e: Emission, repeats: boolean): Slot {
  return emitTo(e, (dst) => ({ op: 'makeTimer', dst, repeats }));
}

/** The channel by which the timer fires: `C`, or the one that the function of AfterFunc waits for, which nobody sees. */
const waits = hidden('waits');

function timerStruct(e: Emission, kind: 'Timer' | 'Ticker', fields: readonly string[], channel: Slot): Slot {
  const dst = emitTo(e, (made) => ({ op: 'new', dst: made, object: { kind: 'struct', shape: () => shapes[kind] } }));
  for (const field of fields) e.b.emit({ op: 'setField', object: dst, field, src: channel }, e.site);
  return dst;
}

function newTimer(kind: 'Timer' | 'Ticker'): LibraryOp {
  return { params: 1, emit: (e) => [timerStruct(e, kind, ['C', waits], timerChannel(e, kind === 'Ticker'))] };
}

/**
 * The function runs in a goroutine of its own whenever the timer fires; a stopped timer fires again after a Reset. The
 * timer has no channel that could be received from: `C` is nil (https://pkg.go.dev/time#AfterFunc).
 */
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
    return [timerStruct(e, 'Timer', [waits], channel)];
  },
};

/** Stop, and Reset, after which the timer may fire again; whether it was in time is not known of a timer from outside. */
function endTimer(again?: 'once' | 'repeats'): LibraryOp {
  const how = again === undefined ? {} : { again };
  return {
    params: again === undefined ? 0 : 1,
    emit: (e) => {
      const chan = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: waits, hint: 'chan' }));
      if (!e.newTimers && again === undefined) return [stopInTime(e, chan)];
      return [emitTo(e, (dst) => ({ op: 'stopTimer', dst, chan, synchronous: e.newTimers, ...how }))];
    },
  };
}

/** Before Go 1.23 a timer that was stopped in time never fires, and one that was not has left its value in the channel. */
function stopInTime({ b, site }: Emission, chan: Slot): Slot {
  const [inTime, dst] = [b.slot(), b.slot()];
  const ways = { yes: b.label(), no: b.label() };
  const end = b.label();
  b.emit({ op: 'unknown', dst: inTime, hint: 'bool' }, site);
  b.branch(inTime, ways, site);
  b.place(ways.yes);
  b.emit({ op: 'stopTimer', dst, chan, synchronous: true }, site);
  b.jump(end, site);
  b.place(ways.no);
  b.emit({ op: 'const', dst, value: false }, site);
  b.place(end);
  return dst;
}

/** The runtime sends on the channel whenever a signal arrives, until Stop (https://pkg.go.dev/os/signal#Notify). */
function signals(again?: 'signals'): LibraryOp {
  const how = again === undefined ? {} : { again };
  return {
    params: again === undefined ? 1 : 2,
    emit: (e) => {
      emitTo(e, (dst) => ({ op: 'stopTimer', dst, chan: operand(e, 0), synchronous: true, ...how }));
      return [];
    },
  };
}

export const timeOperations: Readonly<Record<string, LibraryOp>> = {
  'time.After': { params: 1, emit: (e) => [timerChannel(e, false)] },
  'time.Tick': { params: 1, emit: (e) => [timerChannel(e, true)] },
  'time.NewTimer': newTimer('Timer'),
  'time.NewTicker': newTimer('Ticker'),
  'time.AfterFunc': afterFunc,
  'time.Timer.Stop': endTimer(),
  'time.Timer.Reset': endTimer('once'),
  'time.Ticker.Stop': endTimer(),
  'time.Ticker.Reset': endTimer('repeats'),
  'os/signal.Notify': signals('signals'),
  'os/signal.Stop': signals(),
};
