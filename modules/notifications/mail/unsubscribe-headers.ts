import type { Message } from '#metadata/records.gen.ts';
import type { Unsubscribing } from '../webhooks/unsubscribe.ts';
import type { Letter } from './letter.ts';

/** The headers by which a mailbox offers to take an address off with one click (RFC 8058); who works here is told as they say in the app. */
export const unsubscribeHeaders =
  (unsubscribing: Unsubscribing, publicUrl: string) =>
  async ({ address, userId }: Message): Promise<Letter['headers']> => {
    if (!address || userId) return {};
    const url = `${publicUrl}/api/notifications/webhooks/unsubscribe-${await unsubscribing.tokenFor(address)}`;
    return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  };
