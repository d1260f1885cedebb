/** Searches the contracts of a package, and keeps what is stuck because a goroutine of the type has ended. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { contains } from '../../text/offset.ts';
import type { Site } from '../ir.ts';
import type { Leak, StuckProcess } from '../leak.ts';
import type { PackageLowering } from '../lower/package-lowering.ts';
import { type Contract, contractsOf, focused } from './contract.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { environmentOf } from './environment.ts';
import type { Func } from './services.ts';

/** More contracts than this are not searched. */
const maxContracts = 32;

/**
 * The searches that a package's contracts ask for, made one after the other, as each holds a program of its own; those
 * that cannot be stuck are left out, and those that hang on none of the functions in `only`.
 */
export function contractSearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(contractsOf(pkg), {
    concerns: concernsOf,
    only,
    most: maxContracts,
    searchOf: (contract, over) => searchOf(lowering, contract, over),
  });
}

/** Functions of the package that the answer to a contract hangs on. */
function concernsOf(contract: Contract): readonly FuncDecl[] {
  const { constructor: made, method, stop, starters, servers, operations, failing } = contract;
  const concerns = [made, method, stop, failing, ...starters.map((one) => one.method), ...servers].filter(
    (func): func is FuncDecl => func?.kind === 'FuncDecl',
  );
  return [...concerns, ...operations.flatMap((use) => use.func ?? [])];
}

function searchOf(lowering: PackageLowering, contract: Contract, over = false): ContractSearch | undefined {
  return slicedSearch(lowering, environmentOf(lowering, contract), over, {
    breaches: (result) => result.leaks.flatMap((leak) => breachOf(contract, leak) ?? []),
    focused: () => {
      const less = contract.constructor && !over ? focused(contract) : undefined;
      return less && searchOf(lowering, less);
    },
    own: concernsOf(contract),
  });
}

/**
 * The stuck operation is one of the contract's, and who should answer is not stuck but gone. Who is awake needs no answer.
 */
function breachOf(contract: Contract, leak: Leak): Leak | undefined {
  const blocked = leak.stuck.filter(({ ticking }) => ticking === undefined);
  const asking = blocked.find((one) => isOperation(contract, one));
  if (!asking || (contract.forgets && asking.forgotten !== true)) return undefined;
  const waiting = blocked.some((one) => one !== asking && contract.servers.some((server) => runs(one, server)));
  if (waiting) return undefined;
  const stops = contract.stop ? [contract.stop.name.name] : [];
  const method = contract.method?.name.name;
  return {
    ...leak,
    outsider: true,
    stuck: [{ ...asking, outside: ['caller'] }, ...blocked.filter((one) => one !== asking && isHeldUp(one))],
    contract: {
      type: contract.type.name,
      stops,
      ...(method === undefined ? {} : { method }),
      ...(contract.context === undefined ? {} : { context: contract.context.name.name }),
      ...(contract.run === undefined ? {} : { run: contract.run.name.name }),
      ...(contract.answers ? { answers: true } : {}),
      ...(contract.forgets ? { forgets: true } : {}),
      ...(contract.failing ? { failed: contract.failing.name.name } : {}),
    },
  };
}

function isOperation({ operations }: Contract, { site, kind }: StuckProcess): boolean {
  if (kind !== 'send' && kind !== 'recv' && kind !== 'select' && kind !== 'range' && kind !== 'cond') return false;
  return operations.some((use) => site.file === use.file && covers(site, use, kind));
}

/** The site of a range is its operand or its head. */
function covers(site: Site, use: Contract['operations'][number], kind: StuckProcess['kind']): boolean {
  if (contains(site.range, use.node.range)) return true;
  return kind === 'range' && contains(use.node.range, site.range);
}

/** Waits for a lock or a counter, which the asking process may keep. */
function isHeldUp({ kind }: StuckProcess): boolean {
  return kind === 'lock' || kind === 'rlock' || kind === 'wait';
}

/** Whether a stuck process is inside a function. */
function runs(stuck: StuckProcess, func: Func): boolean {
  return [stuck.site, ...stuck.callers].some((site: Site) => site.file?.path !== undefined && isIn(site, func));
}

function isIn(site: Site, func: Func): boolean {
  return func.kind === 'FuncDecl'
    ? site.file === func.file && contains(func.range, site.range)
    : contains(func.range, site.range);
}
