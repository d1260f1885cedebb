/**
 * A small program around one value of a type: makes it, starts it, stops it in a goroutine of its own, and meanwhile calls
 * the method that asks. It exists as instructions only; witnesses tell the functions that it calls.
 */
import type { Code, CodeRef, Site } from '../ir.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { answererOf } from './answerer.ts';
import { Calls, nowhere } from './calls.ts';
import type { Contract } from './contract.ts';

/** The environment of a contract as an entry of a search. */
export function environmentOf(lowering: PackageLowering, contract: Contract): CodeRef {
  const decl = contract.method ?? contract.starters[0]?.method ?? contract.constructor;
  const site: Site = decl ? lowering.site(decl.file, decl.name) : nowhere;
  return lowering.lazy(decl ? functionName(decl) : contract.type.name, site, (self) => build(lowering, contract, self));
}

function build(lowering: PackageLowering, contract: Contract, ref: CodeRef): Code {
  const { constructor: made, type, starters, stop, method, feeder, calls, answers, context, failing } = contract;
  const program = new Calls(lowering);
  const value = made ? program.begun(made, undefined) : program.literal(type);
  for (const one of starters) {
    if (one.method === context) program.giveContext();
    if (one.kind === 'call') program.begun(one.method, value);
    else program.go(one.method, value);
  }
  if (failing) program.call(failing, value);
  if (answers) program.goCode(answererOf(lowering, answers), [value]);
  if (stop) program.go(stop, value);
  if (feeder) program.call(feeder, value);
  if (method) for (let i = 0; i < calls; i++) program.call(method, value);
  return program.finish(ref);
}
