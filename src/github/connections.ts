/** A bound on open connections that strangers cannot use up: those that bring nothing make room for the newest. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often dropped connections are told of, in milliseconds: strangers decide how many there are. */
const quietMs = 1_000;

export interface Connections {
  /** Runs `work` for what came over a connection, which is not dropped meanwhile. */
  keptFor<T>(socket: Socket, work: () => Promise<T>): Promise<T>;
}

/**
 * Keeps at most `limit` connections of a server. A delivery takes milliseconds to arrive, so among very many connections the
 * oldest is one that waits for nothing good. `onDropped` is told how many were dropped since it was told last.
 */
export function boundConnections(server: Server, limit: number, onDropped: (count: number) => void): Connections {
  const open = new Set<Socket>();
  const kept = new Set<Socket>();
  const tell = gathered(onDropped);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    if (open.size <= limit) return;
    for (const oldest of open) {
      if (kept.has(oldest)) continue;
      oldest.destroy();
      return tell();
    }
  });
  return {
    async keptFor(socket, work) {
      kept.add(socket);
      try {
        return await work();
      } finally {
        kept.delete(socket);
      }
    },
  };
}

/** Calls at once, and after that once in a while with what has come together. */
function gathered(tell: (count: number) => void): () => void {
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  const say = (): void => {
    timer = undefined;
    if (count === 0) return;
    tell(count);
    count = 0;
    timer = setTimeout(say, quietMs).unref();
  };
  return () => {
    count++;
    if (!timer) say();
  };
}
