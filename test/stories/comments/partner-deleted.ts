import { expect } from 'vitest';
import { fetched } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The change deletes the receiver: the comment stands in the diff, and the check fails',
  async (stage) => {
    const whole = fetched
      .replace('make(chan string, 1)', 'make(chan string)')
      .replace(/\tselect \{[\s\S]*?\n\t\}\n\}/, '\t_ = ctx\n\treturn <-result, nil\n}');
    await stage.open({ 'shop.go': whole }, { 'shop.go': whole.replace('return <-result, nil', 'return "", nil') });
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.comments.length + stage.check.annotations.length).toBeGreaterThan(0);
    expect(stage.gitHub.requests.filter(({ route, status }) => status === 422 && route.includes(' /repos/'))).toEqual(
      [],
    );
  },
);
