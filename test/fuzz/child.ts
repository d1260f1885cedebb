/**
 * The process that tries the inputs of one target: it writes down each input before, so that the one it hangs on or dies of
 * is known. Arguments: target, file for the input, and either a seed or `--input` with a file that holds one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { runBatch } from './batch.ts';
import { targets } from './targets.ts';

const [name, stateFile = '', how = '', file = ''] = process.argv.slice(2);
const target = targets.find((one) => one.name === name);
if (!target) throw new Error(`there is no target ${name}`);

if (how === '--input') await target.check(JSON.parse(readFileSync(file, 'utf8')));
else {
  for (let seed = Number(how); ; seed += 1) {
    const batch = await runBatch(target, {
      seed,
      runs: 40,
      milliseconds: 120_000,
      onInput: (input) => writeFileSync(stateFile, JSON.stringify(input)),
    });
    process.send?.(batch);
    // The parent ends this process; it has to be heard in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
process.exit(0);
