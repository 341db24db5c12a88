import { createHmac } from 'node:crypto';
import { purposeKey } from './purpose-key.ts';

/** What stands for a text that is to be known again and no longer to be read: the same one in all services of an installation. */
export type MarkOf = (text: string) => string;

/**
 * Marks by HMAC-SHA-256 under a key of the installation that stands in no database, so that nobody finds out by trying texts what a mark stands for: `erased/<hex>`.
 * Case does not count, nor blanks around it. A mark stands for itself.
 */
export function openMarks(secret: string): MarkOf {
  const key = purposeKey(secret, 'marks of erased texts');
  return (text) => {
    const plain = text.trim().toLowerCase();
    return MARK.test(plain) ? plain : `erased/${createHmac('sha256', key).update(plain).digest('hex')}`;
  };
}

const MARK = /^erased\/[0-9a-f]{64}$/;
