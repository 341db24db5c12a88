import type { Label } from './model.ts';
import type { Sentence } from './sentence.ts';

/** The one list of error codes: the HTTP status that each answers, what it means, and the way out. docs/ERRORS.md is made of it. */
export const ERROR_CODES = {
  malformed_json: { status: 400, meaning: 'The body is not valid JSON, or nested too deeply.', wayOut: 'Send well-formed JSON.' },
  malformed_request: {
    status: 400,
    meaning: 'A parameter, header or body does not have the form that the call takes.',
    wayOut: 'Read `detail`: it names the part and its form.',
  },
  unknown_name: {
    status: 400,
    meaning: 'There is no such field, parameter, operator or key, or the caller may not know of it.',
    wayOut: 'Take the name that `detail` suggests, or look it up in the API reference.',
  },
  not_signed_in: {
    status: 401,
    meaning: 'No credential came along, or it has expired or was revoked.',
    wayOut: 'Sign in again, or send a valid API key.',
  },
  wrong_credentials: {
    status: 401,
    meaning: 'E-mail, password or set-up link is wrong.',
    wayOut: 'Try again, or have an administrator set a new password.',
  },
  not_allowed: {
    status: 403,
    meaning: 'The caller may not do this, or a page of another site asked.',
    wayOut: 'Ask an administrator for the right.',
  },
  not_found: { status: 404, meaning: 'It does not exist, or the caller may not know of it.', wayOut: 'Check the address.' },
  method_not_allowed: {
    status: 405,
    meaning: 'The address exists, the method does not.',
    wayOut: 'Take a method that the API reference names.',
  },
  conflict: {
    status: 409,
    meaning: 'What is asked contradicts what is there.',
    wayOut: 'Read `detail`: it says with what, and what to change first.',
  },
  duplicate: {
    status: 409,
    meaning: 'Another record has the same unique value; `other` names it when the caller may see it.',
    wayOut: 'Change that record, or take another value.',
  },
  wrong_state: {
    status: 409,
    meaning: 'The record is not in a state in which this is possible.',
    wayOut: 'Bring it into one of the states that `detail` names.',
  },
  in_use: { status: 409, meaning: 'Something else stands on it.', wayOut: 'Remove what `detail` names first.' },
  data_does_not_fit: {
    status: 409,
    meaning: 'Records exist that would not fit the change; `rows` has examples.',
    wayOut: 'Correct these records, then try again.',
  },
  template_problem: {
    status: 409,
    meaning: 'The template of a document cannot be printed, so the document was not issued.',
    wayOut: 'Correct the template that `detail` names, or go back to the shipped one.',
  },
  still_running: {
    status: 409,
    meaning: 'What this builds on has not ended yet: an earlier request with the same key, a job, an event of another service.',
    wayOut: 'Wait as long as `Retry-After` says and ask again.',
  },
  stale_version: {
    status: 412,
    meaning: 'It was changed since the version that `If-Match` names; `current` is how it is now.',
    wayOut: 'Read it again, apply your change to that, send its ETag.',
  },
  too_large: { status: 413, meaning: 'The body is larger than the call takes.', wayOut: 'Send it in parts.' },
  unsupported_media_type: {
    status: 415,
    meaning: 'The body is of a type that the call does not take.',
    wayOut: 'Send JSON, or what the API reference names.',
  },
  invalid_value: {
    status: 422,
    meaning: 'A value is refused; `errors` points to each.',
    wayOut: 'Correct the values that `errors` points to.',
  },
  record_too_wide: {
    status: 422,
    meaning: 'The values of the record do not fit into one row of the database.',
    wayOut: 'Shorten long values, or move fields to another object.',
  },
  limit_reached: {
    status: 422,
    meaning: 'A stated limit is reached, such as the number of fields of an object.',
    wayOut: 'Remove what is not needed any more.',
  },
  key_reused: { status: 422, meaning: 'The `Idempotency-Key` was used with another body.', wayOut: 'Take a new key for a new request.' },
  bulk_failed: {
    status: 422,
    meaning: 'One operation of an atomic bulk request is refused, so none was done.',
    wayOut: 'Correct the operation that `errors` points to and send all again.',
  },
  version_required: { status: 428, meaning: 'The call needs `If-Match`.', wayOut: 'Send the ETag of what you changed.' },
  too_many_requests: { status: 429, meaning: 'Too many attempts in a short time.', wayOut: 'Wait as long as `Retry-After` says.' },
  internal: { status: 500, meaning: 'A fault of the platform. `traceId` is in its log.', wayOut: 'Tell your administrator the `traceId`.' },
  core_unreachable: {
    status: 503,
    meaning: 'A service that is needed does not answer at the moment.',
    wayOut: 'Try again after `Retry-After`.',
  },
  schema_behind: { status: 503, meaning: 'The service has not applied the newest metadata yet.', wayOut: 'Try again after `Retry-After`.' },
  database_unreachable: { status: 503, meaning: 'The database does not answer at the moment.', wayOut: 'Try again after `Retry-After`.' },
  storage_full: { status: 507, meaning: 'The database has no room left.', wayOut: 'Make room; nothing was lost.' },
} as const;

/** A key of the list above: what a client branches on. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * One refused value. `pointer` is a JSON pointer into the request body; `field` its API name; `rule` the check that said no.
 * `line` counts from 1 where the value is a text of many lines.
 * Where `label` stands, it, `rule` and `limit` say all that `message` does, so that a client may say it in another language;
 * where `sentence` stands, it is `message` in both.
 */
export type FieldError = {
  pointer: string;
  field?: string;
  rule: string;
  message: string;
  line?: number;
  label?: Label;
  limit?: string | number;
  sentence?: Sentence;
};

/** What a refusal carries besides its sentence: field errors, the current record (412), the other record (409), seconds to wait. */
export type RefusalDetails = {
  errors?: readonly FieldError[];
  current?: string;
  other?: { object: string; id: string };
  retryAfterSeconds?: number;
  extra?: Readonly<Record<string, unknown>>;
};

/**
 * Something expected: a code from the list and a sentence the user can act on. Everything else that is thrown is a bug.
 * What a module refuses is said in both languages; plain text is English alone, for what only developers meet.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: RefusalDetails;
  readonly sentence: Sentence | undefined;

  constructor(code: ErrorCode, said: string | Sentence, details: RefusalDetails = {}) {
    super(typeof said === 'string' ? said : said.en);
    this.sentence = typeof said === 'string' ? undefined : said;
    this.name = 'Refusal';
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.details = details;
  }
}

/** One refused value with what is said of it in both languages. */
export function faultAt(at: { readonly pointer: string; readonly field: string; readonly rule: string }, sentence: Sentence): FieldError {
  return { ...at, message: sentence.en, sentence };
}

/** The refusal of values: 422 with one entry per field. */
export function invalidValues(errors: readonly FieldError[]): Refusal {
  const [first] = errors;
  const more = errors.length - 1;
  const { en, de } = first?.sentence ?? { en: first?.message ?? 'A value is refused.', de: undefined };
  const english = `${en}${more > 0 ? ` (and ${more} more)` : ''}`;
  const said = de === undefined ? english : { en: english, de: `${de}${more > 0 ? ` (und ${more} weitere)` : ''}` };
  return new Refusal('invalid_value', said, { errors });
}
