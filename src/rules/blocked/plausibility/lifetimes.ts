/** How long the program goes on: what stays behind in one that ends does no harm, and some goroutines are meant to last. */
import { isGivenCommand } from '../../../concurrency/open/commands.ts';
import type { FuncDecl, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { nodesAround } from '../operation.ts';
import type { Story } from '../story.ts';
import { mayBeMeantToLast } from '../ticking.ts';
import type { Assumption } from './assumption.ts';

/** When main ends, the program ends: only main itself can be stuck in it. */
export function outlivesMain({ leak }: Story): Assumption | undefined {
  if (leak.program !== true || leak.stuck.some(({ process }) => process.id === 0)) return undefined;
  return { kind: 'outlives-main', text: 'the program keeps running after its `main` has returned' };
}

/** A command calls the function once, from its `main` or its own function: what it leaves behind stays for as long as the command takes. */
export function commandGoesOn(pkg: GoPackage, { leak, root, departure }: Story): Assumption | undefined {
  if (root.process.start === undefined) return undefined;
  for (const { file, range } of [leak.entry.site, ...(departure?.site ? [departure.site] : [])]) {
    const [decl] = file ? nodesAround(file, range) : [];
    if (decl?.kind === 'FuncDecl' && runsOnce(pkg, decl, DEEPEST))
      return { kind: 'command-goes-on', text: `the command keeps running after \`${decl.name.name}\`` };
  }
  return undefined;
}

/** So many calls below `main` are followed. */
const DEEPEST = 3;

/** Whether a function is called by `main` or the functions of commands alone, once: not from a loop, a goroutine or a literal. */
function runsOnce(pkg: GoPackage, decl: FuncDecl, depth: number): boolean {
  if (isMain(pkg, decl) || isGivenCommand(pkg, decl)) return true;
  const [call, other] = depth > 0 ? pkg.callersOf(decl) : [];
  if (!call || other) return false;
  const path = nodesAround(pkg.fileOf(call), call.range);
  const [around] = path;
  return around?.kind === 'FuncDecl' && !path.some(repeats) && runsOnce(pkg, around, depth - 1);
}

function isMain(pkg: GoPackage, { recv, name }: FuncDecl): boolean {
  return pkg.name === 'main' && recv === undefined && name.name === 'main';
}

function repeats({ kind }: Node): boolean {
  return kind === 'ForStmt' || kind === 'RangeStmt' || kind === 'GoStmt' || kind === 'FuncLit';
}

/** The goroutine may be started for life. */
export function meantToLast(pkg: GoPackage, story: Story): Assumption | undefined {
  if (!mayBeMeantToLast(pkg, story)) return undefined;
  return { kind: 'meant-to-last', text: 'the goroutine is not meant to run as long as the process' };
}
