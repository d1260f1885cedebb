/** Resources that a team names in its configuration, from the text of the configuration to the finding and its fix. */
import { expect, it } from 'vitest';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { parseFile } from '../../src/go/file.ts';
import { GoModule } from '../../src/go/module.ts';
import { analyseFolder, analysisOptions, ruleIds } from '../../src/review/package-analysis.ts';
import { rules } from '../../src/rules/index.ts';

const queue = `package queue

type Client struct{ done chan struct{} }

func Open(name string) (*Client, error) {
	c := &Client{done: make(chan struct{})}
	go func() { <-c.done }()
	return c, nil
}

func (c *Client) Send(text string) error { return nil }

func (c *Client) Close() { close(c.done) }

func (c *Client) Subscribe(topic string) (messages <-chan string, stop func()) {
	return nil, func() {}
}
`;

const use = `package use

import (
	"example.com/app/queue"
	"example.com/lib"
)

func sent(text string) error {
	c, err := queue.Open("jobs")
	if err != nil {
		return err
	}
	return c.Send(text)
}

func first(c *queue.Client) string {
	messages, _ := c.Subscribe("topic")
	return <-messages
}

func unseen() int {
	l := lib.Get()
	return l.Len()
}

func closed(text string) error {
	c, err := queue.Open("jobs")
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Send(text)
}

func given() int {
	l := lib.Get()
	defer lib.Put(l)
	return l.Len()
}
`;

const config = `resources:
  - acquiredBy: [example.com/app/queue.Open]
    releasedBy: [Close()]
    keeps: the goroutine of the queue stays
  - acquiredBy: [example.com/app/queue.Client.Subscribe]
    result: 1
    releasedBy: ["()"]
  - acquiredBy: [example.com/lib.Get]
    releasedBy: [example.com/lib.Put(x)]
`;

function analysed(yml: string) {
  const { config: parsed, issues } = parseConfig(yml, ruleIds(rules));
  expect(issues).toEqual([]);
  const packages = [
    { path: 'example.com/app/queue', dir: 'queue', files: [{ path: 'queue/queue.go', text: queue }], local: true },
    { path: 'example.com/app/use', dir: 'use', files: [{ path: 'use/use.go', text: use }], local: true },
  ];
  const module = new GoModule(packages);
  const loading = { parse: parseFile, moduleOf: () => module };
  const folder = {
    dir: 'use',
    files: packages[1]?.files ?? [],
    importPath: 'example.com/app/use',
    module: '.',
  };
  return analyseFolder(folder, rules, analysisOptions(parsed, rules), loading);
}

function said(yml: string) {
  return analysed(yml).flatMap(({ result }) =>
    result.diagnostics
      .filter(({ rule }) => rule === 'unclosed-client')
      .map(({ location, message }) => `${location.startLine}: ${message}`),
  );
}

it('are reported where they are named, and nowhere else', () => {
  expect(said(config)).toEqual([
    '9: The return on line 13 is reached without `c.Close()`, so the goroutine of the queue stays.',
    '17: The result of `c.Subscribe` is dropped, so what it has started stays.',
    '22: The return on line 23 is reached without `lib.Put(l)`, so what it has started stays.',
  ]);
  expect(said('resources: []\n')).toEqual([]);
});

it('are repaired by a deferred release, where one is known', () => {
  const fixes = analysed(config).flatMap((one) =>
    one.result.diagnostics
      .filter(({ rule }) => rule === 'unclosed-client')
      .map((diagnostic) => withVerifiedFixes(one, diagnostic).fixes.map(({ message }) => message)),
  );
  expect(fixes).toEqual([['Defer `c.Close()`'], [], []]);
});

it('take the place of what is known of a call', () => {
  const ours = said(config.replace('releasedBy: [Close()]', 'releasedBy: [Send()]'));
  expect(ours.filter((line) => line.startsWith('9:'))).toEqual([]);
});
