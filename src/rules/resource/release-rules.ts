/** The rules about values that must be released, one for each kind of value in the table. */
import type { Report } from '../../analysis/diagnostic.ts';
import { type AnyRule, anyRule, type Pass, type RuleMeta } from '../../analysis/rule.ts';
import { releaseFix } from './release-fix.ts';
import { type Unreleased, unreleasedKey } from './unreleased.ts';

const metas: readonly RuleMeta[] = [
  {
    id: 'lost-cancel',
    group: 'resource',
    summary: 'The cancel function of a context is dropped, or not called on every path.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A cancel function that is handed on and never called is not reported.' }],
  },
  {
    id: 'unstopped-iterator',
    group: 'resource',
    summary: 'The stop function of iter.Pull is dropped, or not called on every path.',
    severity: 'warning',
    since: '0.1.0',
    goVersions: '>=1.23',
    knownProblems: [{ kind: 'miss', text: 'A stop function that is handed on and never called is not reported.' }],
  },
  {
    id: 'unstopped-ticker',
    group: 'resource',
    summary: 'A ticker is never stopped, which keeps it forever before Go 1.23.',
    severity: 'warning',
    since: '0.1.0',
    goVersions: '<1.23',
    knownProblems: [
      { kind: 'miss', text: 'A ticker in a field, or one that is stopped on some paths only, is not judged.' },
    ],
  },
];

export const resourceRules: readonly AnyRule[] = metas.map((meta) =>
  anyRule<Unreleased>({
    meta,
    detect: (pass) =>
      speaks(meta, pass) ? pass.shared(unreleasedKey).filter(({ fact }) => fact.rule === meta.id) : [],
    describe,
    fix: (finding, pass) => releaseFix(pass.pkg, finding),
  }),
);

/** Tickers are collected from Go 1.23; an unknown version is the newest. */
function speaks(meta: RuleMeta, { pkg }: Pass): boolean {
  if (meta.id !== 'unstopped-ticker') return true;
  return pkg.goVersion !== undefined && pkg.goVersion.major === 1 && pkg.goVersion.minor < 23;
}

function describe(finding: Unreleased, pass: Pass): Report {
  const { fact, call, name, target, exit } = finding;
  const file = pass.pkg.fileOf(call);
  return {
    location: pass.at(file, call),
    message: `${whatIsMissing(finding, exit && file.lines.lineAt(exit.range.start))}, so ${fact.keeps}.`,
    advice: 'Defer the release right after the call.',
    related: exit ? [{ location: pass.at(file, exit), message: 'this exit does not release it' }] : [],
    causes: exit ? [pass.at(file, exit)] : [],
    identity: `${name} ${target.name}`,
  };
}

function whatIsMissing({ fact, name, target }: Unreleased, exitLine: number | undefined): string {
  const release = fact.rule === 'lost-cancel' ? 'cancel function' : 'stop function';
  if (target.name === '_') return `The ${release} of \`${name}\` is dropped`;
  if (exitLine !== undefined)
    return `The return on line ${exitLine} is reached without \`${target.name}\`, the ${release} of \`${name}\``;
  return `Nothing calls \`${target.name}.${fact.method ?? ''}\` after \`${name}\``;
}
