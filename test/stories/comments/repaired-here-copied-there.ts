import { expect } from 'vitest';
import { before, fetched, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

const selecting = fetching.replace(
  '\t\tresult <- load(url)\n',
  '\t\tselect {\n\t\tcase result <- load(url):\n\t\tcase <-ctx.Done():\n\t\t}\n',
);

export default story(
  'A leak that is repaired here and copied there by one push is never out of sight',
  async (stage) => {
    for (const repaired of [fetched, selecting]) {
      await stage.open(before, { 'shop.go': fetching });
      await stage.push({ 'shop.go': repaired, 'again.go': secondFetching });
      expect(stage.check.conclusion).toBe('failure');
      const said = stage.comments.some(({ path, line }) => path === 'again.go' && line !== undefined);
      if (said) continue;
      expect(stage.comment.body).toMatch(/Still there:\*\* \[`again\.go:\d+`\]/);
      expect(stage.check.annotations.map(({ path }) => path)).toContain('again.go');
    }
  },
);
