/** What the explorer does about one function: why it is an entry or none, what it sees of it, each search and its leaks. */
import type { FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import { contains } from '../text/offset.ts';
import { effectWords } from './effects.ts';
import { Exploration } from './exploration.ts';
import type { ExploreOptions } from './explore.ts';
import { mayBlock } from './explore-entries.ts';
import { isInvocation, startsGoroutine } from './instructions.ts';
import type { Code, CodeRef, Site } from './ir.ts';
import type { PackageLowering } from './lower/package-lowering.ts';
import { literalsOf } from './open/literals.ts';
import { collectSome, type Unit, type Units } from './relevance/units.ts';
import type { LoggedSearch } from './search-log.ts';
import { summaryOf } from './summary.ts';
import { workspaceOf } from './workspace.ts';

/** A function whose body the explorer sees, and the instructions that it became. */
export interface SeenCallee {
  readonly ref: CodeRef;
  readonly instructions: number;
  /** What it does to what it is given, and whether it may block, start goroutines or never return: see `summary.ts`. */
  readonly effects: readonly string[];
}

/** A call that may reach code that the explorer does not see. */
export interface UnseenCallee {
  readonly name: string;
  readonly reason: string;
  /** The first of such calls. */
  readonly site: Site;
  readonly calls: number;
}

export interface FunctionExplanation {
  readonly entry: CodeRef;
  /** Whether it is searched by itself. */
  readonly isEntry: boolean;
  readonly reason: string;
  readonly seen: readonly SeenCallee[];
  readonly unseen: readonly UnseenCallee[];
  /** The searches of the function, of literals in it, and of contracts that hang on it, in order. */
  readonly searches: readonly LoggedSearch[];
}

/**
 * Explores one function alone, with the whole budget that a package has otherwise.
 *
 * @param pkg the package without its test files when the function stands in none of them
 */
export function explainFunction(pkg: GoPackage, decl: FuncDecl, weigh: ExploreOptions['weigh']): FunctionExplanation {
  const { lowered, entries } = workspaceOf(pkg);
  const entry = lowered.codeOf(decl);
  const isEntry = mayBlock(pkg) && entries.includes(decl);
  const units = collectSome(
    entry,
    lowered.hintsOf(decl),
    (type, name) => lowered.method(type, name),
    () => true,
  );
  return {
    entry,
    isEntry,
    reason: reasonOf(pkg, decl, isEntry),
    seen: (units?.list ?? []).flatMap(({ code }) =>
      code.ref === entry ? [] : [{ ref: code.ref, instructions: code.instructions.length, effects: effectsOf(code) }],
    ),
    unseen: units ? unseenCallees(pkg, lowered, units) : [],
    searches: searchesOf(pkg, decl, isEntry, weigh),
  };
}

/** The summary of a function in words. */
function effectsOf(code: Code): readonly string[] {
  const summary = summaryOf(code.ref);
  if (!summary) return [];
  const on = (input: number, effects: number, field = ''): readonly string[] =>
    effectWords(effects).map((verb) => `${verb} ${inputName(code, input)}${field}`);
  return [
    ...summary.inputs.flatMap((effects, input) => on(input, effects)),
    ...summary.fields.flatMap(({ input, field, effects }) => on(input, effects, `.${field}`)),
    ...(summary.blocks ? ['may block'] : []),
    ...(summary.starts ? ['starts a goroutine'] : []),
    ...(summary.returns ? [] : ['never returns']),
  ];
}

/** Inputs have no names in the IR: they are counted. */
function inputName({ ref, captureCount }: Code, input: number): string {
  if (input < captureCount) return `captured value ${input + 1}`;
  const at = input - captureCount;
  // `(*Server).run`, `Server.run`: the receiver comes first.
  const isMethod = /^\(\*|^\w+\.\w+$/.test(ref.name) && ref.site.file !== undefined;
  if (isMethod && at === 0) return 'its receiver';
  return `parameter ${isMethod ? at : at + 1}`;
}

function reasonOf(pkg: GoPackage, decl: FuncDecl, isEntry: boolean): string {
  if (isEntry) return 'it, or what it calls, can block or starts a goroutine';
  if (!decl.bodyRange) return 'it has no body in Go';
  if (!mayBlock(pkg)) return 'no file of the package holds anything that can block';
  if (decl.name.name === 'init') return 'what init functions start lives as long as the process';
  return 'neither it nor what it calls creates or starts anything that a goroutine can wait for';
}

function searchesOf(
  pkg: GoPackage,
  decl: FuncDecl,
  isEntry: boolean,
  weigh: ExploreOptions['weigh'],
): readonly LoggedSearch[] {
  const searches: LoggedSearch[] = [];
  const isAbout = ({ entry: { site } }: LoggedSearch): boolean =>
    site.file === undefined || (site.file === decl.file && contains(decl.range, site.range));
  const exploration = new Exploration(pkg, {
    everyEntry: true,
    ...(weigh ? { weigh } : {}),
    log: (search) => {
      if (search.rung === 'contract' || isAbout(search)) searches.push(search);
    },
  });
  const funcs: readonly (FuncDecl | FuncLit)[] = isEntry ? [decl] : [];
  for (const func of funcs) exploration.entry({ func, size: 0 });
  if (isTestFile(decl.file.path)) return searches;
  exploration.contracts((other) => other === decl);
  if (mayBlock(pkg)) exploration.handedOut(literalsOf(pkg, decl));
  return searches;
}

/** Calls that leave what is seen, one for each callee. */
function unseenCallees(pkg: GoPackage, lowered: PackageLowering, units: Units): readonly UnseenCallee[] {
  const found = new Map<string, UnseenCallee>();
  for (const unit of units.list) {
    unit.code.instructions.forEach((_, at) => {
      const callee = unseenAt(pkg, lowered, units, unit, at);
      if (!callee) return;
      const key = `${callee.name} ${callee.reason}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, calls: known.calls + 1 } : callee);
    });
  }
  return [...found.values()];
}

function unseenAt(
  pkg: GoPackage,
  lowered: PackageLowering,
  units: Units,
  unit: Unit,
  at: number,
): UnseenCallee | undefined {
  const instruction = unit.code.instructions[at];
  const call = units.callAt(unit, at);
  if (!instruction || call?.open !== true || !isInvocation(instruction)) return undefined;
  const site = unit.code.sites[at] ?? unit.code.ref.site;
  const { callee } = instruction;
  if (callee.kind === 'static') {
    const { name } = callee.code;
    return { name, reason: whyUnseen(pkg, lowered, callee.code), site, calls: 1 };
  }
  const also = call.targets.size === 0 ? '' : `; ${call.targets.size} visible`;
  if (callee.kind === 'method') return { name: callee.name, reason: `a method found by type${also}`, site, calls: 1 };
  // Of a literal that is called where it is made, nobody doubts what it is.
  if (call.targets.size > 0) return undefined;
  const how = startsGoroutine(instruction) ? 'started as a goroutine' : 'called';
  return { name: 'a function value', reason: `${how}; its target is unknown`, site, calls: 1 };
}

function whyUnseen(pkg: GoPackage, lowered: PackageLowering, { name, site }: CodeRef): string {
  const problem = lowered.problems.find((one) => one.site === site && one.name === name);
  if (problem) return problem.reason;
  const path = name.slice(0, name.indexOf('.', name.lastIndexOf('/') + 1));
  return pkg.imported(path) ? 'nothing in it concerns goroutines' : 'its source is not available';
}
