/**
 * Bundles the program, the demo or the benches: `node tools/build.mjs [app|demo|bench|fuzz|job] [FOLDER]`. Every bundle is a flat folder
 * of ES modules with the two WebAssembly files of the parser beside them, and `dist` needs no node_modules.
 */
import { chmod, copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const benches = async () => (await readdir(join(root, 'bench'))).map((file) => `bench/${file}`);
const name = process.argv[2] ?? 'app';
/** Runs apart, and may read nothing but the bundle: whatever the target, its packages are in it. */
const job = 'src/worker/job-process.ts';
/** A thread of `check`. */
const thread = 'src/cli/files/check-thread.ts';
const targets = {
  app: { outdir: 'dist', entries: ['src/main.ts', job, thread], external: [] },
  demo: { outdir: 'dist-demo', entries: ['test/demo/main.ts'], external: ['*'] },
  bench: { outdir: 'dist-bench', entries: name === 'bench' ? [...(await benches()), thread] : [], external: ['*'] },
  fuzz: { outdir: 'dist-fuzz', entries: ['test/fuzz/main.ts', 'test/fuzz/child.ts'], external: ['*'] },
  job: { outdir: 'dist-job', entries: [job], external: [] },
};

const target = targets[name];
if (!target) {
  console.error(`build: ${name} is none of ${Object.keys(targets).join(', ')}`);
  process.exit(2);
}
target.outdir = process.argv[3] ?? target.outdir;
const outdir = join(root, target.outdir);
await rm(outdir, { recursive: true, force: true });

/** Packages in the bundle that are not ES modules expect these three names. */
const commonJs = `import { createRequire as goplumberRequire } from 'node:module';
import { fileURLToPath as goplumberPath } from 'node:url';
const require = goplumberRequire(import.meta.url);
const __filename = goplumberPath(import.meta.url);
const __dirname = goplumberPath(new URL('.', import.meta.url));`;

const bundled = target.external.length === 0;
const common = {
  absWorkingDir: root,
  outdir: target.outdir,
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  metafile: true,
  legalComments: 'none',
  // BullMQ asks for these where somebody uses them in place of Redis and JavaScript; nobody here does.
  external: ['pg', 'redis', '@valkey/valkey-glide', 'msgpackr-extract', 'bullmq-otel'],
  logLevel: 'warning',
};
const whole = { minifySyntax: true, minifyWhitespace: true, banner: { js: commonJs } };
const { metafile } = await build({
  ...common,
  entryPoints: target.entries,
  ...(bundled ? whole : { packages: 'external' }),
});
if (!bundled) await build({ ...common, entryPoints: [job], ...whole });

const resolve = createRequire(import.meta.url).resolve;
const wasm = [join(root, 'src/go/parser/tree-sitter-go.wasm'), resolve('web-tree-sitter/tree-sitter.wasm')];
for (const file of wasm) await copyFile(file, join(outdir, basename(file)));
if (name === 'app') {
  await chmod(join(outdir, 'main.js'), 0o755);
  await writeFile(join(outdir, 'THIRD-PARTY-LICENSES.txt'), await licences(metafile));
}

/** The licence texts of the packages whose code is in the bundle; they ask to be shipped with it. */
async function licences({ inputs }) {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  folders.add('node_modules/web-tree-sitter');
  const parts = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file === undefined ? '' : await readFile(join(root, folder, file), 'utf8');
    return `${name} ${version} (${license ?? 'see below'})\n\n${text.trim()}\n`;
  });
  const grammar =
    'The grammar tree-sitter-go.wasm is that of the package tree-sitter-go (MIT), by Max Brunsfeld and others.\n';
  return [grammar, ...(await Promise.all(parts))].join(`\n${'-'.repeat(80)}\n\n`);
}
