/** Reading the App's private key from what people put into an environment variable. */
import { createPrivateKey } from 'node:crypto';

/**
 * The key as PKCS#8 PEM, or undefined when the text is not an RSA private key. Accepted: PEM (PKCS#1 as GitHub gives it,
 * or PKCS#8), PEM with `\n` written as two characters, and base64 of either. A key with a passphrase is not accepted.
 */
export function normalisePrivateKey(text: string): string | undefined {
  const pem = asPem(text.trim());
  if (pem === undefined) return undefined;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') return undefined;
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    return undefined;
  }
}

function asPem(text: string): string | undefined {
  if (text.startsWith('-----BEGIN')) return text.replaceAll('\\n', '\n');
  const decoded = Buffer.from(text, 'base64').toString('utf8').trim();
  return decoded.startsWith('-----BEGIN') ? decoded : undefined;
}
