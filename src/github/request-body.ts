/** Reading the body of a request up to a limit. */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'aborted' };

/**
 * Reads the whole body as UTF-8. Stops as soon as it is known to be larger than `limit` bytes: at once when the
 * announced length is, otherwise while reading. What was read until then is dropped.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const end = (body: Body): void => {
      request.removeAllListeners('data');
      chunks = [];
      resolve(body);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) return end({ kind: 'too-large' });
      chunks.push(chunk);
    });
    request.on('end', () => end({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') }));
    request.on('error', () => end({ kind: 'aborted' }));
    request.on('close', () => end({ kind: 'aborted' }));
  });
}
