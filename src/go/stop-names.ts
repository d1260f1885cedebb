/** Names that say that something ends what a value or a goroutine does. */
const stopNames: ReadonlySet<string> = new Set([
  'stop',
  'close',
  'shutdown',
  'gracefulstop',
  'terminate',
  'destroy',
  'teardown',
  'halt',
  'dispose',
  'quit',
  'kill',
  'down',
  'end',
  'finish',
  'exit',
]);

/** Whether a method's name, in any case, says that it ends what a value does. */
export function isStopName(name: string): boolean {
  return stopNames.has(name.toLowerCase());
}

const stopChannels = /^\w*(done|stop|quit|exit|clos(e|ed|ing)|cancel|abort|term|shutdown|kill|die|dying)\w*$/i;

/** Whether a channel's name says that it tells goroutines to end, where its element type does not. */
export function isStopChannelName(name: string): boolean {
  return stopChannels.test(name);
}
