const quiet = () => {};

/** A log for clients of GitHub: what goes wrong is thrown, and said by whoever catches it. */
export const silentLog = { debug: quiet, info: quiet, warn: quiet, error: quiet };
