/**
 * Registers the App on GitHub: Probot's setup page sends app.yml as a manifest, GitHub answers with the credentials, and
 * they are written to `.env`. For local work the webhook address is a channel of smee.io.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { run } from 'probot';

export interface Registration {
  /** Ends the setup page. */
  stop(): Promise<void>;
}

/**
 * Starts the setup page. `shipped` is the folder that holds app.yml, where Probot looks for it; `envFile` is absolute.
 * The working folder of the process is changed until `stop`.
 */
export async function startRegistration(shipped: string, envFile: string): Promise<Registration> {
  const folder = process.cwd();
  process.chdir(shipped);
  const server = await run(() => {}, {
    env: process.env,
    updateEnv: (values) => {
      writeFileSync(envFile, mergedEnv(textOf(envFile), values as Readonly<Record<string, string | undefined>>), {
        mode: 0o600,
      });
      Object.assign(process.env, values);
      return values;
    },
  });
  return {
    async stop() {
      await server.stop();
      process.chdir(folder);
    },
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The text of an env file with these settings in place of older ones. Values stand on one line and without quotes, so
 * that Docker reads the file, too; the key is therefore written as base64.
 */
export function mergedEnv(text: string, values: Readonly<Record<string, string | undefined>>): string {
  const lines = text
    .split('\n')
    .filter((line) => line !== '' && !(line.split('=', 1)[0]?.trim() ?? '').match(pattern(values)));
  const added = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${name === 'PRIVATE_KEY' ? oneLine(value) : value}`],
  );
  return `${[...lines, ...added].join('\n')}\n`;
}

function pattern(values: Readonly<Record<string, string | undefined>>): RegExp {
  return new RegExp(`^(${Object.keys(values).join('|')})$`);
}

function oneLine(key: string): string {
  const pem = key.replace(/^"|"$/g, '').replaceAll('\\n', '\n');
  return Buffer.from(pem).toString('base64');
}
