/**
 * The one list of error codes, with the HTTP status each answers. docs/ERRORS.md prints it; a test compares the two.
 */
export const ERROR_CODES = {
  malformed_json: 400,
  malformed_request: 400,
  unknown_name: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  duplicate: 409,
  wrong_state: 409,
  in_use: 409,
  data_does_not_fit: 409,
  still_running: 409,
  stale_version: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_value: 422,
  record_too_wide: 422,
  limit_reached: 422,
  key_reused: 422,
  bulk_failed: 422,
  version_required: 428,
  too_many_requests: 429,
  internal: 500,
  core_unreachable: 503,
  schema_behind: 503,
  database_unreachable: 503,
  storage_full: 507,
} as const;

/** A key of the list above: what a client branches on. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** One refused value. `pointer` is a JSON pointer into the request body; `field` its API name; `rule` the check that said no. */
export type FieldError = { pointer: string; field?: string; rule: string; message: string };

/** What a refusal carries besides its sentence: field errors, the current record (412), the other record (409), seconds to wait. */
export type RefusalDetails = {
  errors?: readonly FieldError[];
  current?: string;
  other?: { object: string; id: string };
  retryAfterSeconds?: number;
  extra?: Readonly<Record<string, unknown>>;
};

/** Something expected: a code from the list and a sentence the user can act on. Everything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(code: ErrorCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = ERROR_CODES[code];
    this.details = details;
  }
}

/** The refusal of values: 422 with one entry per field. */
export function invalidValues(errors: readonly FieldError[]): Refusal {
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Refusal('invalid_value', `${first?.message ?? 'A value is refused.'}${more}`, { errors });
}
