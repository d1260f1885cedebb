/** Local names of imports. Packages outside the folder are not read, so an unaliased name is a convention, not a fact. */

/**
 * The names a package may have by the conventions of its import path, most likely first: the last element; without a
 * major version (`/v2`, `.v3`); without `go-`, `-go`, `.go` around it; hyphens and dots left out.
 */
export function importNames(path: string): readonly string[] {
  const elements = path.split('/');
  let last = elements.pop() ?? '';
  if (/^v[0-9]+$/.test(last) && elements.length > 0) last = elements.pop() ?? last;
  const plain = last.replace(/\.v[0-9]+$/, '');
  const bare = plain.replace(/^go[-.]/, '').replace(/[-.]go$/, '');
  const names = [bare, plain, bare.split(/[-.]/).at(-1) ?? '', bare.split(/[-.]/)[0] ?? ''];
  const spelled = names.flatMap((name) => [name, name.replace(/[-.]/g, ''), name.replace(/[-.]/g, '_')]);
  return [...new Set(spelled)].filter((name) => /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name));
}
