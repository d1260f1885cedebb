/** The rules about values that must be released, one for each kind of resource. */
import type { Report } from '../../analysis/diagnostic.ts';
import { type AnyRule, anyRule, type Pass, type RuleMeta, together } from '../../analysis/rule.ts';
import { ownTransportRule } from './own-transport.ts';
import { releaseFix } from './release-fix.ts';
import { resources } from './resources.ts';
import { metas } from './rule-metas.ts';
import { type Unreleased, unreleasedKey } from './unreleased.ts';

export const resourceRules: readonly AnyRule[] = metas.map((meta) => {
  const rule = anyRule<Unreleased>({
    meta,
    detect: (pass) =>
      speaks(meta, pass) ? pass.shared(unreleasedKey).filter(({ resource }) => resource.rule === meta.id) : [],
    describe,
    ...(isRepaired(meta) ? { fix: (finding: Unreleased, pass: Pass) => releaseFix(pass.pkg, finding) } : {}),
  });
  return together(rule, meta.id === 'unclosed-client' ? [anyRule(ownTransportRule(meta))] : []);
});

function isRepaired({ id }: RuleMeta): boolean {
  return resources.some(({ rule, advice }) => rule === id && advice.kind !== 'manual');
}

/** Tickers are collected from Go 1.23; an unknown version is the newest. */
function speaks(meta: RuleMeta, { pkg }: Pass): boolean {
  if (meta.id !== 'unstopped-ticker') return true;
  return pkg.goVersion !== undefined && pkg.goVersion.major === 1 && pkg.goVersion.minor < 23;
}

function describe(finding: Unreleased, pass: Pass): Report {
  const { resource, call, name, target, exit } = finding;
  const file = pass.pkg.fileOf(call);
  const leaving = exit && pass.at(file, exit.node);
  return {
    location: pass.at(file, call),
    message: `${whatIsMissing(finding, leaving?.endLine)}, so ${resource.keeps}.`,
    advice: resource.advice.kind === 'manual' ? resource.advice.text : 'Defer the release right after the call.',
    related: leaving ? [{ location: leaving, message: exitNote(finding) }] : [],
    causes: leaving ? [leaving] : [],
    identity: `${name} ${target?.name ?? '_'}`,
    ...(resource.stays === 'handle' ? { severity: 'info' as const } : {}),
  };
}

function exitNote({ exit }: Unreleased): string {
  return exit?.kind === 'overwritten' ? 'here the variable gets another value' : 'this exit does not release it';
}

function whatIsMissing(finding: Unreleased, line: number | undefined): string {
  const { target, exit, name } = finding;
  const release = releaseOf(finding);
  if (!exit || line === undefined || !target) return `The ${release.noun} of \`${name}\` is dropped`;
  const without =
    release.noun === '' ? `\`${release.code}\`` : `\`${target.name}\`, the ${release.noun} of \`${name}\``;
  if (exit.kind === 'return') return `The return on line ${line} is reached without ${without}`;
  if (exit.kind === 'jump') return `The jump on line ${line} leaves the block without ${without}`;
  if (exit.kind === 'overwritten')
    return `The assignment on line ${line} overwrites ${overwritten(finding, target.name)}`;
  return `The block ends after line ${line} without ${without}`;
}

function overwritten(finding: Unreleased, variable: string): string {
  const { noun, code } = releaseOf(finding);
  return noun === ''
    ? `\`${variable}\` without \`${code}\``
    : `\`${variable}\`, the ${noun} of \`${finding.name}\`, before it is called`;
}

/** How a reader would write the release; with a noun for functions that release by being called. */
function releaseOf({ resource, target }: Unreleased): { readonly noun: string; readonly code: string } {
  const [way = ''] = resource.releasedBy;
  if (resource.rule === 'lost-cancel') return { noun: 'cancel function', code: '' };
  if (resource.rule === 'unstopped-iterator') return { noun: 'stop function', code: '' };
  if (!target || target.name === '_')
    return { noun: resource.rule === 'unclosed-body' ? 'response' : 'result', code: '' };
  if (resource.rule === 'unfinished-stream') return { noun: '', code: `${target.name}.${resource.ends?.method}()` };
  if (way.endsWith('(x)')) return { noun: '', code: `${way.slice(way.lastIndexOf('/') + 1, -3)}(${target.name})` };
  return { noun: '', code: `${target.name}.${way}` };
}
