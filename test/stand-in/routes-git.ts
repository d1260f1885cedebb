/** Comparisons, blobs, and the sign-in of Apps and people. */
import type { Access } from './access.ts';
import { diffFiles } from './diff.ts';
import { ApiError, notFound, paged, type Route } from './http.ts';
import { diffRefusal } from './routes-pulls.ts';
import type { World } from './world.ts';

export function gitRoutes(world: World): readonly Route[] {
  return [
    {
      route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      needs: 'contents: read',
      handle(call) {
        const { git, pulls } = world.repository(call);
        const [base = '', head = ''] = (call.path['basehead'] ?? '').split('...');
        if (!git.resolve(`${base}^{commit}`) || !git.resolve(`${head}^{commit}`)) throw notFound();
        const mergeBase = git.mergeBase(base, head);
        if (mergeBase === '') throw new ApiError(404, `No common ancestor between ${base} and ${head}.`);
        const commits = git
          .answer(['rev-list', '--reverse', `${base}..${head}`])
          .split('\n')
          .filter(Boolean);
        // Files come with the first page only.
        const first = (call.query.get('page') ?? '1') === '1';
        const fault = pulls.find((pull) => pull.head === head)?.diffFault;
        if (first && fault !== undefined) throw diffRefusal(fault);
        const files = first ? diffFiles(git, mergeBase, head).slice(0, 300) : undefined;
        const body = {
          merge_base_commit: { sha: mergeBase },
          total_commits: commits.length,
          commits: paged(commits, call.query).map((sha) => ({ sha })),
          ...(files ? { files } : {}),
        };
        return { status: 200, body };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
      needs: 'contents: read',
      handle(call) {
        const { git } = world.repository(call);
        const sha = git.resolve(`${call.path['tree_sha']}^{tree}`);
        if (!sha) throw notFound();
        const recursive = call.query.has('recursive') ? ['-r', '-t'] : [];
        const records = git
          .text(['ls-tree', '-z', '-l', ...recursive, sha])
          .split('\0')
          .filter(Boolean);
        const tree = records.map((record) => {
          const [, mode = '', type = '', oid = '', size = '', path = ''] =
            /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(record) ?? [];
          return { path, mode, type, sha: oid, ...(type === 'blob' ? { size: Number(size) } : {}) };
        });
        // GitHub cuts what is longer.
        return { status: 200, body: { sha, tree: tree.slice(0, 100_000), truncated: tree.length > 100_000 } };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
      needs: 'contents: read',
      handle(call) {
        const { git } = world.repository(call);
        const oid = git.resolve(`${call.path['file_sha']}^{blob}`);
        if (!oid) throw notFound();
        const bytes = git.blob(oid);
        return {
          status: 200,
          body: {
            sha: oid,
            size: bytes.length,
            encoding: 'base64',
            content: bytes.toString('base64').replace(/.{60}/g, '$&\n'),
          },
        };
      },
    },
  ];
}

/** More than was granted is refused. */
function narrowedPermissions(access: Access, asked: unknown): Readonly<Record<string, string>> {
  const granted = Object.fromEntries(Object.entries(access.app.permissions).filter(([, level]) => level !== 'none'));
  if (asked === undefined) return granted;
  for (const [name, level] of Object.entries(asked as Record<string, string>)) {
    if (granted[name] !== level && granted[name] !== 'write')
      throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  }
  return asked as Record<string, string>;
}

function narrowedRepositories(
  world: World,
  access: Access,
  installation: number,
  body: Readonly<Record<string, unknown>>,
): readonly number[] | undefined {
  const { repositories, repository_ids: ids } = body as { repositories?: string[]; repository_ids?: number[] };
  if (!repositories && !ids) return undefined;
  const reached = world.repositories.filter(({ owner }) => access.installationOf(owner) === installation);
  const byName = (repositories ?? []).map((name) =>
    reached.filter((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  const byId = (ids ?? []).map((id) => reached.filter((one) => one.id === id));
  const found = [...byName, ...byId];
  if (found.some((of) => of.length === 0))
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  return found.flat().map(({ id }) => id);
}

export function signInRoutes(world: World, access: Access): readonly Route[] {
  return [
    {
      route: 'POST /app/installations/{installation_id}/access_tokens',
      needs: 'app',
      handle(call) {
        const installation = Number(call.path['installation_id']);
        if (!access.isInstallation(installation)) throw notFound();
        const permissions = narrowedPermissions(access, call.body['permissions']);
        const repositories = narrowedRepositories(world, access, installation, call.body);
        const body = {
          token: access.installationToken(installation, { permissions, ...(repositories ? { repositories } : {}) }),
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          permissions,
          repository_selection: repositories ? 'selected' : 'all',
        };
        return { status: 201, body };
      },
    },
    {
      route: 'GET /app/installations/{installation_id}',
      needs: 'app',
      handle(call) {
        const id = Number(call.path['installation_id']);
        if (access.removed || !access.isInstallation(id)) throw notFound();
        const permissions = narrowedPermissions(access, undefined);
        return { status: 200, body: { id, app_slug: access.app.slug, permissions, suspended_at: null } };
      },
    },
    {
      route: 'GET /app',
      needs: 'app',
      handle: () => ({ status: 200, body: { id: access.app.appId, slug: access.app.slug, name: 'Goplumber' } }),
    },
    {
      route: 'GET /user',
      needs: 'user',
      handle: (call) => ({ status: 200, body: { login: call.actor.kind === 'app' ? '' : call.actor.login } }),
    },
  ];
}
