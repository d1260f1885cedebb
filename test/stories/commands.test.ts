import { playAll } from './harness.ts';

await playAll('commands');
