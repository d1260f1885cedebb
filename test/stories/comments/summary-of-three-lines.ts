import { expect } from 'vitest';
import { before, fetching, hub } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The review has at most three lines, the worst comment comes first, and no section is empty',
  async (stage) => {
    await stage.open(before, { 'hub.go': hub, 'shop.go': fetching });
    const [review] = stage.pull.reviews;
    const visible = (review?.body ?? '').replace(/<!--.*-->/g, '').trim();
    expect(visible.split('\n').length).toBeLessThanOrEqual(3);
    expect(visible).toMatch(/^Goroutine leaks in this change: 1 error, 1 warning\./);
    const severities = stage.comments.map(({ body }) => /\*\*(error|warning|info)\*\*/.exec(body)?.[1]);
    expect(severities).toEqual(['error', 'warning']);
    for (const { body } of stage.comments) {
      expect(body).not.toMatch(/<details><summary>[^<]*<\/summary>\s*<\/details>|\n#+ [^\n]*\n\s*$|```\w*\n```/);
      expect(body).toMatch(/<details><summary>Who waits for whom<\/summary>\n\n```mermaid\n/);
      expect(body.split('\n').filter((line) => /^\d+\. /.test(line)).length).toBeLessThanOrEqual(10);
    }
  },
);
