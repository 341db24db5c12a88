import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { FieldError } from '#platform/kernel/errors.ts';

const derive = promisify(argon2);

/** RFC 9106 §4, second recommended option, with the memory a small machine can spare: 19 MiB, two passes (OWASP's minimum). */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** The hash of a password, with its salt and cost, as one text. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', { ...COST, message: Buffer.from(password.normalize('NFKC')), nonce: salt });
  return `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${salt.toString('base64')}$${tag.toString('base64')}`;
}

/** Whether a password is the one of that hash. Takes as long for a hash that is not there, so that nobody learns who has an account. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = (stored ?? NOBODY).split('$');
  const expected = Buffer.from(tag, 'base64');
  const cost = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  };
  const made = await derive('argon2id', {
    ...cost,
    message: Buffer.from(password.normalize('NFKC')),
    nonce: Buffer.from(salt, 'base64'),
  });
  return timingSafeEqual(made, expected) && stored !== null;
}

const NOBODY = `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`;

/** A new opaque token of 256 random bits, with a prefix that says what it is. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a token: random tokens of this length need no salt. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;

/** Why a password cannot be used, or null (NIST SP 800-63B §5.1.1: length counts, rules about characters do not). */
export function passwordProblem(password: unknown, pointer: string): FieldError | null {
  const refused = (rule: string, most: string, limit: number): FieldError => {
    return { pointer, field: 'password', rule, message: `Choose a password of at ${most} ${limit} characters.`, label: LABEL, limit };
  };
  if (typeof password !== 'string' || password.length < PASSWORD_MIN) return refused('minLength', 'least', PASSWORD_MIN);
  return password.length > PASSWORD_MAX ? refused('maxLength', 'most', PASSWORD_MAX) : null;
}

const LABEL = { en: 'Password', de: 'Passwort' };
