import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commit, folderWith, git, repositoryWith, writeFiles } from '../local/git-sandbox.ts';
import { runCli } from './run-cli.ts';
import { reportValidator, sarifValidator } from './schemas.ts';

const module = 'module example.org/pages\n\ngo 1.24\n';
const before =
  'package pages\n\nimport "context"\n\ntype Page struct{}\n\nfunc load(ctx context.Context) *Page { return &Page{} }\n';
const leak = `${before}
func Fetch(ctx context.Context) (*Page, error) {
	result := make(chan *Page)
	go func() { result <- load(ctx) }()
	select {
	case page := <-result:
		return page, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
`;

interface Found {
  readonly rule: string;
  readonly line: number;
  readonly severity: string;
  readonly side: string;
  readonly witness: readonly unknown[];
  readonly fixes: readonly { readonly verified: boolean; readonly edits: readonly Edit[] }[];
  readonly suggestion: { readonly startLine: number; readonly endLine: number; readonly replacement: string } | null;
}

interface Edit {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

async function errorsOf(folder: string, ...args: readonly string[]): Promise<readonly Found[]> {
  const { out, err } = await runCli(folder, ['check', '--format', 'json', ...args]);
  expect(err).toBe('');
  const validate = reportValidator();
  expect([validate(JSON.parse(out)), validate.errors]).toEqual([true, null]);
  return (JSON.parse(out).diagnostics as Found[]).filter(({ severity }) => severity === 'error');
}

/** Replaces whole lines as the button on GitHub does. */
function accept(text: string, suggestion: Found['suggestion']): string {
  const lines = text.split('\n');
  if (suggestion)
    lines.splice(suggestion.startLine - 1, suggestion.endLine - suggestion.startLine + 1, suggestion.replacement);
  return lines.join('\n');
}

/** Applies one edit by its lines and columns. */
function apply(text: string, edit: Edit | undefined): string {
  if (!edit) return text;
  const starts = [0];
  for (const match of text.matchAll(/\n/g)) starts.push(match.index + 1);
  const at = (line: number, column: number) => (starts[line - 1] ?? 0) + column - 1;
  return (
    text.slice(0, at(edit.startLine, edit.startColumn)) + edit.newText + text.slice(at(edit.endLine, edit.endColumn))
  );
}

describe('a leak', () => {
  it('is shown with its path, and its suggestion and its edits both make the file clean', async () => {
    const folder = folderWith({ 'go.mod': module, 'fetch.go': leak });
    const [found, ...others] = await errorsOf(folder, 'fetch.go');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ rule: 'unreceived-send', line: 11, side: 'RIGHT', fixes: [{ verified: true }] });
    expect(found?.witness.length).toBeGreaterThan(2);
    const suggested = accept(leak, found?.suggestion ?? null);
    expect(suggested).not.toBe(leak);
    expect(apply(leak, found?.fixes[0]?.edits[0])).toBe(suggested);
    writeFiles(folder, { 'fetch.go': suggested });
    expect(await errorsOf(folder, 'fetch.go')).toEqual([]);
  });

  it('that a change brings is said on the change, and not again when it is old', async () => {
    const folder = repositoryWith({ 'go.mod': module, 'pages/fetch.go': before });
    const head = commit(folder, { 'pages/fetch.go': leak }, 'fetch');
    const [found] = await errorsOf(folder, '--base', `${head}^`, '--head', head, 'pages/fetch.go');
    expect(found).toMatchObject({ rule: 'unreceived-send', side: 'RIGHT' });
    commit(folder, { 'pages/fetch.go': accept(leak, found?.suggestion ?? null) }, 'mended');
    expect(await errorsOf(folder, '--base', 'HEAD^^', '--head', 'HEAD')).toEqual([]);
    writeFiles(folder, { 'pages/fetch.go': `${leak}\n// moved on\n` });
    expect(await errorsOf(folder, '--base', head)).toEqual([]);
    expect(git(folder, 'status', '--porcelain')).toBe(' M pages/fetch.go');
  });

  it('fits SARIF and the terminal, with exit code 1', async () => {
    const folder = folderWith({ 'go.mod': module, 'fetch.go': leak });
    const sarif = await runCli(folder, ['check', '--format', 'sarif']);
    const validate = sarifValidator();
    expect([validate(JSON.parse(sarif.out)), validate.errors, sarif.code]).toEqual([true, null, 1]);
    const text = await runCli(folder, ['check', 'fetch.go']);
    expect([text.code, text.err]).toEqual([1, '']);
    expect(text.out).toContain('fetch.go:11:14: error unreceived-send: ');
    expect(text.out).toContain('  fix (verified): ');
    expect(readFileSync(join(folder, 'fetch.go'), 'utf8')).toBe(leak);
  });
});
