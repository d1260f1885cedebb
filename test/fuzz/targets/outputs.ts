/** Whatever stands in paths, code, branches, authors and messages, no reader of the output obeys it. */
import fc from 'fast-check';
import { formatGitHub } from '../../../src/cli/format/github.ts';
import { formatJson } from '../../../src/cli/format/json.ts';
import { formatSarif } from '../../../src/cli/format/sarif.ts';
import { formatFinding, formatText } from '../../../src/cli/format/text.ts';
import { defaultConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/github/log.ts';
import { checkReport } from '../../../src/review/check-report.ts';
import { commentBody } from '../../../src/review/comment.ts';
import { context, fullDiagnostic, reportOf } from '../../cli/sample-report.ts';
import { escapeHtml, markdownToHtml } from '../../demo/markdown.ts';
import { diagnostic, emptyReview, finding, group, links, location } from '../../review/fixtures.ts';
import { outsideOfCode } from '../../review/outside-of-code.ts';
import { holdsControl, isObeyed } from '../characters.ts';
import { must, type Target } from '../target.ts';
import { hostileLine, hostileText } from '../texts.ts';

interface Said {
  readonly path: string;
  readonly message: string;
  readonly code: string;
  readonly advice: string;
  readonly witness: string;
}

const said = fc.record({
  path: hostileLine,
  message: hostileText,
  code: hostileText,
  advice: hostileText,
  witness: hostileText,
});

/** What a CI runner obeys: a command at the start of a line, or one of the old kind anywhere. */
const command = /^\s*::|##\[/m;

export const outputTarget: Target<Said> = { name: 'outputs', weight: 2, inputs: said, check: checkOutputs };

function checkOutputs({ path, message, code, advice, witness }: Said): void {
  const report = reportOf({
    path,
    message,
    advice,
    related: [{ path, line: 1, message: witness }],
    witness: [{ path, line: 2, text: witness }],
    fixes: fullDiagnostic.fixes.map((fix) => ({
      ...fix,
      message,
      diff: `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-${code}\n+${code}\n`,
    })),
    defect: { ...fullDiagnostic.defect, path, text: code, startColumn: 1, endColumn: code.length + 1 },
  });
  const text = formatText(report, context) + formatFinding(report.diagnostics[0] ?? fullDiagnostic, false);
  must(!isObeyed(text), 'the text for a terminal holds a character that it obeys');
  must(!command.test(text), 'the text holds a workflow command');
  const gitHub = formatGitHub(report);
  must(!isObeyed(gitHub), 'the workflow commands hold a control character');
  for (const line of gitHub.trimEnd().split('\n'))
    must(
      /^::(error|warning|notice|group|endgroup|debug) ?/.test(line) || !command.test(line),
      'a line is a command that is not ours',
    );
  for (const [name, json] of [
    ['JSON', formatJson(report)],
    ['SARIF', formatSarif(report, context)],
  ] as const) {
    must(!isObeyed(json), `${name} holds a control character`);
    must(
      JSON.stringify(JSON.parse(json)).includes(JSON.stringify(path).slice(1, -1)) || name === 'SARIF',
      `${name} lost the path`,
    );
  }
  checkLog(path, message);
}

function checkLog(path: string, message: string): void {
  const written: string[] = [];
  const log = createLog('info', { write: (line) => written.push(line) });
  log.info({ repository: path, head: message }, message);
  log.error({ err: new Error(message) }, path);
  for (const line of written) {
    must(line.indexOf('\n') === line.length - 1, 'an entry of the log has more than one line');
    JSON.parse(line);
    must(!holdsControl(line), 'the log holds a control character');
  }
}

/** Comments, checks and the page of the demo. */
export const markdownTarget: Target<Said> = { name: 'markdown', weight: 2, inputs: said, check: checkMarkdown };

function checkMarkdown({ path, message, code, advice, witness }: Said): void {
  const place = location(path, 9);
  const found = finding({
    diagnostic: diagnostic({
      location: place,
      message,
      advice,
      related: [{ location: place, message: witness }],
      witness: [{ location: place, process: code, text: witness }],
    }),
    offer: {
      kind: 'suggestion',
      message,
      path,
      startLine: 9,
      endLine: 9,
      hunk: 0,
      replacement: code.replaceAll('\n', ' '),
      ending: '\n',
    },
  });
  const one = group(found);
  const body = commentBody(one, links);
  checkShown(body, 'a comment');
  const config = { config: defaultConfig, issues: [{ line: 1, column: 1, key: path, message }], readable: true };
  const review = emptyReview({
    groups: [one],
    omissions: [{ path, reason: message }],
    crashes: [{ dir: path, rule: path, message }],
  });
  const report = checkReport({
    review,
    config,
    links,
    uncommented: [one],
    refusals: [message],
    alreadySaid: [],
    dismissed: [],
  });
  must(!/[\r\n]/.test(report.title) && report.title.length <= 255, 'the title of a check is no line');
  for (const text of [report.summary, report.text ?? '']) checkShown(text, 'a check');
  for (const page of [body, report.summary].map((text) => markdownToHtml(text, () => undefined)))
    must(
      !/<(?!\/?(?:p|h4|ul|ol|li|table|tr|th|td|pre|code|a|strong|details|summary|sub|br|kbd|svg|g|line|rect|text|path|polygon|defs|marker|title|style|span|tspan|circle|polyline)\b)/.test(
        page,
      ) && !/<script|onerror=|javascript:/i.test(page.replace(/<code>.*?<\/code>/gs, '')),
      'the page holds a tag of the text',
    );
  must(!/[<>"]/.test(escapeHtml(message)), 'HTML is not escaped');
}

/** Outside of code nothing is left that GitHub would turn into a link, a notification or a tag. */
function checkShown(markdown: string, what: string): void {
  const outside = outsideOfCode(markdown);
  must(!isObeyed(outside.replaceAll('\r', '')), `${what} holds a control character`);
  must(
    !/@team|@acme|(?<![\w/])#1\b|\bGH-7|www\.evil|https:\/\/a\.b|<script|<img|\[a\]\(b\)/.test(outside),
    `${what} holds something that GitHub acts on`,
  );
}
