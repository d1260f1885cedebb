/** Everything that is fuzzed; nothing else knows the targets. */
import { type AnyTarget, anyTarget } from './target.ts';
import { configurationTarget } from './targets/configuration.ts';
import { answerTarget, webhookTarget } from './targets/github.ts';
import { goTarget } from './targets/go.ts';
import { markdownTarget, outputTarget } from './targets/outputs.ts';
import { conversationTarget, diffTarget, headerTarget, moduleTarget, profileTarget } from './targets/texts.ts';

export const targets: readonly AnyTarget[] = [
  anyTarget(goTarget),
  anyTarget(configurationTarget),
  anyTarget(diffTarget),
  anyTarget(moduleTarget),
  anyTarget(headerTarget),
  anyTarget(webhookTarget),
  anyTarget(answerTarget),
  anyTarget(conversationTarget),
  anyTarget(profileTarget),
  anyTarget(outputTarget),
  anyTarget(markdownTarget),
];
