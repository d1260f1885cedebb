/** The shape of `.github/goplumber.yml`. The JSON schema in docs/ is generated from it. */
import { z } from 'zod';
import { maxCommentsLimit } from './config.ts';
import { onOff, resourcesSchema } from './resource-schema.ts';

const severities = ['error', 'warning', 'info'] as const;

/** Patterns are matched by `ignoreMatcher`, which knows neither braces nor brackets. */
const pattern = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^{}[\]]*$/, 'a pattern supports only `*`, `**` and `?`; write one entry per alternative')
  .describe('As in .gitignore: `*.pb.go` anywhere, `internal/legacy/` with everything in it, `!keep.go` re-includes');

const label = z.string().min(1).max(50);

const author = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9*-]+(\[bot\])?$/, 'a login, such as `dependabot[bot]`; `*` stands for any text');

export const configSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this format').optional(),
    failOn: z
      .enum([...severities, 'never'])
      .describe('Findings of this severity or higher make the check fail')
      .optional(),
    rules: z
      .record(z.string(), z.enum(['off', ...severities]))
      .describe('Severity of a rule, by its id; `off` silences it')
      .optional(),
    paths: z
      .strictObject({ ignore: z.array(pattern).max(200).describe('Files in which nothing is reported').optional() })
      .optional(),
    tests: z.enum(['include', 'ignore']).describe('Whether findings in `_test.go` files are reported').optional(),
    unfinished: z
      .enum(['fail', 'neutral'])
      .describe('What the check says when a review ended early: out of time, given up, without a permission')
      .optional(),
    undecided: z
      .enum(['fail', 'neutral', 'pass'])
      .describe('What the check says of changed code that was not decided, not analysed, or silenced by the change')
      .optional(),
    skip: z
      .strictObject({
        labels: z.array(label).max(50).describe('Pull requests with one of these labels are not reviewed').optional(),
        authors: z.array(author).max(200).describe('Pull requests of these authors are not reviewed').optional(),
      })
      .optional(),
    maxComments: z
      .int()
      .min(0)
      .max(maxCommentsLimit)
      .describe('Comments open in a pull request; the rest is listed in the check')
      .optional(),
    drafts: z.enum(['skip', 'review']).describe('What to do with draft pull requests').optional(),
    suggestions: onOff.describe('Whether verified fixes are offered as one-click suggestions').optional(),
    goVersion: z
      .string()
      .regex(/^1\.\d{1,3}$/, 'a Go version is written as `"1.24"`')
      .describe('Go version to assume instead of the one in go.mod')
      .optional(),
    resources: resourcesSchema.optional(),
    budgets: z
      .strictObject({
        states: z
          .int()
          .min(100)
          .max(100_000)
          .describe('States that one search for a blocked goroutine may visit')
          .optional(),
      })
      .optional(),
  })
  .describe('Configuration of Goplumber, read from `.github/goplumber.yml` of the base branch');

export type ConfigInput = z.infer<typeof configSchema>;

/** The JSON schema for editors, as published in docs/goplumber.schema.json. */
export function configJsonSchema(): object {
  return { title: 'goplumber.yml', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
