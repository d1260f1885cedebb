import { playAll } from './harness.ts';

await playAll('feedback');
