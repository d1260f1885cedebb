/**
 * The line hashes by which GitHub follows alerts (`primaryLocationLineHash`), computed as its own upload action does: a
 * rolling hash of the hundred characters from the start of a line, without blanks and tabs, and the number of the line
 * among those with the same hash.
 * https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 */
const blockSize = 100;
const factor = 37n;
const [tab, lineFeed, carriageReturn, space, endOfFile] = [9, 10, 13, 32, 0xffff];
const firstFactor = BigInt.asIntN(64, factor ** BigInt(blockSize));

const recent: { source: string; hashes: ReadonlyMap<number, string> } = { source: '', hashes: new Map() };

/** Hash by line, from 1. The last text is remembered, since a file has several findings. */
export function lineHashes(source: string): ReadonlyMap<number, string> {
  if (recent.source !== source) Object.assign(recent, { source, hashes: new Hasher().run(source) });
  return recent.hashes;
}

class Hasher {
  readonly #hashes = new Map<number, string>();
  readonly #counts = new Map<string, number>();
  readonly #window = new Array<number>(blockSize).fill(0);
  /** The line that starts at a place of the window; 0 when none. */
  readonly #starts = new Array<number>(blockSize).fill(0);
  #hash = 0n;
  #at = 0;

  run(source: string): ReadonlyMap<number, string> {
    let line = 0;
    let atStart = true;
    let afterReturn = false;
    for (let offset = 0; offset <= source.length; offset++) {
      let unit = offset === source.length ? endOfFile : source.charCodeAt(offset);
      const skipped: boolean = unit === space || unit === tab || (afterReturn && unit === lineFeed);
      afterReturn = !skipped && unit === carriageReturn;
      if (skipped) continue;
      if (unit === carriageReturn) unit = lineFeed;
      this.#flush();
      if (atStart) this.#starts[this.#at] = ++line;
      atStart = unit === lineFeed;
      this.#push(unit);
    }
    for (let left = 0; left < blockSize; left++) {
      this.#flush();
      this.#push(0);
    }
    return this.#hashes;
  }

  /** Takes down the hash of the line that started a whole window ago. */
  #flush(): void {
    const line = this.#starts[this.#at] ?? 0;
    if (line === 0) return;
    const value = BigInt.asUintN(64, this.#hash).toString(16);
    const count = (this.#counts.get(value) ?? 0) + 1;
    this.#counts.set(value, count);
    this.#hashes.set(line, `${value}:${count}`);
    this.#starts[this.#at] = 0;
  }

  #push(unit: number): void {
    const leaving = BigInt(this.#window[this.#at] ?? 0);
    this.#window[this.#at] = unit;
    this.#hash = BigInt.asIntN(64, factor * this.#hash + BigInt(unit) - firstFactor * leaving);
    this.#at = (this.#at + 1) % blockSize;
  }
}
