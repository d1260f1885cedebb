/** Folders of Go code that every machine with Go has, and larger ones that are named on the command line. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Corpus {
  readonly name: string;
  readonly root: string;
  readonly paths: readonly string[];
}

/** Go's own source, two large packages of it, and any folders given. */
export function corpora(folders: readonly string[]): readonly Corpus[] {
  const source = join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'src');
  return [
    { name: 'net/http', root: source, paths: ['net/http'] },
    { name: 'cmd/compile/internal/ssa', root: source, paths: ['cmd/compile/internal/ssa'] },
    { name: "Go's src", root: source, paths: ['./...'] },
    ...folders.map((folder) => ({ name: folder, root: folder, paths: ['./...'] })),
  ];
}

/** A Markdown table with the numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const rule = `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
