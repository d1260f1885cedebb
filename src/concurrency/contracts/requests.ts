/**
 * Requests that carry the channel for their answer: a method sends a message on a channel of the type and waits for the
 * answer on a channel in the message. Whoever takes the message answers, whether or not the method still waits.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, GoPackage, TypeInfo } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isPlainOperation, type OwnChannel } from './channels.ts';
import type { Contract } from './contract.ts';
import { methodsLeadingTo } from './leading-methods.ts';
import type { Services } from './services.ts';
import { askedAlone } from './unasked.ts';

/** How what a method asks for is answered. */
export interface Answering {
  /** The channel on which the messages travel. */
  readonly queue: FieldInfo;
  /** A receive from it. */
  readonly taken: FieldUse;
  /** Sends on channels in the message, with the fields that hold them. */
  readonly sends: readonly { readonly field: FieldInfo; readonly use: FieldUse }[];
}

/** The contracts about the answers to what is sent on a channel. */
export function requestContracts(
  pkg: GoPackage,
  type: TypeInfo,
  services: Services,
  channel: OwnChannel,
): readonly Contract[] {
  const [taken] = [...channel.receives, ...channel.ranges];
  const sends = answersTo(pkg, channel);
  if (!taken || sends.length === 0) return [];
  const answers: Answering = { queue: channel.field, taken, sends };
  return channel.sends.flatMap((use): readonly Contract[] => {
    const owner = services.ownerOf(use.node);
    const [method] = methodsLeadingTo(pkg, type, services, use);
    if (owner?.kind !== 'FuncDecl' || !method || !mayLeave(owner)) return [];
    return [
      {
        ...askedAlone(type, method),
        operations: sends.map((each) => each.use),
        goroutines: undefined,
        servers: [owner],
        answers,
      },
    ];
  });
}

/** Sends on the channels in a message; none of a channel whose answers are given up elsewhere, with a `select`. */
function answersTo(pkg: GoPackage, { field }: OwnChannel): Answering['sends'] {
  const channel = pkg.underlying(field.type);
  const elem = channel.kind === 'chan' ? channel.elem : undefined;
  const message = elem && pkg.typeInfoOf(elem.kind === 'pointer' ? elem.elem : elem);
  if (!message) return [];
  return [...message.fields.values()].flatMap((each) => {
    if (pkg.underlying(each.type).kind !== 'chan') return [];
    const sends = each.uses.filter((use) => use.kind === 'send' && !isTestFile(use.file.path));
    return sends.every((use) => isPlainOperation(pkg, use)) ? sends.map((use) => ({ field: each, use })) : [];
  });
}

/** A cheap look at the text: it makes the channel for the answer, and may leave a `select` without it. */
function mayLeave({ file, bodyRange }: FuncDecl): boolean {
  const text = bodyRange ? file.text.slice(bodyRange.start, bodyRange.end) : '';
  return /\bmake\(\s*chan\b/.test(text) && /\bselect\b/.test(text);
}
