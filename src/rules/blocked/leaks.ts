/** The findings of the whole group, computed once per package and shared by its rules. */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import { explorePackage } from '../../concurrency/explore.ts';
import type { BlockedRule } from './classify.ts';
import { type BlockedFinding, findingsOf } from './finding.ts';
import { sourceSite } from './operation.ts';

/** What the explorer finds in the package, told; undecided functions are counted as unknown. */
export const blockedFindings: SharedKey<readonly BlockedFinding[]> = {
  name: 'explorer',
  compute: (pass) => {
    const { leaks, undecided } = explorePackage(
      pass.pkg,
      pass.searchStates === undefined ? {} : { budget: { states: pass.searchStates } },
    );
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

/** Constructs without which nothing can block for ever; looked for in the text, which is cheaper than a search. */
const CONSTRUCTS = /<-|\bchan\b|\bsync\.|\bselect\b/;

/** Findings of one rule; a package without channels and locks costs a look at its text. */
export function findingsFor(rule: BlockedRule, pass: Pass): readonly BlockedFinding[] {
  if (!pass.files.some((file) => CONSTRUCTS.test(file.text))) return [];
  return pass.shared(blockedFindings).filter((finding) => finding.rule === rule);
}
