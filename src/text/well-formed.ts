/** Text that can be written as UTF-8: paths of an answer in JSON may hold half of a surrogate pair, which no file has. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
