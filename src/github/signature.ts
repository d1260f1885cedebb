/** Whether a delivery comes from GitHub: its signature is that of the bytes that came, with a secret that both know. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** `sha256=` and 64 hexadecimal digits. Any of the secrets will do, so that a secret can be replaced without a gap. */
export function isSigned(body: Buffer, signature: string, secrets: readonly string[]): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1];
  if (hex === undefined) return false;
  const claimed = Buffer.from(hex, 'hex');
  return secrets.some((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), claimed));
}
