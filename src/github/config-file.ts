/** The configuration file: from the base branch, or from the organisation's `.github` repository; never from the head. */

import type { ConfigPort, RepositoryRef, StoredConfig } from '../review/ports.ts';
import { configPath } from '../review/proposed-config.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

/** The fields that ask for both places; the query that they stand in has the variables `$owner` and `$name`. */
export function configFields(ref: string): string {
  const own = JSON.stringify(`${ref}:${configPath}`);
  const shared = JSON.stringify(`HEAD:${configPath}`);
  return `configured: repository(owner: $owner, name: $name) { object(expression: ${own}) { ... on Blob { text } } }
  organisation: repository(owner: $owner, name: ".github") { object(expression: ${shared}) { ... on Blob { text } } }`;
}

/** Reads the answer to these fields. A `.github` repository that is absent or closed to us counts as no file. */
export function configIn(data: Readonly<Record<string, unknown>>, repository: RepositoryRef): StoredConfig | undefined {
  const own = textOf(data['configured']);
  if (own !== undefined) return { text: own, origin: configPath };
  const shared = textOf(data['organisation']);
  return shared === undefined ? undefined : { text: shared, origin: sharedOrigin(repository) };
}

const ownQuestion = `query($owner: String!, $name: String!, $own: String!) {
  repository(owner: $owner, name: $name) { object(expression: $own) { ... on Blob { text } } }
}`;

/** Reads both places in one request. */
export function gitHubConfig(client: GitHubClient): ConfigPort {
  return {
    async configText(repository, ref) {
      const { owner, name } = repository;
      const text = `query($owner: String!, $name: String!) { ${configFields(ref)} }`;
      const { data, errors } = await client.query(text, { owner, name });
      if (!isRecord(data['configured'])) {
        throw new GitHubError('gone', errors[0]?.message ?? `The repository ${owner}/${name} was not found.`);
      }
      return configIn(data, repository);
    },
    async ownText({ owner, name }, ref) {
      const { data } = await client.query(ownQuestion, { owner, name, own: `${ref}:${configPath}` });
      return textOf(data['repository']);
    },
  };
}

function sharedOrigin({ owner }: RepositoryRef): string {
  return `${owner}/.github: ${configPath}`;
}

function textOf(repository: unknown): string | undefined {
  const object = isRecord(repository) ? repository['object'] : undefined;
  const text = isRecord(object) ? object['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
