/** `goplumber serve --setup`: registers the App when it has no credentials yet. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedFile } from './cli/package-root.ts';
import type { Terminal } from './cli/terminal.ts';
import { startRegistration } from './github/register.ts';

/** Whether nothing of what signs the App in is set. */
export function isUnregistered(env: Terminal['env']): boolean {
  return ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'].every((name) => !env[name]);
}

/** Runs the setup page until SIGINT or SIGTERM. Returns the exit code. */
export async function register(terminal: Pick<Terminal, 'env' | 'cwd' | 'err'>): Promise<number> {
  const page = `http://localhost:${terminal.env['PORT'] || '3000'}`;
  terminal.err(
    [
      'goplumber: the App has no credentials yet',
      `goplumber: 1. open ${page} and register it; its credentials are written to .env`,
      'goplumber: 2. stop this process (Ctrl-C) and start it again',
      'goplumber: 3. without an address that GitHub can reach, forward webhooks: npx smee-client --url WEBHOOK_PROXY_URL --target http://localhost:3000/api/github/webhooks',
      '',
    ].join('\n'),
  );
  try {
    const { stop } = await startRegistration(fileURLToPath(shippedFile('.')), resolve(terminal.cwd, '.env'));
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    });
    await stop();
    return 0;
  } catch (error) {
    terminal.err(`goplumber: the setup page cannot run: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
