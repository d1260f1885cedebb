import { describe, expect, it } from 'vitest';
import { analysePackage } from '../../src/analysis/run.ts';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
import { loadPackage } from '../../src/go/load.ts';
import { blockedRules } from '../../src/rules/blocked/rules.ts';

function analyse(text: string, path = 'p.go') {
  const load = (now: string) => loadPackage('p', [{ path, text: now }]);
  const pkg = load(text);
  const result = analysePackage(pkg, blockedRules);
  const reload = (texts: ReadonlyMap<string, string>) => load(texts.get(path) ?? text);
  return { pkg, result, rules: blockedRules, options: {}, reload };
}

/** What is said and what is not, each with its line. */
function verdicts(text: string, path?: string) {
  const { result } = analyse(text, path);
  return {
    said: result.diagnostics.map(({ severity, location }) => `${severity} ${location.startLine}`),
    silenced: result.implausible.map(({ kind, location }) => `${kind} ${location.startLine}`),
  };
}

const RESTING_ON_NIL = `package p

type source struct{ values chan int }

func (s *source) fill(done chan struct{}) {
	if s == nil {
		return
	}
	close(done)
}

func wait(s *source) {
	done := make(chan struct{})
	go s.fill(done)
	<-done
}
`;

describe('A leak that rests on something implausible', () => {
  it('is not said, and counted with what would have to be so', () => {
    expect(verdicts(RESTING_ON_NIL)).toEqual({ said: [], silenced: ['nil-value 15'] });
    expect(analyse(RESTING_ON_NIL).result.implausible).toMatchObject([
      { operation: '<-done', entry: 'wait', assumption: '`s` is nil' },
    ]);
  });

  it('does not hide another path to the same operation', () => {
    const other = RESTING_ON_NIL.replace('\tclose(done)', '\tif len(s.values) > 3 {\n\t\treturn\n\t}\n\tclose(done)');
    expect(verdicts(other)).toEqual({ said: ['error 18'], silenced: [] });
  });
});

describe('Code that is given a test', () => {
  const helper = (param: string): string => `package p

import "testing"

func await(${param}, run func() bool) {
	done := make(chan bool)
	go func() {
		if run() {
			done <- true
		}
	}()
	<-done
}

var _ testing.TB
`;

  it('is test code wherever it stands', () => {
    expect(verdicts(helper('t *testing.T')).said).toEqual(['warning 12']);
    expect(verdicts(helper('t testing.TB')).said).toEqual(['warning 12']);
  });
});

/** `pick` returns what the map holds, or an error; `prepare` returns nothing only where it has lowered the counter itself. */
const PASSED_ON = `package p

import (
	"errors"
	"sync"
)

type target interface{ Offer(done func()) }

type node struct{}

func (n *node) Offer(done func()) { go done() }

type pool struct{ nodes map[string]*node }

func (p *pool) pick(name string) (target, error) {
	n, ok := p.nodes[name]
	if !ok {
		return nil, errors.New("unknown node")
	}
	return n, nil
}

func (p *pool) prepare(name string, wg *sync.WaitGroup) target {
	t, err := p.pick(name)
	if err != nil {
		wg.Done()
		return nil
	}
	return t
}

func (p *pool) send(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		t := p.prepare(name, &wg)
		if t == nil {
			continue
		}
		t.Offer(wg.Done)
	}
	wg.Wait()
}
`;

describe('A value that came without an error', () => {
  it('is not nil further on either', () => {
    expect(verdicts(PASSED_ON)).toEqual({ said: [], silenced: ['nil-value 43'] });
  });

  it('is nil where the function says so itself', () => {
    const silent = PASSED_ON.replace('\t\twg.Done()\n', '');
    expect(verdicts(silent).said).toEqual(['error 42']);
  });
});

describe('A fix', () => {
  it('is refused when it adds a panic, however unlikely the path to it', () => {
    const text = `package p

import "sync"

func sum(in chan int, left int, stop chan struct{}) {
	var wg sync.WaitGroup
	for range left {
		wg.Add(1)
		go func() {
			select {
			case in <- 1:
			case <-stop:
				return
			}
		}()
	}
	go func() {
		for range in {
			wg.Done()
		}
	}()
	wg.Wait()
}
`;
    const analysed = analyse(text);
    const waits = analysed.result.diagnostics.filter(({ rule }) => rule === 'waitgroup-imbalance');
    for (const diagnostic of waits) {
      const { fixes } = withVerifiedFixes(analysed, diagnostic);
      expect(fixes.filter(({ message }) => message.includes('wg.Done()'))).toEqual([]);
    }
    expect(waits.length).toBeGreaterThan(0);
  });
});

describe('A test that has failed', () => {
  const late = (arm: string): string => `package p

import (
	"testing"
	"time"
)

func TestHook(t *testing.T) {
	fired := make(chan bool)
	hook := func() {
		go func() {
			fired <- true
		}()
	}
	hook()
	select {
	case <-fired:
	case <-time.After(time.Second):
		${arm}
	}
}
`;

  it('leaves behind what it likes', () => {
    const { said, silenced } = verdicts(late('t.Error("the hook was not called")'), 'p_test.go');
    expect(said).toEqual([]);
    expect(silenced).toEqual(['test-fails 12']);
  });

  it('is one that says so', () => {
    expect(verdicts(late('t.Log("the hook was not called")'), 'p_test.go').said).toEqual(['warning 12']);
  });
});

describe('A buffer of many', () => {
  const filled = `package p

import (
	"strings"
	"testing"
)

func send(out chan string, list string) {
	defer close(out)
	for _, each := range strings.SplitSeq(list, ",") {
		out <- each
	}
}

func run(t *testing.T, list string) {
	values := make(chan string, 100)
	send(values, list)
	for value := range values {
		t.Log(value)
	}
}
`;

  it('is full in production code', () => {
    const { said } = verdicts(
      filled
        .replaceAll(', t *testing.T', '')
        .replace('t *testing.T, ', '')
        .replace('\t"testing"\n', '')
        .replace('t.Log(value)', '_ = value'),
    );
    expect(said).toEqual(['warning 10']);
  });

  it('is not in a test, which has chosen the values', () => {
    expect(verdicts(filled, 'p_test.go')).toEqual({ said: [], silenced: ['test-fills 11'] });
  });
});
