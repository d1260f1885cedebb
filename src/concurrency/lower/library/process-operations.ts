/** Calls that end a goroutine, a test or the program, and calls that only take time. */
import { emitTo, type LibraryOp, operand, unknownResults } from './emission.ts';

/** The whole program ends. */
export const exit: LibraryOp = {
  params: 0,
  emit: (e) => {
    e.b.emit({ op: 'exit' }, e.site);
    return unknownResults(e);
  },
};

const panics: LibraryOp = {
  params: 1,
  emit: (e) => {
    e.b.emit({ op: 'panic', value: operand(e, 0) }, e.site);
    return [];
  },
};

const pause: LibraryOp = {
  params: 1,
  emit: (e) => {
    e.b.emit({ op: 'pause' }, e.site);
    return unknownResults(e);
  },
};

/** `require.NoError(t, err)`: the test fails, and so ends, unless the value is nil (or not nil). */
function requires(nil: boolean): LibraryOp {
  return {
    params: 2,
    emit: (e) => {
      const isNil = emitTo(e, (dst) => ({
        op: 'binary',
        dst,
        operator: '==',
        x: operand(e, 1),
        y: e.b.constant(null, e.site),
      }));
      const [fails, passes] = [e.b.label(), e.b.label()];
      e.b.branch(isNil, { yes: nil ? passes : fails, no: nil ? fails : passes }, e.site);
      e.b.place(fails);
      e.b.emit({ op: 'exit' }, e.site);
      e.b.place(passes);
      return unknownResults(e);
    },
  };
}

/** A number of processors: at least one, and always the same. */
const processors: LibraryOp = {
  params: 0,
  emit: (e) => {
    const more = emitTo(e, (dst) => ({ op: 'unknown', dst, hint: 'len', key: 'processors' }));
    return [emitTo(e, (dst) => ({ op: 'binary', dst, operator: '+', x: more, y: e.b.constant(1, e.site) }))];
  },
};

const require = 'github.com/stretchr/testify/require';

export const processOperations: Readonly<Record<string, LibraryOp>> = {
  'os.Exit': exit,
  'syscall.Exit': exit,
  'log.Fatal': exit,
  'log.Fatalf': exit,
  'log.Fatalln': exit,
  'log.Logger.Fatal': exit,
  'log.Logger.Fatalf': exit,
  'log.Logger.Fatalln': exit,
  'log.Panic': panics,
  'log.Panicf': panics,
  'log.Panicln': panics,
  'log.Logger.Panic': panics,
  'log.Logger.Panicf': panics,
  'runtime.Goexit': {
    params: 0,
    emit: (e) => {
      e.b.emit({ op: 'goexit' }, e.site);
      return [];
    },
  },
  'runtime.NumCPU': processors,
  'runtime.GOMAXPROCS': processors,
  'time.Sleep': pause,
  'runtime.Gosched': pause,
  'runtime.GC': pause,
  'testing/synctest.Wait': pause,
  [`${require}.NoError`]: requires(true),
  [`${require}.NoErrorf`]: requires(true),
  [`${require}.Nil`]: requires(true),
  [`${require}.Error`]: requires(false),
  [`${require}.NotNil`]: requires(false),
  [`${require}.FailNow`]: exit,
};

/**
 * What a function or method of unseen code does when its name says that it does not return: every logging package keeps
 * to `Fatal` for an exit and `Panic` for a panic.
 */
export function endingByName(name: string): LibraryOp | undefined {
  if (/^Fatal(f|ln|w)?$/.test(name)) return exit;
  return /^Panic(f|ln|w)?$/.test(name) ? panics : undefined;
}
