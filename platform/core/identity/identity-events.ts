import { defineEvent } from '#platform/kernel/module.ts';

const TEXT = { type: 'string' } as const;

/** Somebody did not get in. The e-mail is as it was typed, cut short. */
export const loginFailed = defineEvent<{ readonly email: string; readonly address: string }>('platform', 'LoginFailed', {
  type: 'object',
  properties: { email: TEXT, address: TEXT },
  required: ['email', 'address'],
  additionalProperties: false,
});

/** Sessions of somebody are over; every service asks anew who they are. */
export const sessionEnded = defineEvent<{ readonly userId: string }>('platform', 'SessionEnded', {
  type: 'object',
  properties: { userId: TEXT },
  required: ['userId'],
  additionalProperties: false,
});
