/** `goplumber completion SHELL`: a script made from the commands themselves, so that it never lags behind. */
import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Described {
  readonly name: string;
  readonly description: string;
}
interface CompletedOption extends Described {
  readonly short: string | undefined;
  /** What may follow it; absent for an option that takes no value, empty for one that takes any. */
  readonly values?: readonly string[];
}
interface Completed extends Described {
  readonly options: readonly CompletedOption[];
  /** What its first argument may be; empty for a path or anything else. */
  readonly words: readonly string[];
}

/** The script for a shell; `ruleIds` complete the arguments that name rules. */
export function completionScript(program: Command, shell: Shell, ruleIds: readonly string[]): string {
  const commands = program.commands.map((command) => completed(command, ruleIds));
  return { bash, zsh, fish }[shell](commands);
}

function completed(command: Command, ruleIds: readonly string[]): Completed {
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const inner = command.commands.map((one) => one.name());
  return {
    name: command.name(),
    description: command.description(),
    words: command.name() === 'explain' ? ruleIds : [...inner, ...choices],
    options: optionsOf(command).map((option) => ({
      name: option.long ?? '',
      short: option.short,
      description: option.description,
      ...(option.required && { values: valuesOf(option, ruleIds) }),
    })),
  };
}

/** Those of the commands inside, too, each once. */
function optionsOf(command: Command): readonly Option[] {
  const all = [command, ...command.commands].flatMap((one) => one.options);
  return [...new Map(all.map((option) => [option.long, option])).values()];
}

function valuesOf({ long, argChoices }: Option, ruleIds: readonly string[]): readonly string[] {
  return long === '--enable' || long === '--disable' ? ruleIds : (argChoices ?? []);
}

/** Cases of a shell: after an option its values, else the options and words of the command. */
function cases(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, options, words }) => [
    ...options.flatMap((option) => {
      if (option.values === undefined) return [];
      const spellings = [option.name, option.short].flatMap((one) => (one ? [`'${name} ${one}'`] : []));
      return [`    ${spellings.join('|')}) known='${option.values.join(' ')}' ;;`];
    }),
    `    '${name} '*) known='${[...words, ...options.map((option) => option.name)].join(' ')}' ;;`,
  ]);
  return lines.join('\n');
}

function bash(commands: readonly Completed[]): string {
  return `# bash completion for goplumber: source <(goplumber completion bash)
_goplumber() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" known=''
  # In --format=json the equals sign is a word of its own.
  if [ "$cur" = = ]; then cur=''; elif [ "$prev" = = ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [ "$COMP_CWORD" -eq 1 ]; then known='${commands.map(({ name }) => name).join(' ')}'
  else case "\${COMP_WORDS[1]} $prev" in
${cases(commands)}
  esac; fi
  COMPREPLY=($(compgen -W "$known" -- "$cur"))
}
complete -o default -F _goplumber goplumber
`;
}

function zsh(commands: readonly Completed[]): string {
  return `#compdef goplumber
# zsh completion for goplumber: source <(goplumber completion zsh)
_goplumber() {
  local known=''
  if (( CURRENT == 2 )); then known='${commands.map(({ name }) => name).join(' ')}'
  else case "$words[2] $words[CURRENT-1]" in
${cases(commands)}
  esac; fi
  compadd -- \${=known}
  _files
}
compdef _goplumber goplumber
`;
}

function fish(commands: readonly Completed[]): string {
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const top = commands.map(
    ({ name, description }) => `complete -c goplumber -n __fish_use_subcommand -f -a ${name} -d ${text(description)}`,
  );
  const inner = commands.flatMap(({ name, options, words }) => {
    const seen = `complete -c goplumber -n '__fish_seen_subcommand_from ${name}'`;
    const arguments_ = words.length === 0 ? [] : [`${seen} -f -a '${words.join(' ')}'`];
    return [...arguments_, ...options.map((option) => `${seen}${fishOption(option)} -d ${text(option.description)}`)];
  });
  return `# fish completion for goplumber: goplumber completion fish | source\n${[...top, ...inner].join('\n')}\n`;
}

function fishOption({ name, short, values }: CompletedOption): string {
  const long = ` -l ${name.replace(/^--/, '')}`;
  const letter = short === undefined ? '' : ` -s ${short.replace(/^-/, '')}`;
  if (values === undefined) return long + letter;
  return `${long}${letter}${values.length === 0 ? ' -r' : ` -x -a '${values.join(' ')}'`}`;
}
