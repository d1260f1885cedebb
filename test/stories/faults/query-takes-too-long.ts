import { expect } from 'vitest';
import { everyGo } from '../../app/marked-go.ts';
import { story } from '../harness.ts';

const filler = `// ${'x'.repeat(96)}\n`.repeat(500);
const files = (count: number, edit: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `p/f${at}.go`,
      `package p\n\nfunc F${at}() { println(${at}${edit}) }\n\n${filler}// ${at}\n`,
    ]),
  );

export default story(
  'Files that GitHub cannot give in one answer are asked for in smaller ones',
  async (stage) => {
    stage.gitHub.mostQueried = 1_200_000;
    await stage.open(files(40, ''), {
      ...files(40, ' + 1'),
      'p/leak.go': 'package p\n\nfunc Leak() {\n\tgo F0()\n}\n',
    });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ status: 'completed', title: '1 error in this change' });
    expect(stage.requests.filter((route) => route === 'POST /graphql').length).toBeLessThanOrEqual(8);
  },
  { rules: [everyGo] },
);
