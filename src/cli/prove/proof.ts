/** From a finding with a witness to the text of a Go test that shows it. */
import type { Scenario } from '../../analysis/diagnostic.ts';
import type { FuncDecl } from '../../go/ast.ts';
import { nodesAround } from '../../go/nodes-around.ts';
import type { GoPackage } from '../../go/package.ts';
import { range } from '../../text/offset.ts';
import type { ReportedDiagnostic } from '../report.ts';
import { callsOf } from './calls.ts';
import { ownName, testFile } from './test-file.ts';
import { Imports, Unnameable } from './type-source.ts';
import { Values } from './values.ts';

export interface Proof {
  /** Base name of the file that the test belongs in. */
  readonly file: string;
  /** Name of the test function. */
  readonly test: string;
  readonly text: string;
  /** What a person has to write first; empty when the test is whole. */
  readonly gaps: readonly string[];
}

/** Why there is no test. */
export interface NoProof {
  readonly kind: 'none';
  readonly reason: string;
}

/** The test for a finding of a package. */
export function proofOf(finding: ReportedDiagnostic, pkg: GoPackage): Proof | NoProof {
  const { scenario, defect, witness } = finding;
  if (!scenario || witness.length === 0)
    return { kind: 'none', reason: `${finding.rule} has no witness that a test could follow` };
  const file = pkg.files.find(({ path }) => path === defect.path);
  const start = file && file.lines.lineStart(defect.startLine) + defect.startColumn - 1;
  const decl = file && start !== undefined ? nodesAround(file, range(start, start + 1))[0] : undefined;
  if (!file || !decl) return { kind: 'none', reason: `${defect.path} is not in the package` };
  const around = decl.kind === 'FuncDecl' ? decl.name.name : 'Value';
  const name = `${around.charAt(0).toUpperCase()}${around.slice(1)}${defect.startLine}`;
  const built = statementsOf(finding, scenario, pkg, name);
  const text = testFile({
    packageName: file.packageName,
    finding,
    functionHead: headOf(file.text, decl),
    // A goroutine that goes round is met anywhere in the function.
    operation: scenario.ticking ? '' : operationOf(defect),
    name,
    panics: scenario.panics === true,
    ticking: scenario.ticking === true,
    again: scenario.again === true,
    ...built,
  });
  return {
    file: `leak_${around.toLowerCase()}_${defect.startLine}_test.go`,
    test: `TestLeak${name}`,
    text,
    gaps: built.gaps,
  };
}

interface Built {
  readonly statements: readonly string[];
  readonly ways: number;
  readonly stubs: readonly string[];
  readonly imports: Imports;
  readonly gaps: readonly string[];
}

function statementsOf(finding: ReportedDiagnostic, scenario: Scenario, pkg: GoPackage, name: string): Built {
  const imports = new Imports(pkg);
  const values = new Values(pkg, imports, {
    pick: ownName(name, 'pick'),
    constants: comparedConstants(scenario, pkg),
    nil: pkg.files.some(({ path, text }) => path === finding.defect.path && /\b(?!err\b)\w+ [!=]= nil\b/.test(text)),
  });
  try {
    const statements = callsOf(scenario, pkg, values);
    if (statements)
      return { statements, ways: values.ways, stubs: values.stubs.sources, imports, gaps: [...new Set(values.gaps)] };
  } catch (error) {
    if (!(error instanceof Unnameable)) throw error;
  }
  const first = finding.witness[0];
  const gap = `the call that leads to ${first?.path.split('/').at(-1)}:${first?.line}`;
  return {
    statements: [`t.Skip("write me: ${gap}")`],
    ways: 1,
    stubs: [],
    imports: new Imports(pkg),
    gaps: [gap],
  };
}

/** Literals that the called functions compare with: they decide which way is taken. */
function comparedConstants({ calls }: Scenario, pkg: GoPackage): readonly string[] {
  const texts = calls.map(
    ({ path, range }) => pkg.files.find((file) => file.path === path)?.text.slice(range.start, range.end) ?? '',
  );
  const found = texts.flatMap((text) => [
    ...text.matchAll(/(?:[=!<>]=|[<>])\s*("(?:[^"\\\n]|\\.){0,40}"|\d{1,4}\b)|\bcase\s+("(?:[^"\\\n]|\\.){0,40}")/g),
  ]);
  const special = [
    // A file that can be read, and an address that no request can be made of.
    ...(texts.some((text) => /\bos\.(ReadFile|Open)/.test(text)) ? ['os.DevNull'] : []),
    ...(texts.some((text) => /\bNewRequest/.test(text)) ? ['":"'] : []),
  ];
  return [...new Set([...found.map((match) => match[1] ?? match[2] ?? ''), ...special])].slice(0, 4);
}

/** `func (c *Client) Get(` as it stands in the source, or the beginning of another declaration. */
function headOf(text: string, decl: { readonly kind: string; readonly range: FuncDecl['range'] }): string {
  const line = text.slice(decl.range.start, decl.range.end).split('\n', 1)[0] ?? '';
  const head = /^func (\([^)]*\) )?[\p{L}\p{N}_]+[[(]/u.exec(line)?.[0];
  return head ?? line.replace(/[={(].*$/, '').trimEnd();
}

/** The first line of the operation, as it is written. */
function operationOf({
  source,
  startLine,
  startColumn,
  endLine,
  endColumn,
  text,
}: ReportedDiagnostic['defect']): string {
  const line = source?.split('\n')[startLine - 1] ?? text;
  return line.slice(startColumn - 1, endLine === startLine ? endColumn - 1 : undefined).trim();
}
