import { describe, expect, it } from 'vitest';
import { InOrder } from '../../../src/cli/files/in-order.ts';
import type { ReportedDiagnostic } from '../../../src/cli/report.ts';

const finding = (path: string): ReportedDiagnostic => ({
  rule: 'unreceived-send',
  group: 'blocked',
  severity: 'error',
  path,
  line: 1,
  endLine: 1,
  side: 'RIGHT',
  message: 'blocks forever',
  fingerprint: path,
  related: [],
  witness: [],
  fixes: [],
  suggestion: null,
  defect: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2, text: '' },
});

describe('findings of folders that are checked at the same time', () => {
  it('are told folder by folder, those of the first one at once', () => {
    const told: string[] = [];
    const inOrder = new InOrder(({ path }) => told.push(path));
    inOrder.found(1, finding('b'));
    inOrder.found(0, finding('a1'));
    expect(told).toEqual(['a1']);
    inOrder.done(1);
    inOrder.found(2, finding('c'));
    inOrder.found(0, finding('a2'));
    expect(told).toEqual(['a1', 'a2']);
    inOrder.done(0);
    expect(told).toEqual(['a1', 'a2', 'b', 'c']);
  });

  it('are all told at the end, also when a folder before them never ended', () => {
    const told: string[] = [];
    const inOrder = new InOrder(({ path }) => told.push(path));
    inOrder.found(2, finding('c'));
    inOrder.found(1, finding('b'));
    inOrder.end();
    expect(told).toEqual(['b', 'c']);
  });
});
