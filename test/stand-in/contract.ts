/** Holds every request against GitHub's own OpenAPI description and GraphQL schema. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { schema } from '@octokit/graphql-schema';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql';

type Json = Record<string, unknown>;

const require = createRequire(import.meta.url);

let description: Json | undefined;
let graphql: GraphQLSchema | undefined;
let ajv: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

/** GitHub's REST description, read once per process. */
function openApi(): Json {
  description ??= JSON.parse(
    readFileSync(require.resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8'),
  ) as Json;
  return description;
}

/** GitHub's GraphQL schema, built once per process. */
export function graphqlSchema(): GraphQLSchema {
  graphql ??= buildSchema(schema.idl, {
    assumeValidSDL: true,
  });
  return graphql;
}

/** What is wrong with a GraphQL document; empty when nothing is. */
export function graphqlFaults(query: string): readonly string[] {
  try {
    return validate(graphqlSchema(), parse(query)).map((error) => error.message);
  } catch (error) {
    return [String(error)];
  }
}

export interface Sent {
  readonly method: string;
  readonly template: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined when nothing was sent. */
  readonly body: unknown;
}

/** What is wrong with a REST request: unknown or wrong path, query and body parameters. */
export function restFaults({ method, template, path, query, body }: Sent): readonly string[] {
  const operation = at(openApi(), ['paths', template, method.toLowerCase()]);
  if (!operation) return [`${method} ${template} is not part of GitHub's API`];
  const faults: string[] = [];
  const known = new Map<string, Json>();
  for (const entry of (operation['parameters'] as Json[] | undefined) ?? []) {
    const parameter = deref(entry);
    known.set(`${parameter['in']}:${parameter['name']}`, parameter);
  }
  for (const [name, value] of Object.entries(path)) check(faults, known.get(`path:${name}`), `path ${name}`, value);
  for (const [name, value] of query) check(faults, known.get(`query:${name}`), `query ${name}`, value);
  for (const [key, parameter] of known) {
    const name = key.slice(key.indexOf(':') + 1);
    if (key.startsWith('query:') && parameter['required'] === true && !query.has(name))
      faults.push(`query ${name} is missing`);
  }
  return [...faults, ...bodyFaults(template, method, operation, body)];
}

function check(faults: string[], parameter: Json | undefined, name: string, text: string): void {
  if (!parameter) {
    faults.push(`${name} is not a parameter`);
    return;
  }
  const described = deref(parameter['schema'] as Json);
  const value =
    described['type'] === 'integer' ? Number(text) : described['type'] === 'boolean' ? text === 'true' : text;
  const validator = engine().compile(described);
  if (!validator(value)) faults.push(`${name}: ${engine().errorsText(validator.errors)}`);
}

function bodyFaults(template: string, method: string, operation: Json, body: unknown): readonly string[] {
  const described = at(operation, ['requestBody', 'content', 'application/json', 'schema']);
  if (!described) return body === undefined ? [] : ['a body was sent where none is described'];
  if (body === undefined) return at(operation, ['requestBody'])?.['required'] === true ? ['the body is missing'] : [];
  const key = `${method} ${template}`;
  const validator = compiled.get(key) ?? engine().compile(inlined(described) as Json);
  compiled.set(key, validator);
  const faults = validator(body) ? [] : [engine().errorsText(validator.errors)];
  return [...faults, ...unknownKeys(described, body, 'body')];
}

/** GitHub ignores what it does not know; we do not, since it is a mistake of ours. */
function unknownKeys(schemaOrRef: Json, value: unknown, name: string): readonly string[] {
  const described = deref(schemaOrRef);
  if (Array.isArray(value))
    return value.flatMap((item) =>
      described['items'] ? unknownKeys(described['items'] as Json, item, `${name}[]`) : [],
    );
  const properties = described['properties'] as Record<string, Json> | undefined;
  if (typeof value !== 'object' || value === null || !properties) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const property = properties[key];
    return property ? unknownKeys(property, inner, `${name}.${key}`) : [`${name}.${key} is not described`];
  });
}

function engine(): Ajv {
  if (!ajv) {
    ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
    (addFormats as unknown as (target: Ajv) => void)(ajv);
  }
  return ajv;
}

/** A schema without references. To give Ajv the whole description would take it a second in every process. */
function inlined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inlined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(deref(value as Json)).map(([key, inner]) => [key, inlined(inner)]));
}

function deref(value: Json): Json {
  const ref = value['$ref'];
  return typeof ref === 'string' ? deref(at(openApi(), ref.slice(2).split('/')) ?? {}) : value;
}

function at(value: Json, path: readonly string[]): Json | undefined {
  let current: unknown = value;
  for (const part of path)
    current = typeof current === 'object' && current !== null ? (current as Json)[part] : undefined;
  return current as Json | undefined;
}
