/** The shape of `resources` in `.github/goplumber.yml`: libraries of a team's own that have to be released. */
import { z } from 'zod';
import type { TeamResource } from '../analysis/team-resource.ts';

/** YAML 1.2 reads `on` as a text. */
export const onOff = z.union([z.enum(['on', 'off']), z.boolean()]);

/** `example.com/queue.Open`, `example.com/queue.Client.Subscribe`. */
const callee = z
  .string()
  .max(300)
  .regex(
    /^[\w~-][\w.~/-]*\.[A-Za-z_]\w*$/,
    'an import path and a name, such as `example.com/queue.Open` or `example.com/queue.Client.Subscribe`',
  );

/** `Close()`, `Body.Close()`, `example.com/queue.Release(x)`, and `()` for what is called itself. */
const release = z
  .string()
  .max(300)
  .regex(
    /^(?:(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*\(\)|\(\)|[\w~-][\w.~/-]*\.[A-Za-z_]\w*\(x\))$/,
    'a call, such as `Close()`, `Body.Close()`, `example.com/queue.Release(x)`, or `()` for a function that is called itself',
  );

const clause = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^[\w ,;:'"().-]+$/,
    'the end of a sentence, such as `the goroutine of the queue stays`: words and `,;:\'"().-`',
  );

export const resourceSchema = z.strictObject({
  acquiredBy: z.array(callee).min(1).max(50).describe('Functions and methods that return it, with their import path'),
  releasedBy: z.array(release).min(1).max(20).describe('Ways to release it, the best one first'),
  result: z.int().min(0).max(9).describe('Which of the results it is, from 0').optional(),
  keeps: clause.describe('What stays while it is not released, as the end of a sentence').optional(),
  fix: onOff.describe('Whether a `defer` of the first way is offered').optional(),
});

export const resourcesSchema = z
  .array(resourceSchema)
  .max(100)
  .describe('Resources of your own libraries, reported by `unclosed-client`');

/** Entries without what they leave out. */
export function teamResources(entries: readonly z.infer<typeof resourceSchema>[]): readonly TeamResource[] {
  return entries.map(({ acquiredBy, releasedBy, result, keeps, fix }) => ({
    acquiredBy,
    releasedBy,
    ...(result !== undefined && { result }),
    ...(keeps !== undefined && { keeps }),
    ...(fix !== undefined && { fix: fix === 'on' || fix === true }),
  }));
}
