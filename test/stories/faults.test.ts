import { playAll } from './harness.ts';

await playAll('faults');
