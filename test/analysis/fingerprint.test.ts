import { describe, expect, it } from 'vitest';
import { diffDiagnostics } from '../../src/analysis/delta.ts';
import { normalizeCode, withoutBlocks } from '../../src/analysis/normalize.ts';
import { anyRule } from '../../src/analysis/rule.ts';
import { analyse, meta, sendRule } from './sample-rules.ts';

const source = `package p

type S struct{ c chan int }

func (s *S) Serve(x int) {
	s.c <- x
	go func() {
		s.c <- x
	}()
}

func other(c chan int) {
	c <- 1
	c <- 1
}
`;

function prints(text: string, path = 'a.go'): readonly string[] {
  return analyse({ [path]: text }, [sendRule('alpha')]).result.diagnostics.map((one) => one.fingerprint);
}

describe('fingerprints', () => {
  const before = prints(source);

  it('differ by function, nesting and position among equals', () => {
    expect(before).toHaveLength(4);
    expect(new Set(before).size).toBe(4);
    for (const print of before) expect(print).toMatch(/^[0-9a-f]{12}-[0-9a-f]{6}$/);
  });

  it.each([
    ['lines above', source.replace('type S', '// more\n\nvar y = 1\n\ntype S')],
    ['reformatting', source.replaceAll('s.c <- x', 's.c<-x')],
    ['comments', source.replace('s.c <- x', 's.c /* here */ <- x // there')],
    ['CRLF', source.replaceAll('\n', '\r\n')],
  ])('survive %s', (_, text) => expect(prints(text)).toEqual(before));

  it('survive moves of functions and renames of the file', () => {
    const [head, serve, other] = [
      source.slice(0, source.indexOf('func (s')),
      source.slice(source.indexOf('func (s'), source.indexOf('func other')),
      source.slice(source.indexOf('func other')),
    ];
    expect(new Set(prints(head + other + serve))).toEqual(new Set(before));
    expect(prints(source, 'z.go')).toEqual(before);
  });

  it('change with the code and with the function', () => {
    expect(prints(source.replace('s.c <- x\n\tgo', 's.c <- 7\n\tgo'))[0]).not.toBe(before[0]);
    expect(prints(source.replace('Serve', 'Run'))[0]).not.toBe(before[0]);
  });
});

describe('diffDiagnostics', () => {
  const starts = anyRule({
    meta: meta('starts'),
    detect: (pass) => pass.pkg.goroutineStarts,
    describe: (start, pass) => ({ location: pass.at(start.file, start.node), message: 'go' }),
  });
  const run = (body: string) => analyse(`package p\n\nfunc f() {\n${body}}\n`, [starts]).result.diagnostics;
  const first = '\tgo func() {\n\t\tprintln(1)\n\t}()\n';
  const edited = '\tgo func() {\n\t\tprintln(2)\n\t\tprintln(3)\n\t}()\n';

  it('takes an edited goroutine for the same one', () => {
    expect(diffDiagnostics(run(first), run(edited))).toMatchObject({ introduced: [], resolved: [], persisting: [{}] });
  });

  it('sees a new goroutine in front of an old one', () => {
    const delta = diffDiagnostics(run(first), run(edited + first));
    expect(delta.introduced.map((one) => one.location.startLine)).toEqual([4]);
    expect(delta.persisting.map((pair) => pair.head.location.startLine)).toEqual([8]);
  });

  it('sees what is gone', () => {
    expect(diffDiagnostics(run(first + edited), run(edited)).resolved).toHaveLength(1);
  });
});

describe('normalised code', () => {
  it('leaves strings alone and drops what a formatter may change', () => {
    expect(normalizeCode('f( a,\n\tb, // why\n)')).toBe('f ( a , b )');
    expect(normalizeCode('x := "a  // b" + `c\n d`;')).toBe('x : = "a  // b" + `c\n d`');
    expect(withoutBlocks(normalizeCode('go func(a int) { if a { b() } }(1)'))).toBe('go func ( a int ) {} ( 1 )');
  });
});
