import type { Message } from '#metadata/records.gen.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { channelAfter, type Channel } from '../rules/channels.ts';
import { writeWords, type Wanted, type Words } from './write-words.ts';

/** What a message says by the next channel of its rule, should this one fail; `reason` says why there are no words for it. */
export type Reserve = { readonly channel: Channel; readonly reason: string | null; readonly words: Words };

/** Written with the message, of the record as it is then: whoever fails later has neither that nor the event any more. Null for the last channel. */
export async function reserveFor(work: Work, { rule, channel, language }: Wanted, values: RecordValues): Promise<Reserve | null> {
  const next = channelAfter(rule, channel);
  return next === null ? null : { channel: next, ...(await writeWords(work, { rule, channel: next, language }, values)) };
}

/** What a message has in reserve; nobody but `reserveFor` writes that field. */
export function reserveOf({ reserve }: Message): Reserve | null {
  return trusted<Reserve | null>(reserve ?? null);
}
