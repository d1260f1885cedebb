/**
 * The fuzzer: `npm run fuzz -- [--seconds N] [--seed N] [--target NAME] [--deadline SECONDS]`. Each target runs in a process of
 * its own, one after the other. An input on which something does not hold, or that ends or hangs the process, is made smaller and
 * kept in `fuzz-output`; once mended it belongs into `test/fuzz/corpus/<target>`, which `npm test` tries each time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Outcome, runTarget } from './run-target.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    target: { type: 'string' },
    deadline: { type: 'string', default: '60' },
  },
});

const output = 'fuzz-output';
const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
if (chosen.length === 0)
  throw new Error(`there is no target ${values.target}; there are ${targets.map(({ name }) => name).join(', ')}`);
const weights = chosen.reduce((sum, { weight }) => sum + weight, 0);
console.log(`fuzz: seed ${values.seed}, ${values.seconds} seconds`);
mkdirSync(output, { recursive: true });

let failures = 0;
let inputs = 0;
for (const { name, weight } of chosen) {
  const seconds = (Number(values.seconds) * weight) / weights;
  const outcome = await runTarget(name, {
    seed: Number(values.seed),
    seconds,
    deadline: Number(values.deadline),
    folder: output,
  });
  inputs += outcome.inputs;
  failures += outcome.failures.length;
  report(name, outcome);
}
console.log(`fuzz: ${inputs} inputs, ${failures} failed (seed ${values.seed})`);
process.exitCode = failures === 0 ? 0 : 1;

function report(name: string, { inputs: tried, seconds, failures: failed }: Outcome): void {
  console.log(
    `${name.padEnd(16)} ${String(tried).padStart(8)} inputs in ${seconds.toFixed(0)} s, ${failed.length} failed`,
  );
  for (const failure of failed) {
    const text = JSON.stringify(failure.input);
    const file = join(output, `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
    writeFileSync(file, text);
    console.log(
      `  ${file} (seed ${failure.seed}, path ${failure.path})\n    ${failure.error.split('\n').slice(0, 4).join('\n    ')}`,
    );
  }
}
