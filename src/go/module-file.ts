/** What go.mod and go.work say about where packages come from. Reference: https://go.dev/ref/mod#go-mod-file */

/** `replace Path [Version] => Target [TargetVersion]`. A target without a version is a folder. */
export interface Replacement {
  readonly path: string;
  readonly version?: string;
  readonly target: string;
  readonly targetVersion?: string;
}

export interface ModuleFile {
  /** The `module` line of a go.mod. */
  readonly module?: string;
  /** Versions by module path, indirect ones included. */
  readonly requires: ReadonlyMap<string, string>;
  readonly replaces: readonly Replacement[];
  /** The folders of a go.work, as written. */
  readonly uses: readonly string[];
}

/** No module path or version is longer. UTF-16 units. */
const maxLine = 1000;

/** More directives than this are passed over: no real file has a tenth of them. */
const maxDirectives = 20_000;

/** Reads a go.mod or a go.work. Never throws; lines that make no sense are passed over. */
export function parseModuleFile(text: string): ModuleFile {
  const requires = new Map<string, string>();
  const replaces: Replacement[] = [];
  const uses: string[] = [];
  let module: string | undefined;
  for (const [verb, ...words] of directivesOf(text)) {
    const [first, second] = words;
    if (first === undefined) continue;
    if (verb === 'module') module ??= first;
    else if (verb === 'use') uses.push(first);
    else if (verb === 'require' && second !== undefined) requires.set(first, second);
    else if (verb === 'replace') {
      const replacement = replacementOf(words);
      if (replacement) replaces.push(replacement);
    }
  }
  return { ...(module === undefined ? {} : { module }), requires, replaces, uses };
}

function replacementOf(words: readonly string[]): Replacement | undefined {
  const arrow = words.indexOf('=>');
  const [path, version] = words.slice(0, arrow);
  const [target, targetVersion] = words.slice(arrow + 1);
  if (arrow < 1 || path === undefined || target === undefined) return undefined;
  return {
    path,
    ...(version === undefined ? {} : { version }),
    target,
    ...(targetVersion === undefined ? {} : { targetVersion }),
  };
}

/** The words of each directive, its verb first; those of a block in parentheses one by one. */
function directivesOf(text: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let block: string | undefined;
  for (const raw of text.replace(/^\uFEFF/, '').split('\n')) {
    if (found.length >= maxDirectives) break;
    if (raw.length > maxLine) continue;
    const words = wordsOf(raw);
    const [verb, next] = words;
    if (verb === undefined) continue;
    if (block !== undefined) {
      if (verb === ')') block = undefined;
      else found.push([block, ...words]);
    } else if (next === '(') block = verb;
    else found.push(words);
  }
  return found;
}

function wordsOf(line: string): readonly string[] {
  const comment = line.indexOf('//');
  const words = (comment === -1 ? line : line.slice(0, comment)).match(/"[^"]*"|`[^`]*`|[()]|[^\s()"`]+/g) ?? [];
  return words.map((word) => word.replace(/^["`](.*)["`]$/, '$1'));
}
