import { type LibraryOp, operand } from './emission.ts';

/** Functions that make an error: their result is never nil. */
const constructors: ReadonlySet<string> = new Set([
  'fmt.Errorf',
  'golang.org/x/xerrors.New',
  'golang.org/x/xerrors.Errorf',
  'google.golang.org/grpc/status.Error',
  'google.golang.org/grpc/status.Errorf',
]);

/** Packages called `errors` have these, whoever wrote them. */
const inErrorPackages = /(^|\/)errors\.(New|Newf|Errorf)$/;

/** `sys.NewExitError(0)`: what is named so makes one. */
const named = /^New\w*Error$/;

export function isErrorConstructor(path: string, name: string): boolean {
  const full = `${path}.${name}`;
  return constructors.has(full) || inErrorPackages.test(full) || named.test(name);
}

/** A wrapper adds to an error, and leaves nil as it is. */
const wrappers = /(^|\/)errors\.(Wrap|Wrapf|WithStack|WithMessage|WithMessagef|Trace|Annotate|Annotatef|AddStack)$/;

/** An error made here is not nil, and no other error. */
const make: LibraryOp = {
  params: 1,
  emit: (e) => [e.b.constant(`error at ${e.site.file?.path ?? ''}:${e.site.range.start}`, e.site)],
};

const wrap: LibraryOp = { params: 1, emit: (e) => [operand(e, 0)] };

/** A function of a package for errors, ours or somebody else's. */
export function errorOperation(path: string, name: string): LibraryOp | undefined {
  if (isErrorConstructor(path, name)) return make;
  return wrappers.test(`${path}.${name}`) ? wrap : undefined;
}
