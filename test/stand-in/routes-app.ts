/** What GitHub tells the App about itself: installations, their repositories, deliveries. */
import type { Access } from './access.ts';
import type { Deliveries } from './deliveries.ts';
import { notFound, paged, type Reply, type Route } from './http.ts';
import { pullBody } from './routes-pulls.ts';
import type { World } from './world.ts';

export function appRoutes(world: World, access: Access, deliveries: Deliveries): readonly Route[] {
  return [
    {
      route: 'GET /app/installations',
      needs: 'app',
      handle() {
        const ids = access.removed ? [] : [access.app.installationId, ...access.installations.values()];
        const suspended_at = access.suspended ? new Date().toISOString() : null;
        return { status: 200, body: ids.map((id) => ({ id, app_slug: access.app.slug, suspended_at })) };
      },
    },
    {
      route: 'GET /installation/repositories',
      needs: 'metadata: read',
      handle(call) {
        const asking = call.actor.kind === 'installation' ? call.actor.installation : undefined;
        const reached = world.repositories.filter(({ owner }) => access.installationOf(owner) === asking);
        const repositories = paged(reached, call.query).map(({ id, owner, name }) => ({
          id,
          name,
          full_name: `${owner}/${name}`,
          owner: { login: owner },
          archived: false,
        }));
        return { status: 200, body: { total_count: reached.length, repositories } };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/pulls',
      needs: 'pull_requests: read',
      handle(call) {
        const repository = world.repository(call);
        const state = call.query.get('state') ?? 'open';
        const asked = repository.pulls.filter((pull) => state === 'all' || pull.state === state);
        return { status: 200, body: paged(asked, call.query).map((pull) => pullBody(repository, pull)) };
      },
    },
    { route: 'GET /app/hook/deliveries', needs: 'app', handle: (call) => list(deliveries, call.query) },
    {
      route: 'POST /app/hook/deliveries/{delivery_id}/attempts',
      needs: 'app',
      handle(call) {
        if (!deliveries.again(Number(call.path['delivery_id']))) throw notFound();
        return { status: 202, body: {} };
      },
    },
  ];
}

/** Newest first. The cursor is GitHub's own, and stands in the `link` header only. */
function list(deliveries: Deliveries, query: URLSearchParams): Reply {
  const all = deliveries.sent.toReversed();
  const cursor = query.get('cursor');
  const start = cursor === null ? 0 : all.findIndex(({ id }) => `v1_${id}` === cursor);
  const size = Number(query.get('per_page') ?? 30);
  const next = all[start + size];
  const link = next ? { link: `<https://api.github.com/app/hook/deliveries?cursor=v1_${next.id}>; rel="next"` } : {};
  const body = all.slice(start, start + size).map(({ id, guid, at, status, event, redelivery }) => ({
    id,
    guid,
    delivered_at: at,
    redelivery,
    duration: 0.1,
    status,
    status_code: status === 'OK' ? 202 : 0,
    event,
    action: null,
    installation_id: null,
    repository_id: null,
  }));
  return { status: 200, body, headers: link };
}
