/**
 * How fast the explorer's machine is, on generated programs of the intermediate language.
 *
 * Usage: npm run bench:machine. Prints, for each program: states, steps, steps a second of processor time, and
 * processor time as a ratio to the smallest program.
 */
import { search } from '../src/concurrency/machine/search.ts';
import { BUDGET, programOf } from '../test/concurrency/machine/assembler.ts';

interface Case {
  readonly name: string;
  readonly source: string;
}

function timeoutSelect(): string {
  return `
    func main
      c = chan
      go worker c
      t = timer once
      select recv c out ; recv t out
    out:
      ret
    func worker c
      send c 1`;
}

/** `count` workers that send results to one collector, with a WaitGroup. */
function fanIn(count: number): string {
  const starts = Array.from({ length: count }, () => 'add g 1\n go worker g c').join('\n');
  const takes = Array.from({ length: count }, () => 'recv c').join('\n');
  return `
    func main
      g = new waitgroup
      c = chan
      ${starts}
      ${takes}
      wait g
    func worker g c
      send c 1
      add g -1`;
}

/** `count` workers that take one lock after the other. */
function locks(count: number): string {
  const starts = Array.from({ length: count }, () => 'go worker a b c').join('\n');
  return `
    func main
      a = new mutex
      b = new mutex
      c = chan ${count}
      ${starts}
    func worker a b c
      lock a
      pause
      lock b
      send c 1
      unlock b
      unlock a`;
}

/** A service loop with requests, replies and a stop. */
function service(clients: number): string {
  const starts = Array.from({ length: clients }, () => 'go client reqs stop').join('\n');
  return `
    func main
      reqs = chan
      stop = chan
      go loop reqs stop
      ${starts}
      close stop
    func loop reqs stop
    head:
      select recv reqs serve r ; recv stop out
    serve:
      send r 1
      jump head
    out:
      ret
    func client reqs stop
      r = chan 1
      select send reqs r wait ; recv stop out
    wait:
      select recv r out ; recv stop out
    out:
      ret`;
}

/** Clients that ask again and again: too large to finish. */
function busyService(clients: number): string {
  return service(clients)
    .replace('close stop', 'pause\n close stop')
    .replace('r = chan 1', 'i = const 0\n again:\n r = chan 1')
    .replace(
      'select recv r out ; recv stop out',
      'select recv r next ; recv stop out\n next:\n i = bin i + 1\n more = bin i < 6\n br more again out',
    );
}

/** `count` unrelated pairs: what partial-order reduction is for. */
function pairs(count: number): string {
  const starts = Array.from({ length: count }, () => 'c = chan\n go one c\n go two c').join('\n');
  return `
    func main
      ${starts}
    func one c
      send c 1
      send c 2
      send c 3
    func two c
      recv c
      recv c
      recv c`;
}

const CASES: readonly Case[] = [
  { name: 'timeout select', source: timeoutSelect() },
  { name: 'fan-in 4', source: fanIn(4) },
  { name: 'fan-in 8', source: fanIn(8) },
  { name: 'locks 4', source: locks(4) },
  { name: 'locks 6', source: locks(6) },
  { name: 'service 2', source: service(2) },
  { name: 'service 4', source: service(4) },
  { name: 'busy service 6', source: busyService(6) },
  { name: 'pairs 3', source: pairs(3) },
  { name: 'pairs 6', source: pairs(6) },
];

/** Enough repetitions that the smallest program runs as compiled code, too. */
const STEPS_MEASURED = 40_000;

function main(): void {
  let unit = 0;
  console.log(
    'program'.padEnd(16),
    'states'.padStart(8),
    'steps'.padStart(9),
    'steps/s'.padStart(10),
    'ratio'.padStart(8),
    ' end',
  );
  for (const { name, source } of CASES) {
    const program = programOf(source);
    let result = search(program, BUDGET);
    const rounds = Math.max(1, Math.ceil(STEPS_MEASURED / Math.max(1, result.transitions)));
    for (let round = 0; round < rounds; round += 4) result = search(program, BUDGET);
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) result = search(program, BUDGET);
    const { user, system } = process.cpuUsage(before);
    const each = (user + system) / 1000 / rounds;
    if (unit === 0) unit = each;
    const rate = Math.round((result.transitions / each) * 1000);
    const end = result.exhausted ?? `complete, ${result.leaks.length} leaks`;
    console.log(
      name.padEnd(16),
      String(result.states).padStart(8),
      String(result.transitions).padStart(9),
      String(rate).padStart(10),
      (each / unit).toFixed(1).padStart(8),
      ` ${end}`,
    );
  }
}

main();
