import { describe, expect, it } from 'vitest';
import { Places } from '../../src/queue/places.ts';

describe('places', () => {
  it('go to the group that has least running, in the order of arrival', () => {
    const places = new Places(2, 60_000, () => undefined);
    expect(places.choose([undefined, 'a', 'a', 'b'])).toBe(1);
    const first = places.take('a');
    expect(places.choose(['a', 'b'])).toBe(1);
    const second = places.take('b');
    expect(places.choose(['c'])).toBeUndefined();
    places.give(first);
    places.give(second);
    expect(places.taken).toBe(0);
  });
});
