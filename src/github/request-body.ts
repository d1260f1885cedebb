/** Reading bodies of requests within limits: each for itself, and all that are under way together. */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'aborted' }
  /** Given up in favour of others, since all bodies together need too much memory. */
  | { readonly kind: 'crowded-out' };

interface Reading {
  size: number;
  readonly drop: () => void;
}

/**
 * The bodies that are being read. Nobody has proved yet to be GitHub, so what is held in memory is bounded; when the bound
 * is met, the largest body goes, which is never that of an ordinary delivery.
 */
export class BodiesUnderWay {
  readonly #limit: number;
  readonly #readings = new Set<Reading>();
  #held = 0;

  /** Bytes of all bodies together. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /**
   * Reads a whole body. Stops as soon as it is known to be larger than `limit` bytes: at once when the announced length
   * is, otherwise while reading. What was read until then is dropped.
   */
  read(request: IncomingMessage, limit: number): Promise<Body> {
    if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too-large' });
    return new Promise((resolve) => {
      let chunks: Buffer[] = [];
      const end = (body: Body): void => {
        request.removeAllListeners('data');
        chunks = [];
        if (this.#readings.delete(reading)) this.#held -= reading.size;
        resolve(body);
      };
      const reading: Reading = { size: 0, drop: () => end({ kind: 'crowded-out' }) };
      this.#readings.add(reading);
      request.on('data', (chunk: Buffer) => {
        reading.size += chunk.length;
        this.#held += chunk.length;
        chunks.push(chunk);
        if (reading.size > limit) end({ kind: 'too-large' });
        else if (this.#held > this.#limit) this.#dropLargest();
      });
      request.on('end', () => end({ kind: 'bytes', bytes: Buffer.concat(chunks) }));
      request.on('error', () => end({ kind: 'aborted' }));
      request.on('close', () => end({ kind: 'aborted' }));
    });
  }

  #dropLargest(): void {
    const [first, ...rest] = this.#readings;
    rest.reduce((largest, one) => (largest && largest.size >= one.size ? largest : one), first)?.drop();
  }
}
