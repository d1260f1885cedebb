/** Words that several lifecycle rules share. */

import type { RelatedInformation } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import { shownCode } from '../../analysis/shown-code.ts';
import type { File, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { contains } from '../../text/offset.ts';
import type { Hold } from '../ownership/hold.ts';
import type { Goroutine } from '../ownership/owner.ts';
import { textOf } from '../ownership/waiting.ts';

/** A name for the goroutine in a sentence: the started function, or `the goroutine` for a literal. */
export function nameOf(pkg: GoPackage, goroutine: Goroutine): string {
  const fun = goroutine.start.call.fun;
  if (goroutine.start.kind !== 'go' || fun.kind === 'FuncLit') return 'the goroutine';
  return `\`${oneLine(textOf(pkg, fun))}\``;
}

/** How often it is started, as the end of a sentence that begins with `is started`. */
export function howOften(pkg: GoPackage, { repetition, start }: Goroutine): string {
  if (repetition.kind === 'request') return 'for each request';
  if (repetition.kind === 'call') return `by each call to \`${repetition.func.name.name}\``;
  if (repetition.kind !== 'loop') return 'here';
  const { loop } = repetition;
  const where = loopPlace(pkg, loop, start.node);
  if (loop.kind === 'RangeStmt') return `for each element of \`${oneLine(textOf(pkg, loop.x))}\`${where}`;
  return `in each iteration of ${where === '' ? 'a loop' : `the loop${where}`}`;
}

/** Where the loop stands when it is not around the `go` statement: a reader would look for it there in vain. */
function loopPlace(pkg: GoPackage, loop: Node, start: Node): string {
  const file = pkg.fileOf(loop);
  const same = file === pkg.fileOf(start);
  if (same && contains(loop.range, start.range)) return '';
  const line = file.lines.lineAt(loop.range.start);
  return same ? ` on line ${line}` : ` on line ${line} of \`${file.path.slice(file.path.lastIndexOf('/') + 1)}\``;
}

/** Why it may stay, as a clause. */
export function whyHeld(pkg: GoPackage, hold: Hold): string {
  if (hold.kind === 'network') return `\`${hold.call.name}\` has no deadline`;
  if (hold.kind === 'client-write')
    return `its write to a client (\`${hold.writer}\`) has no deadline, and a client that reads slowly holds it`;
  if (hold.kind === 'first-loop')
    return `\`${oneLine(textOf(pkg, hold.node.fun))}\` waits for the loop of the first one to end`;
  const operation = `its send on \`${oneLine(textOf(pkg, hold.node.chan))}\``;
  if (hold.kind === 'no-receiver') return `${operation} waits although nothing in the package receives from it`;
  return `${operation} blocks forever once its receiver has left`;
}

/** The evidence for a hold, as related locations. */
export function evidenceOf(pass: Pass, hold: Hold): readonly RelatedInformation[] {
  const { pkg } = pass;
  if (hold.kind === 'network') {
    const wait = hold.call.wait;
    const first = related(pass, hold.node, `\`${hold.call.name}\` is called without a deadline`);
    return wait ? [first, related(pass, wait, 'and this waits for the peer without one')] : [first];
  }
  if (hold.kind === 'client-write') return [related(pass, hold.node, 'a slow client holds it here')];
  if (hold.kind === 'first-loop')
    return [related(pass, hold.node, 'all but the first wait here'), related(pass, hold.loop, 'for this loop to end')];
  const send = related(pass, hold.node, `the send on \`${oneLine(textOf(pkg, hold.node.chan))}\``);
  if (hold.kind === 'no-receiver') return [send];
  const receives = hold.receivers.slice(0, 3);
  return [send, ...receives.map((use) => related(pass, use.node, 'the receiver, whose loop another case leaves'))];
}

export function related(pass: Pass, node: Node, message: string): RelatedInformation {
  return { location: pass.at(pass.pkg.fileOf(node), node), message };
}

/** Source text as a message quotes it. */
export function oneLine(text: string): string {
  return shownCode(text);
}

/** The goroutines that a lifecycle rule may speak of: in files under review, not in tests. */
export function inReviewedFile(pass: Pass, file: File): boolean {
  return pass.files.includes(file) && !isTestFile(file.path);
}
