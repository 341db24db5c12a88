import { queryOptions } from '@tanstack/react-query';
import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { runCommand, type RecordValues } from './records.ts';

/** A rule that tells whoever is signed in of something, and by which channels they want that. */
export type OwnRule = {
  readonly id: string;
  readonly name: string;
  readonly urgent: boolean;
  readonly channels: readonly { readonly channel: string; readonly wanted: boolean }[];
};

/** When messages reach whoever is signed in, by the input of `setOwnTimes`, and what they are told. */
export type OwnMessages = { readonly times: RecordValues; readonly rules: readonly OwnRule[] };

export function ownMessagesQuery(rules: BusinessObject) {
  return queryOptions({ queryKey: ['own-messages'], queryFn: () => ask(rules, 'ownMessages', {}) });
}

/** Says when messages reach them, whole. */
export function setOwnTimes(rules: BusinessObject, times: RecordValues): Promise<OwnMessages> {
  return ask(rules, 'setOwnTimes', times);
}

/** Says whether they want what a rule tells by a channel. */
export function setOwnPreference(
  rules: BusinessObject,
  input: { readonly ruleId: string; readonly channel: string; readonly wanted: boolean },
): Promise<OwnMessages> {
  return ask(rules, 'setOwnPreference', input);
}

async function ask(rules: BusinessObject, name: string, input: RecordValues): Promise<OwnMessages> {
  return trusted<{ answer: OwnMessages }>(await runCommand(rules, null, { name, input })).answer;
}
