/** How a release is repaired: by a `defer` after the call, or by hand. */
export type ReleaseAdvice =
  /** Releasing twice does no harm, so a `defer` may stand beside other releases. */
  | { readonly kind: 'defer' }
  /** Releasing twice panics: a `defer` is offered only where nothing else releases. */
  | { readonly kind: 'defer-alone' }
  /** A person has to decide; the sentence says what. */
  | { readonly kind: 'manual'; readonly text: string };

export const deferredAlone: ReleaseAdvice = { kind: 'defer-alone' };

export const deferred: ReleaseAdvice = { kind: 'defer' };
