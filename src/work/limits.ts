/** How much work the parts of an analysis may take, in steps of the meter. */

/** A package may take what all small ones need many times over, and more with the length of what is looked into. */
interface Share {
  readonly steps: number;
  readonly stepsPerCharacter: number;
}

/** Searches for stuck goroutines. */
export const explorerWork: Share = { steps: 15_000_000, stepsPerCharacter: 60 };

/** All rules of a package together, the searches not counted. */
export const rulesWork: Share = { steps: 6_000_000, stepsPerCharacter: 30 };

/** Verifying the fixes of a package: each attempt is an analysis. */
export const fixWork: Share = { steps: 15_000_000, stepsPerCharacter: 60 };

/** One entry of the explorer may take so much of what the package has. */
export const entryShare = 1 / 4;

/** How long the texts are that an analysis may look into, in characters. */
export interface Size {
  /** Of the package itself. */
  readonly own: number;
  /** Of the repository's packages that it can reach by imports. */
  readonly imported: number;
}

/** Searches follow calls into imported packages, but no search reaches all of a large repository. */
const mostImported = 1_000_000;

/** The steps of a share for a package of a size. */
export function stepsFor({ steps, stepsPerCharacter }: Share, { own, imported }: Size): number {
  return steps + stepsPerCharacter * (own + Math.min(imported, mostImported));
}
