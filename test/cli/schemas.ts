/** Validators for the two schemas that output has to satisfy. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const root = join(import.meta.dirname, '../..');

/** docs/goplumber-report.schema.json, in ajv's strict mode, so that a mistyped keyword is an error. */
export function reportValidator(): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(readFileSync(join(root, 'docs/goplumber-report.schema.json'), 'utf8')) as object);
}

/** The schema of SARIF 2.1.0 (draft 04, one pattern of which is no Unicode regular expression). */
export function sarifValidator(): ValidateFunction {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}
