/** The output formats by name. */
import type { Format } from '../report.ts';
import { formatGitHub } from './github.ts';
import { formatJson } from './json.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

export const formats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGitHub,
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];
