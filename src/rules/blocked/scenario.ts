/** How the path of a leak begins: which functions and methods somebody outside calls, and in which order. */
import type { Location, Scenario } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { Site } from '../../concurrency/ir.ts';
import type { Leak, TraceStep } from '../../concurrency/leak.ts';
import type { FuncDecl } from '../../go/ast.ts';
import { nodesAround, type SourceSite } from './operation.ts';
import { literalEntry, type Story } from './story.ts';

/** The beginning of the path that a story tells. */
export function scenarioOf({ leak, root }: Story, pass: Pass): Scenario {
  const handedOut = literalEntry(leak) !== undefined;
  const { contract } = leak;
  return {
    calls: handedOut || !contract ? entryOf(leak, pass) : contractCalls(leak, pass),
    ...(contract && !contract.next ? { anyOrder: true } : {}),
    ...(contract?.holds && leak.stuck.every(({ kind }) => kind === 'lock' || kind === 'rlock') ? { again: true } : {}),
    ...(handedOut ? { handedOut: true } : {}),
    ...(root.ticking ? { ticking: true } : {}),
    ...(root.kind.startsWith('panic') ? { panics: true } : {}),
  };
}

function entryOf({ entry }: Leak, pass: Pass): readonly Location[] {
  const { file, range } = entry.site;
  const decl = file && nodesAround(file, range)[0];
  return file && decl ? [pass.at(file, decl.range)] : [];
}

/** The declared functions at the outer end of the stacks, each call once; then what the contract names beside them. */
function contractCalls(leak: Leak, pass: Pass): readonly Location[] {
  const calls: { readonly site: SourceSite; readonly decl: FuncDecl }[] = [];
  const open = new Map<number, FuncDecl>();
  const add = (step: Pick<TraceStep, 'site' | 'callers' | 'process'>): FuncDecl | undefined => {
    const site = outermost(step);
    const decl = site && nodesAround(site.file, site.range)[0];
    if (!site || decl?.kind !== 'FuncDecl') return undefined;
    if (decl !== open.get(step.process.id)) calls.push({ site, decl });
    return decl;
  };
  for (const step of [...leak.trace, ...leak.stuck]) {
    if (isStarted(step)) continue;
    const decl = add(step);
    if (!decl) continue;
    const left = 'what' in step && step.what.kind === 'return' && step.callers.every(({ file }) => file === undefined);
    if (left) open.delete(step.process.id);
    else open.set(step.process.id, decl);
  }
  return [
    ...calls.map(({ site, decl }) => pass.at(site.file, decl.range)),
    ...namedCalls(leak, pass, new Set(calls.map(({ decl }) => decl.name.name))),
  ];
}

/** Goroutines of the source; those of the program around the contract stand for callers. */
function isStarted({ process }: Pick<TraceStep, 'process'>): boolean {
  return process.start?.file !== undefined;
}

function outermost({ site, callers }: { readonly site: Site; readonly callers: readonly Site[] }) {
  return [site, ...callers].findLast((one): one is SourceSite => one.file !== undefined);
}

/** Methods that take no step of the path but have to be called for it, such as a stop that only closes a channel. */
function namedCalls({ contract }: Leak, pass: Pass, known: ReadonlySet<string>): readonly Location[] {
  const type = contract && pass.pkg.types.get(contract.type.replace(/^\*/, ''));
  if (!type) return [];
  const names = [contract.context, contract.method, ...contract.stops].filter((name) => name !== undefined);
  return [...new Set(names)].flatMap((name) => {
    const decl = known.has(name) ? undefined : type.methods.get(name);
    return decl ? [pass.at(decl.file, decl.range)] : [];
  });
}
