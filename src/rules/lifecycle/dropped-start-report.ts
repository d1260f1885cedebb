/** What is said of a value that is dropped while its goroutine runs. */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { GoPackage } from '../../go/package.ts';
import { textOf } from '../ownership/waiting.ts';
import type { DroppedStart } from './dropped-start.ts';
import { oneLine, related } from './wording.ts';

export function describeDropped(finding: DroppedStart, pass: Pass): Report {
  const { started, value, type, stop, home, loop, exit, within, goroutine } = finding;
  const { pkg } = pass;
  const name = `\`${stop.name.name}\``;
  const location = pass.at(pkg.fileOf(started), started);
  return {
    location,
    message: `The goroutine of \`${oneLine(value)}\` leaks when ${failure(pkg, finding)}: nobody calls ${name} of \`${type.name}\`, which is the only thing that ends it.`,
    advice: `Call ${name} before ${finding.fails ? 'the error is returned' : 'the function returns'}.`,
    related: [
      ...(within ? [related(pass, within, 'this return drops it')] : []),
      related(pass, exit, within ? 'and its caller drops it here' : 'this return drops it'),
      { location: pass.at(goroutine.start.file, goroutine.start.node), message: 'the goroutine starts here' },
      { location: pass.at(home.fileOf(loop), loop), message: `the loop that only ${name} ends` },
    ],
    causes: [pass.at(pkg.fileOf(exit), exit), ...(within ? [pass.at(pkg.fileOf(within), within)] : [])],
  };
}

function failure(pkg: GoPackage, { exit, within, fails }: DroppedStart): string {
  const [call] = exit.results;
  if (within && call?.kind === 'CallExpr') return `\`${oneLine(textOf(pkg, call.fun))}\` fails`;
  return `line ${pkg.fileOf(exit).lines.lineAt(exit.range.start)} returns${fails ? ' an error' : ''}`;
}
