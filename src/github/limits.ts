/** Bounds of what one review reads and writes. Beyond them something is left out, and counted as omitted. */

/** GitHub lists at most this many files of a pull request (REST: list pull requests files). */
export const maxChangedFiles = 3_000;

/** GitHub shows at most this many files of a comparison (REST: compare two commits). */
export const maxComparedFiles = 300;

export const snapshotLimits = {
  /** Folders with changed Go files whose packages are read. */
  folders: 400,
  /** Go files read, base and head together, equal blobs counted once. */
  files: 6_000,
  /** Bytes of a single file; larger Go files are generated tables. */
  fileBytes: 4_000_000,
  /** Bytes of all files together. */
  totalBytes: 96_000_000,
} as const;

/** Of what changed packages import. */
export const importLimits = {
  packages: 300,
  /** UTF-16 units and bytes: what crosses to the process of the analysis. */
  size: 8_000_000,
  /** Requests of one snapshot, those for imports included; at least one query is always left for these. */
  requests: 12,
  /** UTF-16 units of texts that are kept between reviews. */
  kept: 64_000_000,
} as const;

export const graphqlLimits = {
  /** `object(expression:)` fields in one query that lists folders. */
  objectsPerListing: 200,
  /** Blobs in one query, and the sum of their sizes in bytes. */
  blobsPerQuery: 300,
  bytesPerQuery: 3_000_000,
  /** GitHub answers a query within ten seconds or not at all: one of more bytes that fails is asked again in two halves. */
  bytesToHalve: 750_000,
  /** `Blob.text` is cut here (bytes). */
  textBytes: 512_000,
  /** Queries at the same time. */
  parallel: 3,
} as const;

/** GitHub's limits on what we write, in UTF-16 units (REST: check runs; validation messages of comments). */
export const writeLimits = {
  commentBody: 65_536,
  checkTitle: 255,
  checkText: 65_535,
  annotationMessage: 60_000,
  annotationTitle: 255,
  annotationsPerRequest: 50,
  /** Of ours: more annotations than this are left out and said in the summary. */
  annotations: 500,
} as const;
