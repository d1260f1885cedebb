/** Functions that call a function value back before they return, any number of times. Position of the callback. */
const callbacks: ReadonlyMap<string, number> = new Map([
  ['sort.Slice', 1],
  ['sort.SliceStable', 1],
  ['sort.Search', 1],
  ['slices.SortFunc', 1],
  ['slices.SortStableFunc', 1],
  ['slices.IndexFunc', 1],
  ['slices.ContainsFunc', 1],
  ['slices.DeleteFunc', 1],
  ['slices.BinarySearchFunc', 2],
  ['slices.MaxFunc', 1],
  ['slices.MinFunc', 1],
  ['slices.EqualFunc', 2],
  ['maps.DeleteFunc', 1],
  ['strings.Map', 0],
  ['strings.FieldsFunc', 1],
  ['strings.IndexFunc', 1],
  ['strings.TrimFunc', 1],
  ['strings.ContainsFunc', 1],
  ['bytes.IndexFunc', 1],
  ['bytes.FieldsFunc', 1],
  ['bytes.Map', 0],
  ['path/filepath.Walk', 1],
  ['path/filepath.WalkDir', 1],
  ['io/fs.WalkDir', 2],
  ['testing.AllocsPerRun', 1],
]);

/** The index of the callback argument of `path.name`. */
export function callbackOf(path: string, name: string): number | undefined {
  return callbacks.get(`${path}.${name}`);
}
