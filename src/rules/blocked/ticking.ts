/** A goroutine that only time keeps awake: how it is told, and whether its end was meant at all. */
import type { Site } from '../../concurrency/ir.ts';
import { isEndlessContext } from '../../concurrency/open/stops.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { nodesAround, operationAt, sourceSite } from './operation.ts';
import type { Story } from './story.ts';

/** The sentence about its `select`, without who left. */
export function tickingSentence(story: Story): string {
  const names = waitsOf(story).map((text) => `\`${text}\``);
  const arms = names.length === 0 ? 'no case that leaves the loop can' : armsWords(names);
  return `this \`select\` loops forever: ${arms} become ready`;
}

export function tickingAdvice(story: Story): string {
  const [name] = channelsOf(story);
  return name === undefined
    ? 'Make the goroutine also wait for something that ends with its starter, such as `<-ctx.Done()`.'
    : `Close \`${name}\` on every path, preferably with \`defer close(${name})\` where it is created.`;
}

/**
 * Whether it was started for life, or nothing closes or sends on the channels that the goroutine waits for, neither the function around a variable nor
 * the file for a field: then it may be meant to run as long as the process.
 */
export function mayBeMeantToLast(pkg: GoPackage, story: Story): boolean {
  const { root, site } = story;
  if (root.ticking === undefined) return false;
  if (isStartedForLife(pkg, story)) return true;
  const names = channelsOf(story);
  if (names.length < root.ticking.length) return false;
  const local = names.every((name) => !name.includes('.'));
  const decls = site.file.decls.filter(
    (decl) => decl.kind === 'FuncDecl' && (!local || contains(decl.range, site.range)),
  );
  return !decls.some((decl) => {
    let opened = false;
    walk(decl, (node) => {
      const closes = node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'close';
      const chan = node.kind === 'SendStmt' ? node.chan : closes ? node.args[0] : undefined;
      const name = chan && site.file.text.slice(chan.range.start, chan.range.end);
      opened ||= name !== undefined && names.includes(name);
      return !opened;
    });
    return opened;
  });
}

/** `go f(context.Background())`: it waits for the end of a context that, as its starter says, has none. */
function isStartedForLife(pkg: GoPackage, { root, site }: Story): boolean {
  const isDone = (arm: Site): boolean => operationAt({ ...site, range: arm.range }).text.endsWith('.Done()');
  const start = root.process.start;
  if (start?.file === undefined || root.ticking?.every(isDone) !== true) return false;
  const go = nodesAround(start.file, start.range).findLast((node) => node.kind === 'GoStmt');
  return go?.kind === 'GoStmt' && go.call.kind === 'CallExpr' && go.call.args.some((arg) => isEndlessContext(pkg, arg));
}

/** The arms as written, as many as fit into a sentence. */
function waitsOf({ root, site }: Story): readonly string[] {
  const arms = root.ticking ?? [];
  return arms.length > 3 ? [] : arms.map((arm) => operationAt({ ...site, range: arm.range }).text);
}

/** Names of plain channels among them. */
function channelsOf({ root }: Story): readonly string[] {
  return (root.ticking ?? []).flatMap((arm: Site) => {
    const place = sourceSite(arm, []);
    const { target, name } = place ? operationAt(place) : { target: undefined, name: '' };
    return target?.kind === 'Ident' || target?.kind === 'SelectorExpr' ? [name] : [];
  });
}

function armsWords(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} can never`;
  return `neither ${names.slice(0, -1).join(', ')} nor ${names.at(-1)} can`;
}
