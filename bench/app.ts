/**
 * The App's time and requests for pull requests of 1, 10 and 100 files, against the stand-in for GitHub: from the signed
 * webhook to the concluded check run. Usage: node dist-bench/app.js [FILES...]
 */

import { startApp } from '../src/app.ts';
import { readEnvironment } from '../src/github/environment.ts';
import { createLog } from '../src/github/log.ts';
import { reviewDeps } from '../src/github/review-deps.ts';
import { workHere } from '../src/github/work.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import { table } from './corpus.ts';

/** Files in each package, so that changed files have siblings that did not change. */
const filesInPackage = 5;

interface Row {
  readonly files: number;
  readonly milliseconds: number;
  readonly requests: number;
  readonly graphql: number;
  readonly comments: number;
}

/** A file with a service loop; `leaking` adds a goroutine that can block forever. */
function source(pkg: string, index: number, leaking: boolean): string {
  const leak = `\nfunc Fetch${index}(ctx context.Context, load func() int) (int, error) {
	result := make(chan int)
	go func() { result <- load() }()
	select {
	case value := <-result:
		return value, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
`;
  const helpers = Array.from(
    { length: 20 },
    (_, at) =>
      `\nfunc helper${index}x${at}(a, b int) int {\n\tif a > b {\n\t\treturn a - b\n\t}\n\treturn b + ${at}\n}\n`,
  );
  return `package ${pkg}\n\nimport "context"\n\nvar _ context.Context\n${leaking ? leak : ''}${helpers.join('')}`;
}

async function measure(files: number): Promise<Row> {
  const gitHub = await StandIn.start();
  const read = readEnvironment({ ...gitHub.environment(), LOG_LEVEL: 'silent' });
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'));
  const app = await startApp(read.settings, {
    place: workHere(reviewDeps({})),
    log: createLog('silent'),
    sweepMs: 0,
  });
  try {
    gitHub.hook = `http://127.0.0.1:${app.port}${read.settings.webhookPath}`;
    const repository = gitHub.world.create('acme', 'shop');
    const before: Record<string, string> = { 'go.mod': 'module example.org/shop\n\ngo 1.24\n' };
    const after: Record<string, string> = {};
    const packages = Math.ceil(files / filesInPackage);
    for (let at = 0; at < packages * filesInPackage; at += 1) {
      const pkg = `p${Math.floor(at / filesInPackage)}`;
      before[`${pkg}/f${at}.go`] = source(pkg, at, false);
      // One file in ten brings a leak.
      if (at < files)
        after[`${pkg}/f${at}.go`] = at % 10 === 0 ? source(pkg, at, true) : `${source(pkg, at, false)}\n// changed\n`;
    }
    const base = repository.git.commit('main', before, 'Start');
    const pull = gitHub.openPull(repository, { head: repository.git.commit('change', after, 'Change', base) });
    const started = performance.now();
    await gitHub.announcePull(repository, pull, 'opened');
    await app.idle();
    const milliseconds = performance.now() - started;
    if (gitHub.violations.length > 0) throw new Error(gitHub.violations.join('\n'));
    const counts = gitHub.counts();
    const requests = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { files, milliseconds, requests, graphql: counts['POST /graphql'] ?? 0, comments: pull.comments.length };
  } finally {
    await app.close();
    await gitHub.close();
  }
}

// The first review also pays for compiling the program; it is not counted.
await measure(1);
const rows: Row[] = [];
const sizes = process.argv.slice(2).map(Number);
for (const files of sizes.length > 0 ? sizes : [1, 10, 100]) rows.push(await measure(files));
const head = ['changed files', 'ms', 'requests', 'of these GraphQL', 'comments'];
console.log(
  table(
    head,
    rows.map((row) => [row.files, row.milliseconds.toFixed(0), row.requests, row.graphql, row.comments]),
  ),
);
