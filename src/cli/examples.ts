/** What `goplumber --help` shows after the commands. */
export const examples = `
Examples:
  goplumber check                          every package below this folder
  goplumber check --fix                    the same, applying verified fixes
  goplumber check --base origin/main       what this branch and the working tree introduce
  goplumber check --format json server.go  findings in one file; its package is read for context
  goplumber review cli/cli#1234            what the App would say about a pull request

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 bad usage, or input or output\nthat cannot be read or written, 124 stopped by --timeout, 130 after Ctrl-C.`;
