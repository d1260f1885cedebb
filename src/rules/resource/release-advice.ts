/** How a release is repaired: by a `defer` after the call, or by hand. */
export type ReleaseAdvice =
  /** Releasing twice does no harm, so a `defer` may stand beside other releases. */
  | { readonly kind: 'defer' }
  /** A person has to decide; the sentence says what. */
  | { readonly kind: 'manual'; readonly text: string };

export const deferred: ReleaseAdvice = { kind: 'defer' };
