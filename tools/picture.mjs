/**
 * Takes the picture of a review for the README from the demo's page: `npm run demo && node tools/picture.mjs [BROWSER]`. BROWSER is
 * a Chromium, `chromium` by default.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const browser = process.argv[2] ?? 'chromium';
/** The file of the demo whose review shows most on little room, and the height of its card. */
const file = 'resources.go';
const size = '760,1010';

const page = readFileSync(join(root, 'demo-output/pull-request.html'), 'utf8');
const head = page.slice(0, page.indexOf('</style>') + '</style>'.length);
const card = page
  .split(/(?=<section class="card">)/)
  .slice(1)
  .map((part) => part.slice(0, part.lastIndexOf('</section>') + '</section>'.length))
  .find((part) => part.includes(`>${file}<`) && part.includes('class="comment"'));
if (card === undefined) {
  console.error(`picture: the demo's page has no review of ${file}; run npm run demo first`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'goplumber-picture-'));
try {
  const shown = join(folder, 'card.html');
  writeFileSync(shown, `${head}<body><main>${card}</main></body></html>`);
  const done = spawnSync(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--window-size=${size}`,
      `--screenshot=${join(root, 'docs/review.png')}`,
      pathToFileURL(shown).href,
    ],
    { encoding: 'utf8' },
  );
  if (done.status !== 0) {
    console.error(`picture: ${browser} failed: ${done.error?.message ?? done.stderr}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
