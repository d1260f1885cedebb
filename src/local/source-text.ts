/** Bytes of a file to the text that is analysed, or the reason why there is none. */

/** A source file that a person wrote is far smaller; what is larger is data in Go syntax. Bytes. */
export const maxSourceBytes = 4_000_000;

export type SourceText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'skipped'; readonly reason: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8, which is what the Go specification asks of source text. A byte order mark stays in the text. */
export function decodeSource(bytes: Uint8Array): SourceText {
  if (bytes.length > maxSourceBytes) return tooLarge(bytes.length);
  try {
    return { kind: 'text', text: decoder.decode(bytes) };
  } catch {
    return { kind: 'skipped', reason: 'not UTF-8' };
  }
}

/** The answer for a file whose size is known before it is read. */
export function tooLarge(size: number): SourceText & { readonly kind: 'skipped' } {
  return {
    kind: 'skipped',
    reason: `larger than ${maxSourceBytes / 1_000_000} MB (${(size / 1_000_000).toFixed(1)} MB)`,
  };
}

/** Whether the go command would look at a file of this name: `.go`, and not hidden by a leading `_` or `.`. */
export function isGoFileName(name: string): boolean {
  return name.endsWith('.go') && !name.startsWith('_') && !name.startsWith('.');
}
