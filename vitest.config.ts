import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Native tree-sitter is loaded once per worker; forks keep a crash of one file from hiding the others.
    pool: 'forks',
    // One more than Vitest takes by itself: on two processors it would use one.
    maxWorkers: availableParallelism(),
  },
});
