/** Commands that people write in comments: `/goplumber ignore the cache lives as long as the process`. */

export type Command =
  | { readonly kind: 'review' | 'reopen' | 'pause' | 'resume' | 'explain' | 'config' | 'help' }
  | { readonly kind: 'ignore'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly word: string };

/** What somebody may do in a repository, as far as commands ask. */
export interface Standing {
  /** Write access or more. */
  readonly writes: boolean;
  /** The author of the pull request. */
  readonly author: boolean;
}

/** The label under which a pull request is not reviewed; `pause` sets it, `resume` and people take it away. */
export const pausedLabel = 'goplumber: paused';

interface Known {
  readonly usage: string;
  readonly does: string;
  /** Whether the author of the pull request may give it without write access: it concerns nobody else. */
  readonly byAuthor: boolean;
}

/** Every command, as the help lists them. */
export const commands: Readonly<Record<Exclude<Command['kind'], 'unknown'>, Known>> = {
  review: { usage: 'review', does: 'Reviews the head again, even if it is a draft.', byAuthor: true },
  explain: {
    usage: 'explain',
    does: 'As a reply to a finding: what the rule is about and the full path to the leak.',
    byAuthor: true,
  },
  ignore: {
    usage: 'ignore <reason>',
    does: 'As a reply to a finding: dismisses it in this pull request; the check follows at once.',
    byAuthor: false,
  },
  reopen: {
    usage: 'reopen',
    does: 'As a reply: undoes a dismissal. In the conversation: reopens what was dismissed by deleting comments.',
    byAuthor: false,
  },
  pause: { usage: 'pause', does: `No reviews until \`resume\`: sets the label \`${pausedLabel}\`.`, byAuthor: false },
  resume: { usage: 'resume', does: 'Reviews again.', byAuthor: false },
  config: { usage: 'config', does: 'The configuration in effect.', byAuthor: true },
  help: { usage: 'help', does: 'This list.', byAuthor: true },
};

/** UTF-16 units of a reason. */
const maxReason = 300;

/** The command of a comment, if there is one. */
export function parseCommand(body: string): Command | undefined {
  const line = commandLine(body);
  return line === undefined ? undefined : commandOf(commandForm.exec(line)?.[1] ?? '');
}

const commandForm = /^ {0,3}\/goplumber(?:\s+(.*))?$/is;

/** The first line of a comment that begins with `/goplumber`, outside of quotations and fenced blocks. */
export function commandLine(body: string): string | undefined {
  let fence = '';
  for (const line of body.split(/\r?\n/)) {
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    if (fence === '' && mark === '' && commandForm.test(line)) return line;
  }
  return undefined;
}

function commandOf(text: string): Command {
  const [, word = 'help', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text.trim()) ?? [];
  const kind = word.toLowerCase();
  if (kind === 'ignore') return { kind, reason: rest.trim().slice(0, maxReason) };
  if (isPlain(kind)) return { kind };
  return { kind: 'unknown', word: word.slice(0, 40) };
}

function isPlain(word: string): word is Exclude<Command['kind'], 'ignore' | 'unknown'> {
  return word !== 'ignore' && Object.hasOwn(commands, word);
}

/** Whether somebody may give a command. Help is for everybody who may do anything here. */
export function mayGive(command: Command, { writes, author }: Standing): boolean {
  if (writes) return true;
  return author && (command.kind === 'unknown' || commands[command.kind].byAuthor);
}
