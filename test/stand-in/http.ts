/** Requests and answers of the stand-in, and the table of its routes. */

export interface Call {
  readonly method: string;
  /** As written in the OpenAPI description, e.g. `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly template: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly actor: Actor;
}

/** Who asks: the App itself (JWT), an installation of it, or a person's token. */
export type Actor =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'installation' | 'user';
      readonly login: string;
      readonly permissions: Readonly<Record<string, string>>;
      /** Of an installation. */
      readonly installation?: number;
      /** Ids of the repositories that the token is for; undefined: all. */
      readonly repositories?: readonly number[];
    };

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  /** `GET /repos/{owner}/{repo}` */
  readonly route: string;
  /** Permission and level that GitHub asks for, e.g. `checks: write`; `app` for the App's own JWT. */
  readonly needs: string;
  handle(call: Call): Reply;
}

/** Thrown by handlers to answer an error in GitHub's form. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;

  constructor(status: number, message: string, errors?: readonly unknown[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

/** Finds the route of a path; undefined when there is none. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  pathname: string,
): { readonly route: Route; readonly template: string; readonly path: Record<string, string> } | undefined {
  for (const route of routes) {
    const [routeMethod, template = ''] = route.route.split(' ');
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`);
    const match = routeMethod === method ? pattern.exec(pathname) : null;
    if (!match) continue;
    return {
      route,
      template,
      path: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')])),
    };
  }
  return undefined;
}

/** One page of a list, by `per_page` (default 30, at most 100) and `page`. */
export function paged<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const page = Number(query.get('page') ?? 1);
  return items.slice((page - 1) * size, page * size);
}
