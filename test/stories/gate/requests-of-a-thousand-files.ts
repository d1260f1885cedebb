import { expect } from 'vitest';
import { everyGo } from '../../app/marked-go.ts';
import { story } from '../harness.ts';

const files = (count: number, edit: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `p${at % 200}/f${at}.go`,
      `package p${at % 200}\n\nfunc F${at}() { println(${at}${edit}) }\n`,
    ]),
  );

const leak = { 'p0/leak.go': 'package p0\n\nfunc Leak() {\n\tgo F0()\n}\n' };

export default story(
  'A change of 1,000 Go files takes at most 24 requests beside its token',
  async (stage) => {
    await stage.open(files(999, ''), { ...files(999, ' + 1'), ...leak });
    expect(stage.comments).toHaveLength(1);
    expect(stage.requests.length).toBeLessThanOrEqual(24);
  },
  { rules: [everyGo] },
);
