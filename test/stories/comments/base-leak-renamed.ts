import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

const load = '\nfunc load(url string) string { return url }\n';

export default story(
  'A leak of the base is not said when its function is renamed and moved to another file',
  async (stage) => {
    const moved = fetching.replace(load, '').replace('func Fetch(', 'func Download(');
    await stage.open({ 'shop.go': fetching }, { 'shop.go': `package shop\n${load}`, 'download.go': moved });
    expect(stage.comments).toEqual([]);
    expect(stage.check).toMatchObject({ conclusion: 'success', annotations: [] });
  },
);
