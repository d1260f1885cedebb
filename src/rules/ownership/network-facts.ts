/** Which calls of the standard library wait on a peer without limit, and what limits them. Facts from pkg.go.dev. */

/** Functions that send a request with the default client, which has no timeout (net/http: "A Timeout of zero means no
 *  timeout"). */
export const httpWithoutTimeout: ReadonlySet<string> = new Set(['Get', 'Head', 'Post', 'PostForm']);

/** Functions that make a connection with no deadline of its own, by import path. */
export const dialsWithoutDeadline: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['net', new Set(['Dial', 'DialTCP', 'DialUDP', 'DialUnix', 'DialIP'])],
  ['crypto/tls', new Set(['Dial'])],
  ['net/rpc', new Set(['Dial', 'DialHTTP', 'DialHTTPPath'])],
  ['net/rpc/jsonrpc', new Set(['Dial'])],
  ['net/smtp', new Set(['Dial'])],
  ['net/textproto', new Set(['Dial'])],
]);

/** Methods of a connection that set its deadline. */
export const deadlineMethods: ReadonlySet<string> = new Set(['SetDeadline', 'SetReadDeadline', 'SetWriteDeadline']);
