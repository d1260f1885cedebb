/** `goplumber completion SHELL`: a script made from the commands themselves, so that it never lags behind. */
import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Described {
  readonly name: string;
  readonly description: string;
}
interface Completed extends Described {
  readonly options: readonly Described[];
}

/** The script for a shell; `ruleIds` complete the argument of `explain`. */
export function completionScript(program: Command, shell: Shell, ruleIds: readonly string[]): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ long, description }) => ({ name: long ?? '', description })),
  }));
  return { bash, zsh, fish }[shell](commands, ruleIds);
}

function words(commands: readonly Completed[], ruleIds: readonly string[]): string {
  const cases = commands.map(({ name, options }) => {
    const known = [...options.map((option) => option.name), ...(name === 'explain' ? ruleIds : [])];
    return `    ${name}) known='${known.join(' ')}' ;;`;
  });
  return cases.join('\n');
}

function bash(commands: readonly Completed[], ruleIds: readonly string[]): string {
  return `# bash completion for goplumber: source <(goplumber completion bash)
_goplumber() {
  local known='${commands.map(({ name }) => name).join(' ')}'
  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in
${words(commands, ruleIds)}
    *) known='' ;;
  esac; fi
  COMPREPLY=($(compgen -W "$known" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _goplumber goplumber
`;
}

function zsh(commands: readonly Completed[], ruleIds: readonly string[]): string {
  return `#compdef goplumber
# zsh completion for goplumber: source <(goplumber completion zsh)
_goplumber() {
  local command=$words[2] position=$CURRENT
  local known='${commands.map(({ name }) => name).join(' ')}'
  if (( position > 2 )); then case "$command" in
${words(commands, ruleIds)}
    *) known='' ;;
  esac; fi
  compadd -- \${=known}
  _files
}
compdef _goplumber goplumber
`;
}

function fish(commands: readonly Completed[], ruleIds: readonly string[]): string {
  const text = (value: string) => `'${value.replaceAll("'", "\\'")}'`;
  const top = commands.map(
    ({ name, description }) => `complete -c goplumber -n __fish_use_subcommand -a ${name} -d ${text(description)}`,
  );
  const options = commands.flatMap(({ name, options }) =>
    options.map(
      (option) =>
        `complete -c goplumber -n '__fish_seen_subcommand_from ${name}' -l ${option.name.replace(/^--/, '')} -d ${text(option.description)}`,
    ),
  );
  const rules = `complete -c goplumber -n '__fish_seen_subcommand_from explain' -f -a '${ruleIds.join(' ')}'`;
  return `# fish completion for goplumber: goplumber completion fish | source\n${[...top, ...options, rules].join('\n')}\n`;
}
