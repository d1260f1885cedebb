/** A resource that a team names in its configuration. */
export interface TeamResource {
  /** `import/path.Function` or `import/path.Type.Method`. */
  readonly acquiredBy: readonly string[];
  /** Ways to release it, the best one first: `Close()` or `Field.Close()`, a function `import/path.Release(x)`, or `()`. */
  readonly releasedBy: readonly string[];
  /** Which of the results it is, from 0; absent = the first. */
  readonly result?: number;
  /** What stays while it is not released, as the end of a sentence. */
  readonly keeps?: string;
  /** False: a `defer` of the first way is not offered. */
  readonly fix?: boolean;
}
