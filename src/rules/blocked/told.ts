/**
 * Which findings were told already. One is covered by another at the same operation; or by one of the same rule, object
 * and departure: one cause with several victims. Each way to be covered is a key, so that thousands are asked in one pass.
 */
import type { Site } from '../../concurrency/ir.ts';
import type { File } from '../../go/ast.ts';
import type { BlockedFinding } from './finding.ts';

export class Told {
  readonly findings: BlockedFinding[] = [];
  readonly #keys = new Set<string>();
  readonly #files = new Map<File, number>();

  add(finding: BlockedFinding): void {
    this.findings.push(finding);
    for (const key of this.#ways(finding)) this.#keys.add(key);
    const { keeper, root } = finding.story;
    if (keeper && root.heldAt && !isElsewhere(finding.story)) this.#keys.add(`held ${this.#place(root.heldAt)}`);
  }

  covers(finding: BlockedFinding): boolean {
    const { root, leak } = finding.story;
    const held = leak.contract?.next && !isElsewhere(finding.story) ? root.heldAt : undefined;
    const ways = [...this.#ways(finding), ...(held ? [`held ${this.#place(held)}`] : [])];
    return ways.some((key) => this.#keys.has(key));
  }

  #ways({ rule, story }: BlockedFinding): readonly string[] {
    const reported = `reported ${this.#place(story.reported)}`;
    if (isElsewhere(story)) return [reported];
    const { root, departure, site, operation } = story;
    const end = departure ? departure.site : root.process.start;
    // What stands for a caller has no place, and is not the same cause as another one.
    const cause =
      root.madeAt?.file && end?.file
        ? [`${rule} ${this.#place(root.madeAt)} ${departure ? 'left' : 'began'} ${this.#place(end)}`]
        : [];
    return [reported, `at ${this.#file(site.file)}:${operation.range.start}`, ...cause];
  }

  #place({ file, range }: Site): string {
    return `${this.#file(file)}:${range.start}-${range.end}`;
  }

  /** Files are told apart by identity: a package and its base may hold two of one path. */
  #file(file: File | undefined): number {
    if (file === undefined) return 0;
    const known = this.#files.get(file) ?? this.#files.size + 1;
    this.#files.set(file, known);
    return known;
  }
}

/** Whether the stuck operation stands in another package than the one under review. */
export function isElsewhere({ site, reported }: BlockedFinding['story']): boolean {
  return reported !== site;
}
