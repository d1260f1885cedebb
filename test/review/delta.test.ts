import { describe, expect, test } from 'vitest';
import { diagnosticDelta } from '../../src/review/delta.ts';
import { diagnostic, location } from './fixtures.ts';

function at(line: number, fingerprint: string, path = 'a.go') {
  return diagnostic({ location: location(path, line), fingerprint });
}
const untouched = () => false;

describe('diagnosticDelta', () => {
  test('lines and files play no part', () => {
    const delta = diagnosticDelta([at(3, 's-1', 'old.go')], [at(90, 's-1', 'new.go')], untouched);
    expect(delta).toMatchObject({ introduced: [], resolved: [], persisting: [{ location: { path: 'new.go' } }] });
  });

  test('counts: two at head, one at the base, is one new', () => {
    const delta = diagnosticDelta([at(3, 's-1')], [at(3, 's-1'), at(9, 's-2')], untouched);
    expect(delta.introduced.map(({ location }) => location.startLine)).toEqual([9]);
  });

  test('among equals the one on an added line is the new one', () => {
    const copy = at(3, 's-1');
    const old = at(9, 's-2');
    const delta = diagnosticDelta([at(3, 's-1')], [copy, old], (one) => one === copy);
    expect(delta.introduced).toEqual([copy]);
    expect(delta.persisting).toEqual([old]);
  });

  test('what is gone is resolved', () => {
    expect(diagnosticDelta([at(3, 's-1')], [], untouched).resolved).toHaveLength(1);
  });
});
