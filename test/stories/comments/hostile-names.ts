import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Paths and identifiers of the writing directions, backquotes and markup stay text in comment and check',
  async (stage) => {
    const path = 'a `b` <img src=x> @acme|owners [x](y)/\u202Efile.go';
    await stage.open(before, { [path]: fetching.replaceAll('result', 'größe_ﬂ') });
    const said = `${stage.comment.body}\n${stage.check.summary}\n${stage.check.text}`;
    const prose = said
      .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')
      .replace(/\]\([^)]*\)/g, ']')
      .replace(/<!--.*-->/g, '');
    expect(prose).not.toMatch(/<img|@acme|\u202E/);
    expect(stage.comment.path).toBe(path);
  },
);
