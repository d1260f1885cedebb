import { describe, expect, it } from 'vitest';
import type { WitnessStep } from '../../src/analysis/diagnostic.ts';
import { escapeMermaid, sequenceDiagram } from '../../src/analysis/mermaid.ts';
import { range } from '../../src/text/offset.ts';

const step = (process: string, line: number, text: string): WitnessStep => ({
  process,
  text,
  location: { path: 'a.go', range: range(0, 1), startLine: line, endLine: line },
});

describe('sequenceDiagram', () => {
  it('shows who waits for whom', () => {
    const diagram = sequenceDiagram([
      step('Serve', 3, 'makes `c` without a buffer'),
      step('Serve', 4, 'starts a goroutine'),
      step('goroutine on line 4', 5, 'sends on `c` to Serve'),
      step('Serve', 9, 'returns'),
      step('goroutine on line 4', 6, 'sends on `c`, and nobody can receive any more'),
    ]);
    expect(diagram).toBe(
      [
        'sequenceDiagram',
        '  participant p0 as Serve',
        '  participant p1 as goroutine on line 4',
        '  Note over p0: makes c without a buffer<br/>(line 3)',
        '  p0->>p1: starts a goroutine (line 4)',
        '  p1->>p0: sends on c to Serve (line 5)',
        '  Note over p0: returns (line 9)',
        '  p1--xp1: sends on c, and nobody can<br/>receive any more (line 6)',
        '',
      ].join('\n'),
    );
  });

  it('is empty for a single step', () => expect(sequenceDiagram([step('f', 1, 'x')])).toBe(''));

  it('lets nothing of the source out of its line', () => {
    const hostile = 'a;b#c"<script>`\n  participant x as y\u202e[z]{w}%%:end';
    const diagram = sequenceDiagram([step(hostile, 1, hostile), step('f', 2, 'stuck')]);
    const lines = diagram.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(diagram.replaceAll('<br/>', ' ')).not.toMatch(/[<>"`{}[\]%]|\u202e/);
    for (const line of lines.slice(3).map((one) => one.replaceAll('<br/>', ' ')))
      expect(line).toMatch(/^ {2}(Note over p\d|p\d(->>|--x)p\d): [^:;#]*(#\d+;[^:;#]*)*$/);
  });

  it('cuts long texts by characters, not inside one', () => {
    expect(escapeMermaid('😀'.repeat(100))).toBe(`${'#128512;'.repeat(69)}#8230;`);
    expect(escapeMermaid('\u0007')).toBe('?');
  });
});
