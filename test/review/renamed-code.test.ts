/** What the base held already is not new because of another name or place; what looks like it and is new, is. */
import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { analyseSnapshot } from '../../src/review/analyse-snapshot.ts';
import { rules as builtIn } from '../../src/rules/index.ts';
import { fetching as leak } from '../stories/code.ts';
import { type Files, snapshot } from './fixtures.ts';

const rules = builtIn.filter(({ meta }) => meta.id === 'unreceived-send');

const load = '\nfunc load(url string) string { return url }\n';
const empty = `package shop\n${load}`;

/** Functions with a new finding. */
function news(base: Files, head: Files): readonly string[] {
  const { delta } = analyseSnapshot(snapshot(base, head), defaultConfig, rules);
  return delta.introduced.flatMap(({ structure }) => structure?.function ?? []);
}

const named = (text: string, from: string, to: string): string => text.replace(new RegExp(`\\b${from}\\b`, 'g'), to);

describe('nothing is new', () => {
  test.each<readonly [string, Files]>([
    ['the function has another name', { 'shop/a.go': named(leak, 'Fetch', 'Get') }],
    ['and calls another name', { 'shop/a.go': named(named(leak, 'Fetch', 'Get'), 'load', 'read') }],
    ['and its variables have other names', { 'shop/a.go': named(named(leak, 'result', 'pages'), 'url', 'address') }],
    [
      'and was edited elsewhere',
      { 'shop/a.go': named(leak, 'Fetch', 'Get').replace('\tselect', '\tprintln(url)\n\tselect') },
    ],
    ['the function stands in another file', { 'shop/a.go': empty, 'shop/b.go': leak.replace(load, '') }],
    ['and has another name there', { 'shop/a.go': empty, 'shop/b.go': named(leak.replace(load, ''), 'Fetch', 'Get') }],
    [
      'the function stands in another package',
      { 'shop/a.go': empty, 'store/b.go': leak.replace('package shop', 'package store') },
    ],
    ['the folder has another name, and git does not say so', { 'web/store/a.go': named(leak, 'Fetch', 'Get') }],
    [
      'it became a method',
      { 'shop/a.go': leak.replace('func Fetch', 'type Client struct{}\n\nfunc (c *Client) Fetch') },
    ],
    [
      'it is called with other parameters',
      { 'shop/a.go': named(leak, 'Fetch', 'Get').replace('url string)', 'url string, retries int)') },
    ],
  ])('%s', (_, head) => expect(news({ 'shop/a.go': leak }, head)).toEqual([]));
});

describe('it is new', () => {
  const repaired = leak.replace('make(chan string)', 'make(chan string, 1)');
  test.each<readonly [string, Files, readonly string[]]>([
    [
      'a copy beside it',
      { 'shop/a.go': leak, 'shop/b.go': named(leak.replace(load, ''), 'Fetch', 'Get') },
      ['Get.func'],
    ],
    [
      'a copy of what is repaired here',
      { 'shop/a.go': repaired, 'shop/b.go': named(leak.replace(load, ''), 'Fetch', 'Get') },
      ['Get.func'],
    ],
    [
      'another leak in a function that replaces the old one',
      {
        'shop/a.go': `${empty.replace('package shop\n', 'package shop\n\nimport "context"\n')}
func Other(ctx context.Context) int {
	count := make(chan int)
	go func() { count <- 1 }()
	select {
	case n := <-count:
		return n
	case <-ctx.Done():
		return 0
	}
}
`,
      },
      ['Other.func'],
    ],
  ])('%s', (_, head, expected) => expect(news({ 'shop/a.go': leak }, head)).toEqual(expected));
});
