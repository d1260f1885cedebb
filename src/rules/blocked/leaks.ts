/** The findings of the whole group, computed once per package and shared by its rules. */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import { explorePackage, type Undecided } from '../../concurrency/explore.ts';
import type { Site } from '../../concurrency/ir.ts';
import type { Leak } from '../../concurrency/leak.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { contains } from '../../text/offset.ts';
import type { BlockedRule } from './classify.ts';
import { type BlockedFinding, findingsOf } from './finding.ts';
import { sourceSite } from './operation.ts';
import { weigher } from './plausibility/verdict.ts';

/** What the explorer finds in the package, told; undecided functions are counted as unknown. */
export const blockedFindings: SharedKey<readonly BlockedFinding[]> = {
  name: 'explorer',
  compute: (pass) => {
    const { leaks, undecided } = explored(pass);
    for (const { entry, reason } of undecided) {
      const place = sourceSite(entry.site, []);
      if (place)
        pass.unknown(
          `${entry.name}: ${reason}`,
          pass.at(place.file, { start: place.range.start, end: place.range.start }),
        );
    }
    return findingsOf(pass, leaks);
  },
};

/** Findings of one rule; a package in which nothing can block costs a look at its text. */
export function findingsFor(rule: BlockedRule, pass: Pass): readonly BlockedFinding[] {
  return pass.shared(blockedFindings).filter((finding) => finding.rule === rule);
}

/** One search of a package, as it was asked for, and what it found. */
interface Search {
  readonly states: number | undefined;
  readonly from: ((decl: FuncDecl) => boolean) | undefined;
  readonly leaks: readonly Leak[];
  readonly undecided: readonly Undecided[];
}

/** Searches are expensive and their answer hangs on the package alone, so they are kept as long as it. */
const searches = new WeakMap<GoPackage, Search[]>();

/** The leaks of every entry that the pass asks for. */
function explored(pass: Pass): Pick<Search, 'leaks' | 'undecided'> {
  const { pkg, pathsIn } = pass;
  const found = searched(pass);
  if (!pathsIn) return found;
  const isIn = (site: Site) => {
    const decl = declAround(pkg, site);
    return decl !== undefined && pathsIn(decl);
  };
  return {
    leaks: found.leaks.filter((leak) => isIn(leak.entry.site) && sitesOf(leak).every(isIn)),
    undecided: found.undecided.filter(({ entry }) => isIn(entry.site)),
  };
}

function searched({ pkg, searchStates: states, searchFrom: from, testsOnly, progress }: Pass): Search {
  const done = searches.get(pkg) ?? [];
  const same = done.find((one) => one.states === states && one.from === from);
  if (same) return same;
  const { leaks, undecided } = explorePackage(pkg, {
    everyEntry: true,
    ...(testsOnly === undefined ? {} : { testsOnly }),
    weigh: weigher(pkg),
    ...(states === undefined ? {} : { budget: { states } }),
    ...(from === undefined ? {} : { only: from }),
    ...(progress === undefined ? {} : { progress }),
  });
  const search: Search = { states, from, leaks, undecided };
  searches.set(pkg, [...done, search]);
  return search;
}

/** Where a path leads: every place in the source at which something happens or is stuck. */
function sitesOf({ trace, stuck }: Leak): readonly Site[] {
  return [...trace, ...stuck]
    .flatMap(({ site, callers }) => [site, ...callers])
    .filter(({ file }) => file !== undefined);
}

/** The declared function in which a place lies. */
function declAround(pkg: GoPackage, { file, range }: Site): FuncDecl | undefined {
  return pkg.funcDecls.find((decl) => decl.file === file && contains(decl.range, range));
}
