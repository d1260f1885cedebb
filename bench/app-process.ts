/** The built App as a process of its own, and figures about it that are taken from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { StandIn } from '../test/stand-in/stand-in.ts';

export interface AppProcess {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
}

/** Starts `dist/main.js serve` for a stand-in and leads its webhooks there. */
export async function startAppProcess(
  gitHub: StandIn,
  env: Readonly<Record<string, string>> = {},
): Promise<AppProcess> {
  const child = spawn(process.execPath, ['dist/main.js', 'serve'], {
    env: { ...process.env, ...gitHub.environment(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithUs(child);
  child.once('exit', (code, signal) => console.error(`the App ended (${signal ?? code})`));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`the App did not start: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-20_000);
      const found = /"port":(\d+)[^\n]*"listening"/.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  gitHub.hook = `http://127.0.0.1:${port}/api/github/webhooks`;
  return { child, port, ended };
}

function endWithUs(child: ChildProcess): void {
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

/** A server that does nothing, in a process of its own: what its answers take is what the machine takes. Gives its address. */
export async function startControl(): Promise<string> {
  const script = `const server = require('node:http').createServer((_, answer) => answer.end('{}'));
server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  endWithUs(child);
  const port = await new Promise((resolve) => child.once('message', resolve));
  child.channel?.unref();
  child.unref();
  return `http://127.0.0.1:${port}/`;
}

/** Megabytes that the process holds; Linux only. */
export function residentMegabytes({ child }: AppProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

/** Seconds of processor time that the process took, in all its threads; Linux only. */
export function processorSeconds({ child }: AppProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // Fields 14 and 15 of proc(5), in hundredths of a second; the first two are cut off.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const poller = `
const [url, everyMs] = [process.argv[1], Number(process.argv[2])];
const times = [];
process.on('message', () => { process.send(times); process.exit(0); });
(async () => {
  for (;;) {
    const started = performance.now();
    const answer = await fetch(url).catch(() => undefined);
    times.push(answer?.ok ? performance.now() - started : Infinity);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
})();`;

/** Asks for an address again and again from a third process, which nothing else holds up. Ends with all times in ms. */
export function pollFromOutside(url: string, everyMs: number): () => Promise<readonly number[]> {
  const child = spawn(process.execPath, ['-e', poller, url, String(everyMs)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  endWithUs(child);
  return () =>
    new Promise((resolve) => {
      child.once('message', (times) => resolve(times as readonly number[]));
      child.send('end');
    });
}
