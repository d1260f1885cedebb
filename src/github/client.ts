/**
 * The one door to GitHub's API. Adapters call `read`, `write` and `query`; what these throw is a `GitHubError`. How a
 * request is sent is the business of a `Transport`.
 */
import type { Endpoints } from '@octokit/types';
import {
  type OctokitLike,
  octokitTransport,
  type QueryError,
  type RestCall,
  type Transport,
  type TransportOptions,
} from './transport.ts';

/** Routes are endpoint names as GitHub's documentation writes them: `GET /repos/{owner}/{repo}/pulls/{pull_number}`. */
export interface GitHubClient {
  /** Reads; repeated after trouble on the way. */
  read<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Endpoints[R]['response']['data']>;
  /** Every page of a list, at most `maxPages` pages of 100. */
  pages<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
    maxPages: number,
  ): Promise<readonly Items<R>[]>;
  /** Pages of 100 of a list that names its next page by a cursor, until one is `enough`; at most `maxPages`. */
  cursorPages<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
    maxPages: number,
    enough: (page: readonly Items<R>[]) => boolean,
  ): Promise<readonly Items<R>[]>;
  /** Writes; sent once. */
  write<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Endpoints[R]['response']['data']>;
  /**
   * A GraphQL query, repeated as reads are, or a mutation, sent once. Errors of GraphQL that leave data behind come
   * beside the data.
   */
  query(text: string, variables: Record<string, unknown>): Promise<QueryResult>;
}

type Items<R extends keyof Endpoints> = Endpoints[R]['response']['data'] extends readonly (infer Item)[] ? Item : never;

export interface QueryResult {
  readonly data: Record<string, unknown>;
  readonly errors: readonly QueryError[];
}

const pageSize = 100;

/** Wraps an Octokit. */
export function gitHubClient(octokit: OctokitLike, options: TransportOptions = {}): GitHubClient {
  return clientOver(octokitTransport(octokit, options));
}

/** A client whose requests take the way of `transport`. */
export function clientOver(transport: Transport): GitHubClient {
  const send = (kind: RestCall['kind'], route: string, parameters: object) =>
    transport({ kind, route, parameters: parameters as RestCall['parameters'] });
  const read = async (route: string, parameters: object) => (await send('read', route, parameters)).data;
  return {
    read: (route, parameters) => read(route, parameters as object) as never,
    write: async (route, parameters) => (await send('write', route, parameters as object)).data as never,
    async cursorPages(route, parameters, maxPages, enough) {
      const all: never[] = [];
      let at: string | undefined;
      for (let page = 1; page <= maxPages; page++) {
        const next = at === undefined ? {} : { cursor: at };
        const { data, cursor } = await send('read', route, { ...(parameters as object), per_page: pageSize, ...next });
        all.push(...(data as never[]));
        at = cursor;
        if (at === undefined || enough(data as never[])) break;
      }
      return all;
    },
    async pages(route, parameters, maxPages) {
      const all: never[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const items = (await read(route, { ...(parameters as object), per_page: pageSize, page })) as never[];
        all.push(...items);
        if (items.length < pageSize) break;
      }
      return all;
    },
    async query(text, variables) {
      const { data, errors = [] } = await transport({ kind: 'query', text, variables });
      return { data: data as Record<string, unknown>, errors };
    },
  };
}
