/** What is said of a channel that an answer may find without receiver, and the room that repairs it. */
import { fixOf, replaceNode } from '../../analysis/code-edits.ts';
import type { Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Rule } from '../../analysis/rule.ts';
import { contains } from '../../text/offset.ts';
import { oneLine, related } from '../lifecycle/wording.ts';
import { textOf } from '../ownership/waiting.ts';
import { type LateAnswer, lateAnswers } from './late-answer.ts';
import { blockedFindings } from './leaks.ts';

export const lateAnswer: Omit<Rule<LateAnswer>, 'meta'> = {
  detect(pass) {
    const found = lateAnswers(pass);
    if (found.length === 0) return found;
    // The explorer has a path for it, which says more.
    const told = pass.shared(blockedFindings).flatMap(({ story }) => story.root.madeAt ?? []);
    return found.filter(({ make, inside }) => {
      return !told.some(({ file, range }) => file === inside.file && contains(range, make.range));
    });
  },
  describe({ inside, name, make, leaves, answers }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(make);
    const line = file.lines.lineAt(leaves.range.start);
    const [answer] = answers;
    const send = answer ? oneLine(textOf(pkg, answer)) : 'the answer';
    return {
      location: pass.at(file, make),
      message: `If \`${inside.name.name}\` returns on line ${line} before it is answered, \`${send}\` blocks forever: \`${name}\` is unbuffered, and nobody else receives from it.`,
      advice: `Buffer \`${name}\` for the one answer: \`make(chan T, 1)\`.`,
      severity: 'warning',
      causes: [pass.at(file, leaves), ...answers.map((node) => pass.at(pkg.fileOf(node), node))],
      related: [
        related(pass, leaves, 'the asking function may return here'),
        ...answers.slice(0, 2).map((node) => related(pass, node, 'the answer')),
      ],
    };
  },
  fix({ make, name }, { pkg }): readonly SuggestedFix[] {
    const file = pkg.fileOf(make);
    const [type] = make.args;
    if (!type) return [];
    const room = `make(${textOf(pkg, type)}, 1)`;
    return [fixOf(file, `Give \`${name}\` a buffer for the answer`, [replaceNode(file, make, [room])])];
  },
};
