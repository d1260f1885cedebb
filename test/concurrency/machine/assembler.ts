/**
 * A small assembly for the machine's tests: one instruction a line, slots by name, literals where a slot is expected.
 *
 *     func worker [captured] param ...     label:            x = chan 1        select default:L recv c L v ok ; send d v M
 */

import type {
  BinaryOp,
  Callable,
  Code,
  CodeRef,
  Hint,
  Instruction,
  NewObject,
  Program,
  SelectCase,
  Site,
  StructShape,
} from '../../../src/concurrency/ir.ts';
import type { Budget, SearchResult } from '../../../src/concurrency/leak.ts';
import { assemble } from '../../../src/concurrency/liveness.ts';
import { search } from '../../../src/concurrency/machine/search.ts';
import type { File } from '../../../src/go/ast.ts';
import { range } from '../../../src/text/offset.ts';

export const BUDGET: Budget = { states: 20_000, localSteps: 2_000, processes: 16, callDepth: 12 };

export interface Setup {
  readonly hints?: readonly Hint[];
  readonly shapes?: Readonly<Record<string, StructShape>>;
  readonly budget?: Partial<Budget>;
}

/** Assembles and explores; the entry is `main`. */
export function explore(source: string, setup: Setup = {}): SearchResult {
  return search(programOf(source, setup), { ...BUDGET, ...setup.budget });
}

/** What is stuck, as `function:line kind`, in the order of the report. */
export function stuckAt(result: SearchResult): readonly string[] {
  return result.leaks.flatMap((leak) =>
    leak.stuck.map((each) => `${each.process.code.name}:${lineOf(each.site)} ${each.kind}`),
  );
}

/** The kinds of stuck operations, each once, sorted. */
export function kinds(source: string, setup: Setup = {}): readonly string[] {
  const result = explore(source, setup);
  return [...new Set(result.leaks.flatMap((leak) => leak.stuck.map((each) => each.kind)))].sort();
}

/** 1-based line of a site made by the assembler. */
export function lineOf(site: Site): number {
  return site.range.start / 1000;
}

interface FunctionText {
  readonly name: string;
  readonly captures: readonly string[];
  readonly params: readonly string[];
  readonly lines: { readonly text: string; readonly line: number }[];
}

export function programOf(source: string, setup: Setup = {}): Program {
  const functions = split(source);
  const refs = new Map<string, CodeRef>();
  functions.forEach((text, id) => {
    let code: Code | undefined;
    const ref: CodeRef = {
      id,
      name: text.name,
      site: site(text.lines[0]?.line ?? 1),
      resolve: () => {
        code ??= new Assembler(ref, text, refs, setup).assemble();
        return code;
      },
    };
    refs.set(text.name, ref);
  });
  const entry = refs.get('main');
  if (entry === undefined) throw new Error('no main');
  return { entry, entryHints: setup.hints ?? [], method: (typeName, name) => refs.get(`${typeName}.${name}`) };
}

function split(source: string): readonly FunctionText[] {
  const result: FunctionText[] = [];
  source.split('\n').forEach((raw, index) => {
    const text = raw.replace(/#.*$/, '').trim();
    if (text === '') return;
    if (!text.startsWith('func ')) {
      result.at(-1)?.lines.push({ text, line: index + 1 });
      return;
    }
    const match = /^func (\S+)(?: \[([^\]]*)\])?(.*)$/.exec(text);
    const words = (part: string | undefined): string[] => (part ?? '').split(' ').filter((word) => word !== '');
    result.push({ name: match?.[1] ?? '', captures: words(match?.[2]), params: words(match?.[3]), lines: [] });
  });
  return result;
}

const FILE = undefined as File | undefined;

function site(line: number): Site {
  const where = range(line * 1000, line * 1000 + 1);
  return FILE === undefined ? { range: where } : { file: FILE, range: where };
}

class Assembler {
  readonly slots = new Map<string, number>();
  readonly labels = new Map<string, number>();
  readonly patches: (() => void)[] = [];
  readonly instructions: Instruction[] = [];
  readonly sites: Site[] = [];
  line = 1;
  temporaries = 0;
  readonly ref: CodeRef;
  readonly text: FunctionText;
  readonly refs: ReadonlyMap<string, CodeRef>;
  readonly setup: Setup;

  constructor(ref: CodeRef, text: FunctionText, refs: ReadonlyMap<string, CodeRef>, setup: Setup) {
    this.ref = ref;
    this.text = text;
    this.refs = refs;
    this.setup = setup;
  }

  assemble(): Code {
    const { captures, params, lines } = this.text;
    for (const name of [...captures, ...params]) this.slot(name);
    for (const { text, line } of lines) {
      this.line = line;
      this.instruction(text);
    }
    this.emit({ op: 'return', values: [] });
    for (const patch of this.patches) patch();
    return assemble({
      ref: this.ref,
      captureCount: captures.length,
      paramCount: params.length,
      resultCount: 0,
      instructions: this.instructions,
      sites: this.sites,
      slotCount: this.slots.size,
    });
  }

  slot(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    this.slots.set(name, this.slots.size);
    return this.slots.size - 1;
  }

  /** A slot to read; a literal is put into a slot of its own first. */
  value(word: string | undefined): number {
    const literal = /^(-?\d+|true|false|nil|".*")$/.exec(word ?? '');
    if (literal === null) return this.slot(word ?? '');
    this.temporaries += 1;
    const dst = this.slot(`%${this.temporaries}`);
    this.emit({ op: 'const', dst, value: literalOf(word ?? '') });
    return dst;
  }

  emit(instruction: Instruction): void {
    this.instructions.push(instruction);
    this.sites.push(site(this.line));
  }

  /** Emits an instruction whose labels are known at the end. */
  late(make: (label: (name: string) => number) => Instruction): void {
    const at = this.instructions.length;
    this.emit({ op: 'pause' });
    this.patches.push(() => {
      this.instructions[at] = make((name) => {
        const label = this.labels.get(name);
        if (label === undefined) throw new Error(`no label ${name}`);
        return label;
      });
    });
  }

  instruction(text: string): void {
    if (/^\S+:$/.test(text)) {
      this.labels.set(text.slice(0, -1), this.instructions.length);
      return;
    }
    const assignment = /^(\S+(?:,\S+)?) = (\S+) ?(.*)$/.exec(text);
    const [op = '', ...words] = text.split(' ');
    if (assignment === null) this.effect(op, words, text);
    else
      this.assign(
        (assignment[1] ?? '').split(','),
        assignment[2] ?? '',
        (assignment[3] ?? '').split(' ').filter(Boolean),
      );
  }

  assign(names: readonly string[], op: string, words: readonly string[]): void {
    const [a, b, c] = words;
    const value = (word: string | undefined): number => this.value(word);
    const make = (): Instruction => {
      const operands = this.operandsFor(op, words);
      const dst = this.slot(names[0] ?? '');
      switch (op) {
        case 'const':
          return { op, dst, value: literalOf(a ?? '') };
        case 'move':
        case 'copy':
          return { op, dst, src: operands[0] ?? 0 };
        case 'unknown':
          return { op, dst, hint: this.hint(a) };
        case 'bin':
          return { op: 'binary', dst, operator: b as BinaryOp, x: operands[0] ?? 0, y: operands[1] ?? 0 };
        case 'not':
          return { op, dst, x: operands[0] ?? 0 };
        case 'istype':
          return { op: 'hasType', dst, x: operands[0] ?? 0, typeName: b ?? '' };
        case 'new':
          return { op, dst, object: this.object(a ?? '') };
        case 'chan':
          return { op: 'makeChan', dst, elem: 'any', ...(a === undefined ? {} : { cap: operands[0] ?? 0 }) };
        case 'timer':
          return { op: 'makeTimer', dst, repeats: a === 'repeats' };
        case 'load':
          return { op, dst, cell: operands[0] ?? 0 };
        case 'field':
          return { op: 'getField', dst, object: this.slot(a ?? ''), field: b ?? '', hint: this.hint(c ?? 'any') };
        case 'index': {
          const ok = names[1] === undefined ? {} : { ok: this.slot(names[1]) };
          return {
            op: 'getIndex',
            dst,
            ...ok,
            list: operands[0] ?? 0,
            index: operands[1] ?? 0,
            hint: this.hint(c ?? 'any'),
          };
        }
        case 'append':
          return { op, dst, list: operands[0] ?? 0, values: operands.slice(1) };
        case 'keys':
          return { op, dst, map: operands[0] ?? 0, hint: 'any' };
        case 'len':
          return { op, dst, of: operands[0] ?? 0, what: 'len' };
        case 'closure':
          return { op, dst, code: this.code(a), captures: words.slice(1).map((word) => this.slot(word)) };
        case 'recover':
          return { op, dst };
        case 'trylock':
          return { op: 'tryLock', dst, mutex: operands[0] ?? 0, read: false };
        case 'context': {
          const parent = a === undefined || a === '-' ? {} : { parent: value(a) };
          return {
            op: 'newContext',
            dst,
            ...parent,
            timer: words.includes('timer'),
            detached: words.includes('detached'),
          };
        }
        case 'done':
          return { op: 'contextDone', dst, context: operands[0] ?? 0 };
        case 'err':
          return { op: 'contextErr', dst, context: operands[0] ?? 0 };
        default:
          throw new Error(`line ${this.line}: ${op}?`);
      }
    };
    this.emit(make());
  }

  operandsFor(op: string, words: readonly string[]): readonly number[] {
    if (op === 'bin') return [this.value(words[0]), this.value(words[2])];
    if (op === 'index') return words.slice(0, 2).map((word) => this.value(word));
    const plain = ['move', 'copy', 'not', 'istype', 'chan', 'load', 'append', 'keys', 'len', 'trylock', 'done', 'err'];
    if (!plain.includes(op)) return [];
    return (op === 'istype' ? words.slice(0, 1) : words).map((word) => this.value(word));
  }

  effect(op: string, words: readonly string[], text: string): void {
    const [a, b, c] = words;
    const value = (word: string | undefined): number => this.value(word);
    switch (op) {
      case 'jump':
        this.late((label) => ({ op, target: label(a ?? '') }));
        return;
      case 'br': {
        const cond = value(a);
        // biome-ignore lint/suspicious/noThenProperty: an instruction is data and never awaited
        this.late((label) => ({ op: 'branch', cond, then: label(b ?? ''), else: label(c ?? '') }));
        return;
      }
      case 'call': {
        const arrow = words.indexOf('->');
        const args = (arrow < 0 ? words : words.slice(0, arrow)).slice(1).map(value);
        const dst = arrow < 0 ? [] : words.slice(arrow + 1).map((word) => this.slot(word));
        this.emit({ op, dst, callee: this.callee(a), args, resultHints: dst.map(() => 'any') });
        return;
      }
      case 'go':
      case 'defer':
        this.emit({ op, callee: this.callee(a), args: words.slice(1).map(value) });
        return;
      case 'ret':
        this.emit({ op: 'return', values: words.map(value) });
        return;
      case 'panic':
        this.emit({ op, value: value(a) });
        return;
      case 'goexit':
      case 'exit':
      case 'pause':
        this.emit({ op });
        return;
      case 'store':
        this.emit({ op, cell: value(a), src: value(b) });
        return;
      case 'setfield':
        this.emit({ op: 'setField', object: value(a), field: b ?? '', src: value(c) });
        return;
      case 'setindex':
        this.emit({ op: 'setIndex', list: value(a), index: value(b), src: value(c) });
        return;
      case 'delete':
        this.emit({ op: 'deleteKey', map: value(a), key: value(b) });
        return;
      case 'escape':
        this.emit({ op, src: value(a) });
        return;
      case 'select':
        this.select(text);
        return;
      default:
        this.sync(op, words);
        return;
    }
  }

  sync(op: string, words: readonly string[]): void {
    const [a, b] = words;
    const slot = this.value(a);
    switch (op) {
      case 'stop':
        this.emit({ op: 'stopTimer', dst: this.value('stopped'), chan: slot, synchronous: true });
        return;
      case 'send':
        this.emit({ op, chan: slot, value: this.value(b ?? '1') });
        return;
      case 'recv':
      case 'range': {
        const [dst, ok] = words.slice(2).map((word) => this.slot(word));
        const into = { ...(dst === undefined ? {} : { dst }), ...(ok === undefined ? {} : { ok }) };
        this.emit({ op: 'recv', chan: slot, ...into, range: op === 'range' });
        return;
      }
      case 'close':
        this.emit({ op, chan: slot });
        return;
      case 'lock':
      case 'rlock':
        this.emit({ op: 'lock', mutex: slot, read: op === 'rlock' });
        return;
      case 'unlock':
      case 'runlock':
        this.emit({ op: 'unlock', mutex: slot, read: op === 'runlock' });
        return;
      case 'add':
        this.emit({ op: 'wgAdd', group: slot, delta: this.value(b) });
        return;
      case 'wait':
        this.emit({ op: 'wgWait', group: slot });
        return;
      case 'cwait':
        this.emit({ op: 'condWait', cond: slot });
        return;
      case 'signal':
      case 'broadcast':
        this.emit({ op: 'condSignal', cond: slot, all: op === 'broadcast' });
        return;
      case 'once':
        this.emit({ op: 'onceDo', once: slot, fn: this.value(b) });
        return;
      case 'cancel':
        this.emit({ op: 'cancelContext', context: slot });
        return;
      default:
        throw new Error(`line ${this.line}: ${op}?`);
    }
  }

  select(text: string): void {
    const where = site(this.line);
    const body = text.replace(/^select ?/, '');
    const fallback = /default:(\S+) ?/.exec(body)?.[1];
    const arms = body
      .replace(/default:\S+ ?/, '')
      .split(';')
      .map((arm) => arm.trim().split(' '))
      .filter((arm) => arm[0] !== '');
    const parts = arms.map((arm) => {
      const chan = this.value(arm[1]);
      if (arm[0] === 'send') return { kind: 'send' as const, chan, value: this.value(arm[2]), label: arm[3] ?? '' };
      const dst = arm[3] === undefined ? {} : { dst: this.slot(arm[3]) };
      const ok = arm[4] === undefined ? {} : { ok: this.slot(arm[4]) };
      return { kind: 'recv' as const, chan, ...dst, ...ok, label: arm[2] ?? '' };
    });
    this.late((label) => {
      const cases: SelectCase[] = parts.map(({ label: name, ...part }) => ({
        ...part,
        target: label(name),
        site: where,
      }));
      return fallback === undefined ? { op: 'select', cases } : { op: 'select', cases, default: label(fallback) };
    });
  }

  callee(word: string | undefined): Callable {
    if (word?.startsWith('.') === true) return { kind: 'method', name: word.slice(1) };
    if (word?.startsWith('$') === true) return { kind: 'value', slot: this.slot(word.slice(1)) };
    return { kind: 'static', code: this.code(word) };
  }

  code(name: string | undefined): CodeRef {
    const known = this.refs.get(name ?? '');
    if (known !== undefined) return known;
    return { id: 1_000, name: name ?? '', site: site(this.line), resolve: () => undefined };
  }

  hint(word: string | undefined): Hint {
    if (word?.startsWith('struct:') === true) return { struct: this.shape(word.slice('struct:'.length)) };
    if (word?.startsWith('list:') === true) return { list: this.hint(word.slice('list:'.length)) };
    return (word ?? 'any') as Hint;
  }

  shape(name: string): StructShape {
    return this.setup.shapes?.[name] ?? { typeName: name, fields: new Map() };
  }

  object(word: string): NewObject {
    if (word.startsWith('struct:')) return { kind: 'struct', shape: () => this.shape(word.slice('struct:'.length)) };
    if (word === 'list' || word === 'map') return { kind: 'list', map: word === 'map' };
    return { kind: word as 'cell' | 'mutex' | 'rwmutex' | 'waitgroup' | 'cond' | 'once' };
  }
}

function literalOf(word: string): number | boolean | string | null {
  if (word === 'nil') return null;
  if (word === 'true' || word === 'false') return word === 'true';
  return word.startsWith('"') ? word.slice(1, -1) : Number(word);
}
