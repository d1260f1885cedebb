/** A bound on open connections that strangers cannot use up: the oldest makes room for the newest. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps at most `limit` connections of a server. A delivery takes milliseconds, so among very many connections the oldest
 * is one that waits for nothing good.
 */
export function boundConnections(server: Server, limit: number): void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const [oldest] = open;
    if (open.size > limit) oldest?.destroy();
  });
}
