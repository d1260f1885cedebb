/** The text of a generated test: its head with the witness, the calls, and the look at the profile. */
import type { ReportedDiagnostic } from '../report.ts';
import { laidOut } from './layout.ts';
import { helpers } from './standard-values.ts';
import type { Imports } from './type-source.ts';

export interface TestParts {
  readonly packageName: string;
  readonly finding: ReportedDiagnostic;
  /** Start of the line of the function that holds the operation: `func (c *Client) Get(`. */
  readonly functionHead: string;
  /** First line of the operation as it is written. */
  readonly operation: string;
  /** A name for the test and the functions that it needs: `Fetch24`. */
  readonly name: string;
  readonly statements: readonly string[];
  readonly ways: number;
  readonly stubs: readonly string[];
  readonly imports: Imports;
  /** What a person has to write; empty for a test that is whole. */
  readonly gaps: readonly string[];
  readonly panics: boolean;
  readonly ticking: boolean;
  /** Each try makes its calls many times: few tries are enough, and more would keep a processor from other tests. */
  readonly again: boolean;
}

/** Every way is tried so often at least: which of two ready arms a `select` takes is chance. */
const leastRounds = 6;
const goroutines = 400;

const profileImports = ['bytes', 'os', 'path/filepath', 'regexp', 'runtime', 'runtime/pprof', 'strconv', 'strings'];

/** The file as gofmt would write it, but for the line breaks that gofmt leaves to the author. */
export function testFile(parts: TestParts): string {
  const { imports, name } = parts;
  for (const needed of ['testing', 'time', ...(parts.panics ? [] : profileImports)]) imports.add(needed);
  const used = usedHelpers([parts.statements.join('\n'), ...parts.stubs].join('\n'));
  for (const helper of used) for (const needed of helper.imports) imports.add(needed);
  const orders = /\brun\(/.test(parts.statements.join('\n'));
  const body = [
    testFunction(parts),
    pickFunction(name),
    ...(orders ? [runFunction] : []),
    ...used.map(({ source }) => source),
    ...parts.stubs,
  ];
  const renamed = body.map((text) =>
    withOwnNames(
      text,
      name,
      used.map((helper) => helper.name),
    ),
  );
  const profile = parts.panics ? [] : [stuckFunction(parts)];
  const code = [...renamed, ...profile].join('\n\n');
  return [headOf(parts), `package ${parts.packageName}`, imports.source(code), code].join('\n\n').concat('\n');
}

type Helper = (typeof helpers)[number];

/** Helpers that a text calls, and those that they call. */
function usedHelpers(text: string): readonly Helper[] {
  return helpers.filter(({ name }) => new RegExp(`\\b${name}\\(`).test(text));
}

/** Functions of the file get names that nothing else in the package has. */
function withOwnNames(text: string, name: string, used: readonly string[]): string {
  const called = [...used, 'run'].map((word) => `${word}(?=\\()|(?<=// )${word}\\b`);
  const words = [...called, 'inOrder\\b', 'backwards\\b', 'atOnce\\b'];
  return text.replace(new RegExp(`(?<![.\\w"])(?:${words.join('|')})`, 'g'), (word) => ownName(name, word));
}

/** `leakFetch24Pick` for `pick`. */
export function ownName(name: string, word: string): string {
  return `leak${name}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function headOf({ finding, gaps, name }: TestParts): string {
  const { rule, defect, message, witness } = finding;
  const file = defect.path.split('/').at(-1) ?? '';
  const steps = witness.map(({ path, line, text }) => `  ${path.split('/').at(-1)}:${line}  ${text}`);
  return [
    `${oneLine(message)}.`,
    '',
    `Found by goplumber (${rule} at ${file}:${defect.startLine}). How it happens:`,
    ...steps.map(oneLineKept),
    '',
    `Run it with Go 1.26 or newer: GOEXPERIMENT=goroutineleakprofile go test -run TestLeak${name} .`,
    'Without the leak profile, it looks for goroutines that are still blocked when everything else has ended.',
    ...(gaps.length > 0 ? ['', 'Not complete. Write values for:', ...gaps.map((gap) => `  ${oneLine(gap)}`)] : []),
  ]
    .map((line) => (line === '' ? '//' : `// ${line}`))
    .join('\n');
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text of a source file may hold them
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}

function oneLineKept(text: string): string {
  return `  ${oneLine(text)}`;
}

function testFunction({ name, statements, ways, panics, again }: TestParts): string {
  const rounds = again ? leastRounds : Math.max(leastRounds, Math.ceil(goroutines / ways));
  const pick = statements.some((line) => line.includes('(&n,'));
  const lines = [
    `func TestLeak${name}(t *testing.T) {`,
    `\ttry := func(${pick ? 'n' : '_'} int) {`,
    ...statements.map((line) => laidOut(`\t\t${line}`)),
    '\t}',
    `\tconst ways, rounds = ${ways}, ${rounds}`,
    ...(panics ? ['\tpanicked := make(chan any, 1)'] : []),
    '\tfor i := 0; i < ways*rounds; i++ {',
    '\t\tgo func(way int) {',
    ...(panics
      ? [
          '\t\t\tdefer func() {',
          '\t\t\t\tif v := recover(); v != nil {',
          '\t\t\t\t\tselect {',
          '\t\t\t\t\tcase panicked <- v:',
          '\t\t\t\t\tdefault:',
          '\t\t\t\t\t}',
          '\t\t\t\t}',
          '\t\t\t}()',
        ]
      : ['\t\t\tdefer func() { _ = recover() }() // this way leads elsewhere']),
    '\t\t\ttry(way)',
    '\t\t}(i % ways)',
    '\t}',
    ...(panics
      ? [
          '\tselect {',
          '\tcase v := <-panicked:',
          '\t\tt.Fatal("it panics:", v)',
          '\tcase <-time.After(500 * time.Millisecond):',
          '\t}',
        ]
      : [
          '\tfor i := 0; i < 20; i++ {',
          '\t\ttime.Sleep(50 * time.Millisecond)',
          `\t\tif stack := ${ownName(name, 'stuck')}(t, i == 19); stack != "" {`,
          '\t\t\tt.Fatal("goroutines are blocked forever:\\n" + stack)',
          '\t\t}',
          '\t\tif runtime.NumGoroutine() > 50_000 {',
          '\t\t\tt.Skip("some way starts goroutines without end: call it with other arguments")',
          '\t\t}',
          '\t}',
        ]),
    '}',
  ];
  return lines.join('\n');
}

function pickFunction(name: string): string {
  return `// ${ownName(name, 'pick')} takes one of several values, another one for each n.
func ${ownName(name, 'pick')}[T any](n *int, values ...T) T {
	value := values[*n%len(values)]
	*n /= len(values)
	return value
}`;
}

const runFunction = `const (
	inOrder = iota
	backwards
	atOnce
)

// run makes calls, each by somebody else: the next one starts when one has ended or seems to be blocked.
func run(order int, calls ...func()) {
	for i := range calls {
		call := calls[i]
		if order == backwards {
			call = calls[len(calls)-1-i]
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer func() { _ = recover() }()
			call()
		}()
		if order == atOnce {
			continue
		}
		select {
		case <-done:
		case <-time.After(5 * time.Millisecond):
		}
	}
}`;

function stuckFunction({ name, finding, functionHead, operation, ticking }: TestParts): string {
  const file = finding.defect.path.split('/').at(-1) ?? '';
  const lookup = ticking
    ? `	profile := pprof.Lookup("goroutine") // it is awake, so the leak profile does not see it
	if !last {
		return ""
	}`
    : `	profile := pprof.Lookup("goroutineleak")
	if profile == nil { // the other one also shows goroutines that will go on
		if !last {
			return ""
		}
		profile = pprof.Lookup("goroutine")
	}`;
  return `// ${ownName(name, 'stuck')} gives a stack of the profile that stands at the operation in the function.
func ${ownName(name, 'stuck')}(t *testing.T, last bool) string {
	const file, function, operation = ${JSON.stringify(file)}, ${goString(functionHead)}, ${goString(operation)}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	inside, at := false, map[int]bool{}
	for i, line := range strings.Split(string(source), "\\n") {
		inside = strings.HasPrefix(line, function) || inside && !strings.HasPrefix(line, "}")
		if inside && strings.Contains(line, operation) {
			at[i+1] = true
		}
	}
${lookup}
	var text bytes.Buffer
	if err := profile.WriteTo(&text, 1); err != nil {
		t.Fatal(err)
	}
	frame := regexp.MustCompile(\`(?m)^#\\t.*\\s(\\S+\\.go):(\\d+)$\`)
	for _, stack := range strings.Split(text.String(), "\\n\\n") {
		for _, match := range frame.FindAllStringSubmatch(stack, -1) {
			if line, _ := strconv.Atoi(match[2]); filepath.Base(match[1]) == file && at[line] {
				return stack
			}
		}
	}
	return ""
}`;
}

function goString(text: string): string {
  return text.includes('`') ? JSON.stringify(text) : `\`${text}\``;
}
