/** A rule for tests of the way around the rules: it reports every `go` statement, and knows nothing of leaks. */
import { anyRule } from '../../src/analysis/rule.ts';

export const everyGo = anyRule({
  meta: {
    id: 'every-go',
    group: 'lifecycle',
    summary: 'A goroutine is started.',
    severity: 'error',
    since: '0.1.0',
    knownProblems: [],
  },
  detect: (pass) =>
    pass.pkg.goroutineStarts.filter((start) => pass.files.includes(start.file)).map((start) => ({ start })),
  describe: ({ start }, pass) => ({
    location: pass.at(start.file, start.node),
    message: 'This starts a goroutine.',
    advice: 'Think about its end.',
  }),
});
