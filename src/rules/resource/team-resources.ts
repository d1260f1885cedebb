/** What a team says of its own libraries, in the form of our own table. */
import type { TeamResource } from '../../analysis/team-resource.ts';
import { deferred } from './release-advice.ts';
import type { Resource } from './resource.ts';

export function teamResource({ acquiredBy, releasedBy, result, keeps, fix }: TeamResource): Resource {
  const [way = ''] = releasedBy;
  return {
    rule: 'unclosed-client',
    acquiredBy,
    value: { kind: 'result', index: result ?? 0 },
    releasedBy,
    condition: 'not-for-process',
    stays: 'goroutine',
    keeps: keeps ?? 'what it has started stays',
    advice:
      fix === false || way.endsWith('(x)')
        ? { kind: 'manual', text: 'Release it on every path, or pass it to code that does.' }
        : deferred,
  };
}
