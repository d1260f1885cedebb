/** Which functions of other packages write through the pointers they are given, told by their names. */

/**
 * Verbs that say so: `json.Unmarshal`, `rows.Scan`, `dec.Decode`, `conn.Read`, `flag.IntVar`, `errors.As`. Of a function
 * with another name nobody knows whether it writes, so what was set on purpose is taken to stay.
 */
const writingNames =
  /(^|\.)(Unmarshal|Decode|Scan|Sscan|Fscan|Read|Bind|Parse|Load|Unpack|Fill|Populate|Get|Receive|Recv|Copy|Sort|Shuffle|As$|\w*Var(P|F)?$)/;

/** Whether a function or method of this name, with its package and type before dots if they are known, writes for sure. */
export function surelyWrites(name: string): boolean {
  return writingNames.test(name);
}

/** Functions that keep and start nothing, and write through their arguments. */
const pureWriters: ReadonlySet<string> = new Set([
  'encoding/json.Unmarshal',
  'encoding/xml.Unmarshal',
  'encoding/binary.Read',
  'encoding/binary.Decode',
  'encoding/hex.Decode',
  'encoding/json.Decoder.Decode',
  'encoding/xml.Decoder.Decode',
  'errors.As',
  'github.com/pkg/errors.As',
  'fmt.Scan',
  'fmt.Scanf',
  'fmt.Scanln',
  'fmt.Sscan',
  'fmt.Sscanf',
  'fmt.Sscanln',
  'os.File.Read',
  'os.File.ReadAt',
  'bytes.Buffer.Read',
  'strings.Reader.Read',
  'crypto/rand.Read',
  'math/rand.Read',
  'math/rand.Shuffle',
  'maps.Copy',
  'sort.Ints',
  'sort.Strings',
  'sort.Slice',
  'sort.SliceStable',
  'slices.Sort',
  'slices.SortFunc',
  'slices.SortStableFunc',
]);

/** Whether a function that is known to keep nothing writes through its arguments; `name` with package and type. */
export function writesArguments(name: string): boolean {
  return pureWriters.has(name);
}
