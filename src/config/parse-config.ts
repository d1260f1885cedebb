/** `.github/goplumber.yml` -> Config. Mistakes are values with a line; a mistaken setting keeps its default. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { GoVersion } from '../go/package.ts';
import { type Config, defaultConfig } from './config.ts';
import { type ConfigIssue, nearest } from './config-issue.ts';
import { isLength, kindName } from './kind-names.ts';
import { nestsDeeper } from './nesting.ts';
import { resourceSchema, teamResources } from './resource-schema.ts';
import { type ConfigInput, configSchema } from './schema.ts';

export interface ParsedConfig {
  /** Complete: the defaults, overridden by every setting that is right. */
  readonly config: Config;
  /** In the order of the file. */
  readonly issues: readonly ConfigIssue[];
  /** False when it is not known what should fail the check: the text is not YAML, or `failOn` is mistaken. */
  readonly readable: boolean;
}

/** A configuration longer than this (UTF-16 units) is refused unread. */
const maxLength = 65_536;

/** Settings nest four levels deep. */
const maxNesting = 50;

type Path = readonly (string | number)[];

/** Reads a configuration. `knownRules` are the rule ids that `rules` may name. Never throws. */
export function parseConfig(text: string, knownRules: readonly string[]): ParsedConfig {
  if (text.length > maxLength)
    return unreadable({ line: 1, column: 1, key: '', message: `the file is longer than ${maxLength} characters` });
  if (nestsDeeper(text, maxNesting))
    return unreadable({ line: 1, column: 1, key: '', message: `the file nests more than ${maxNesting} levels deep` });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (at: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(at);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fault = document.errors[0];
  if (fault) return unreadable({ ...place(fault.pos[0]), key: '', message: notYaml(fault.message) });
  const settings = settingsOf(document);
  if ('message' in settings) return unreadable({ line: 1, column: 1, key: '', ...settings });
  const { input, issues } = validated(settings.value, knownRules);
  const placed = issues.map(({ path, atKey, ...rest }) => ({
    ...place(offsetOf(document, path, atKey)),
    key: path.join('.'),
    ...rest,
  }));
  placed.sort((a, b) => a.line - b.line || a.column - b.column);
  return { config: configOf(input), issues: placed, readable: !issues.some(({ path }) => path[0] === 'failOn') };
}

/** The settings of a file; one that holds only comments sets nothing. */
function settingsOf(document: Document): { readonly value: object } | Pick<ConfigIssue, 'message' | 'help'> {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { message: notYaml(String(error)) };
  }
  if (value === null || value === undefined) return { value: {} };
  if (typeof value === 'object' && !Array.isArray(value)) return { value };
  return { message: 'settings were expected', help: 'write them as `key: value`, one per line' };
}

function notYaml(fault: string): string {
  return `this is not valid YAML: ${firstLine(fault)}`;
}

function unreadable(issue: ConfigIssue): ParsedConfig {
  return { config: defaultConfig, issues: [issue], readable: false };
}

interface UnplacedIssue {
  readonly path: Path;
  /** The mistake is the key itself, not its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly help?: string;
}

function validated(
  value: object,
  knownRules: readonly string[],
): { readonly input: ConfigInput; readonly issues: readonly UnplacedIssue[] } {
  const first = configSchema.safeParse(value);
  const issues = first.success ? [] : first.error.issues.flatMap(issuesOf);
  for (const rule of Object.keys(rulesOf(value))) {
    if (!knownRules.includes(rule)) issues.push(unknownName(['rules', rule], 'rule', knownRules));
  }
  if (issues.length === 0 && first.success) return { input: first.data, issues };
  const repaired = configSchema.safeParse(
    without(
      value,
      issues.map(({ path }) => path),
    ),
  );
  return { input: repaired.success ? repaired.data : {}, issues };
}

function rulesOf(value: object): object {
  const rules = (value as { readonly rules?: unknown }).rules;
  return typeof rules === 'object' && rules !== null && !Array.isArray(rules) ? rules : {};
}

function issuesOf(issue: z.core.$ZodIssue): UnplacedIssue[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const name = path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownName([...path, key], 'setting', settingsAt(path)));
    case 'invalid_value':
      return [
        {
          path,
          atKey: false,
          message: `\`${name}\` has an unknown value`,
          help: `write ${oneOf(issue.values)}`,
        },
      ];
    case 'invalid_union':
      return [{ path, atKey: false, message: `\`${name}\` is neither on nor off`, help: 'write `on` or `off`' }];
    case 'too_big':
      return [
        {
          path,
          atKey: false,
          message: `\`${name}\` is too ${isLength(issue.origin) ? 'long' : 'large'}`,
          help: `the maximum is ${issue.maximum}`,
        },
      ];
    case 'too_small':
      return [
        {
          path,
          atKey: false,
          message: `\`${name}\` is too ${isLength(issue.origin) ? 'short' : 'small'}`,
          help: `the minimum is ${issue.minimum}`,
        },
      ];
    case 'invalid_format':
      return [{ path, atKey: false, message: `\`${name}\` is malformed`, help: issue.message }];
    case 'invalid_type':
      return [{ path, atKey: false, message: `\`${name}\` should be ${kindName(issue.expected)}`, ...typeHelp(name) }];
    default:
      return [{ path, atKey: false, message: `\`${name}\`: ${firstLine(issue.message)}` }];
  }
}

function unknownName(path: Path, what: 'rule' | 'setting', names: readonly string[]): UnplacedIssue {
  const word = String(path.at(-1) ?? '');
  const near = nearest(word, names);
  const help = near
    ? `did you mean \`${near}\`?`
    : what === 'setting'
      ? `expected ${oneOf(names)}`
      : 'the rules are listed in the documentation';
  return { path, atKey: true, message: `unknown ${what} \`${word}\``, help };
}

function settingsAt(path: Path): readonly string[] {
  if (path[0] === 'paths') return ['ignore'];
  if (path[0] === 'budgets') return ['states'];
  if (path[0] === 'skip') return ['labels', 'authors'];
  if (path[0] === 'resources') return Object.keys(resourceSchema.shape);
  return Object.keys(configSchema.shape);
}

function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => `\`${String(value)}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** YAML reads an unquoted 1.20 as the number 1.2, which is another Go version. */
function typeHelp(name: string): { readonly help?: string } {
  return name === 'goVersion' ? { help: 'put it in quotes: `"1.24"`' } : {};
}

/** The value without the elements at the given paths; deeper and later elements go first, so that indexes stay true. */
function without(value: object, paths: readonly Path[]): unknown {
  const copy = structuredClone(value);
  const order = [...paths].sort((a, b) => b.length - a.length || Number(b.at(-1)) - Number(a.at(-1)) || 0);
  for (const path of order) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], copy);
    const key = path.at(-1);
    if (Array.isArray(parent) && typeof key === 'number') parent.splice(key, 1);
    else if (typeof parent === 'object' && parent !== null && key !== undefined)
      delete (parent as Record<string | number, unknown>)[key];
  }
  return copy;
}

function configOf(input: ConfigInput): Config {
  const goVersion = input.goVersion === undefined ? undefined : goVersionOf(input.goVersion);
  return {
    failOn: input.failOn ?? defaultConfig.failOn,
    rules: new Map(Object.entries(input.rules ?? {})),
    ignore: input.paths?.ignore ?? defaultConfig.ignore,
    tests: input.tests === undefined ? defaultConfig.tests : input.tests === 'include',
    unfinished: input.unfinished ?? defaultConfig.unfinished,
    undecided: input.undecided ?? defaultConfig.undecided,
    skip: {
      labels: input.skip?.labels ?? defaultConfig.skip.labels,
      authors: input.skip?.authors ?? defaultConfig.skip.authors,
    },
    maxComments: input.maxComments ?? defaultConfig.maxComments,
    drafts: input.drafts === undefined ? defaultConfig.drafts : input.drafts === 'review',
    suggestions:
      input.suggestions === undefined
        ? defaultConfig.suggestions
        : input.suggestions === 'on' || input.suggestions === true,
    ...(goVersion && { goVersion }),
    resources: input.resources ? teamResources(input.resources) : defaultConfig.resources,
    budgets: input.budgets?.states === undefined ? {} : { states: input.budgets.states },
  };
}

function goVersionOf(text: string): GoVersion {
  const [major, minor] = text.split('.').map(Number);
  return { major: major ?? 1, minor: minor ?? 0 };
}

/** Where the value at a path stands, or its key; falls back to the nearest parent that the document shows. */
function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const name = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
      const node = depth === path.length && !atKey && isNode(pair?.value) ? pair.value : pair?.key;
      if (isNode(node) && node.range) return node.range[0];
    }
    const element = document.getIn(path.slice(0, depth), true);
    if (isNode(element) && element.range) return element.range[0];
  }
  return 0;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/[.:\s]+$/, '');
}
