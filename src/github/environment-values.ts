/** Values of environment variables, and what is wrong with them. */
import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of the file that the variable `name` points to; a mistake is said. */
export function readFile(name: string, path: string, problems: string[]): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    problems.push(`${name} cannot be read (${code}): ${path}`);
    return undefined;
  }
}

/** A whole number within bounds; what is wrong is said, and the least is taken. */
export function integer(
  env: Environment,
  name: string,
  fallback: number | undefined,
  least: number,
  most: number,
  problems: string[],
): number {
  const text = env[name];
  if (text === undefined || text === '') {
    if (fallback === undefined) problems.push(`${name} is missing.`);
    return fallback ?? least;
  }
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  problems.push(
    `${name} is "${text}"; it must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}.`,
  );
  return least;
}
