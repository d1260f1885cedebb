/** How much work the parts of an analysis may take, in steps of the meter. */

/** A package may take what all small ones need many times over, and more with the length of its text. */
interface Share {
  readonly steps: number;
  readonly stepsPerCharacter: number;
}

/** Searches for stuck goroutines. */
export const explorerWork: Share = { steps: 90_000_000, stepsPerCharacter: 60 };

/** All rules of a package together, the searches not counted. */
export const rulesWork: Share = { steps: 6_000_000, stepsPerCharacter: 30 };

/** Verifying the fixes of a package: each attempt is an analysis. */
export const fixWork: Share = { steps: 15_000_000, stepsPerCharacter: 60 };

/** One entry of the explorer may take so much of what the package has. */
export const entryShare = 1 / 4;

/** The steps of a share for a package whose files are of this many characters together. */
export function stepsFor({ steps, stepsPerCharacter }: Share, characters: number): number {
  return steps + stepsPerCharacter * characters;
}
