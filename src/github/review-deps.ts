/** What every review of a pull request is made with: the rules, and where links lead. */
import type { ReviewDeps } from '../review/review-pull-request.ts';
import { rules } from '../rules/index.ts';

/** Pages of the rules of the released version; DOCS_URL names another place, e.g. inside a closed network. */
const publicDocs = 'https://github.com/goplumber/goplumber/blob/main/docs';

/** Reads GHE_HOST, GHE_PROTOCOL and DOCS_URL; their shape is checked where the App's settings are read. */
export function reviewDeps(env: Readonly<Record<string, string | undefined>>): ReviewDeps {
  const gheHost = env['GHE_HOST'];
  const docs = (env['DOCS_URL'] || publicDocs).replace(/\/+$/, '');
  return {
    rules,
    host: gheHost ? `${env['GHE_PROTOCOL'] || 'https'}://${gheHost}` : 'https://github.com',
    ruleUrl: (rule) => `${docs}/rules/${rule}.md`,
  };
}
