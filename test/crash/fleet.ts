/** Processes of the built App under a supervisor: one that ends, however it ends, is started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export type Role = 'serve' | 'worker';

interface Member {
  readonly role: Role;
  readonly child: ChildProcess;
  /** Undefined until it listens. */
  port: number | undefined;
}

export class Fleet {
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #members = new Set<Member>();
  /** What the processes logged, the newest of it. */
  log = '';
  #turn = 0;
  #ending = false;

  constructor(program: string, env: Readonly<Record<string, string>>) {
    this.#program = program;
    this.#env = env;
  }

  /** Resolves when the process listens. */
  start(role: Role, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [this.#program, role], {
      env: { ...process.env, ...this.#env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const member: Member = { role, child, port: undefined };
    this.#members.add(member);
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    return new Promise((resolve) => {
      const hear = (chunk: Buffer): void => {
        this.log = (this.log + chunk.toString()).slice(-200_000);
        const port = /"port":(\d+)[^\n]*"listening"/.exec(chunk.toString())?.[1];
        if (port === undefined) return;
        member.port = Number(port);
        resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', () => {
        this.#members.delete(member);
        if (this.#ending) resolve();
        else void sleep(50).then(() => this.start(role, env).then(resolve));
      });
    });
  }

  /** Where the next delivery goes; undefined while nobody listens. */
  hook(): string | undefined {
    const open = [...this.#members].filter(({ role, port }) => role === 'serve' && port !== undefined);
    const member = open[this.#turn++ % Math.max(1, open.length)];
    return member && `http://127.0.0.1:${member.port}/api/github/webhooks`;
  }

  /** The addresses of all that listen, without a path. */
  addresses(): readonly string[] {
    return [...this.#members].flatMap(({ port }) => (port === undefined ? [] : [`http://127.0.0.1:${port}`]));
  }

  /** Hits one of the processes: SIGTERM as a supervisor sends it, to the whole group; SIGKILL to the process alone. */
  strike(choice: number, signal: 'SIGKILL' | 'SIGTERM'): void {
    const members = [...this.#members];
    const pid = members[Math.floor(choice * members.length)]?.child.pid;
    if (pid === undefined) return;
    try {
      process.kill(signal === 'SIGTERM' ? -pid : pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }

  async end(): Promise<void> {
    this.#ending = true;
    const members = [...this.#members];
    const gone = members.map(({ child }) => new Promise((resolve) => child.once('exit', resolve)));
    for (const { child } of members) child.kill('SIGKILL');
    await Promise.all(gone);
  }
}
