/**
 * The built App as several processes on a Redis (or one with a state folder), all of them killed at random instants while
 * deliveries come in twice and out of order. Prints the seed, which plays the same again, and what was lost, done twice or
 * left open. Usage: node dist-bench/siege.js [--engine redis|folder] [--deliveries N] [--pulls N] [--blows N] [--seconds S] [--seed S]
 */
import { parseArgs } from 'node:util';
import { besiege } from '../test/crash/siege.ts';
import { RedisServer } from '../test/redis/server.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'redis' },
    deliveries: { type: 'string', default: '500' },
    pulls: { type: 'string', default: '120' },
    blows: { type: 'string', default: '50' },
    'redis-deaths': { type: 'string', default: '5' },
    seconds: { type: 'string', default: '240' },
    patience: { type: 'string', default: '900' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const redis = values.engine === 'redis' ? await RedisServer.start() : undefined;
const blows = Number(values.blows);
console.log(
  `seed ${values.seed}, ${values.engine}: ${values.deliveries} deliveries, ${blows} kills -9, ${blows} SIGTERM${redis ? `, ${values['redis-deaths']} deaths of Redis` : ''}`,
);
const report = await besiege({
  seed: Number(values.seed),
  program: 'dist/main.js',
  ...(redis ? { redis } : {}),
  pulls: Number(values.pulls),
  deliveries: Number(values.deliveries),
  blows,
  redisDeaths: Number(values['redis-deaths']),
  seconds: Number(values.seconds),
  patienceSeconds: Number(values.patience),
});
await redis?.stop();
const { lost, double, open, violations } = report;
for (const line of [...lost, ...double, ...open, ...violations]) console.log(line);
console.log(
  `${report.deliveries} accepted deliveries of ${values.pulls} pull requests: ${lost.length} lost, ${double.length} double, ${open.length} open; ${report.reviewed} have their one review`,
);
process.exitCode = lost.length + double.length + open.length + violations.length === 0 ? 0 : 1;
