import { defineEvent } from '#platform/kernel/module.ts';

const TEXT = { type: 'string' } as const;
const ID = { type: 'string', format: 'uuid' } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

/** Events were stored: one for each batch. `hash` is the end of the chain, at the position `last`. */
export const eventStored = defineEvent<{ readonly first: string; readonly last: string; readonly count: number; readonly hash: string }>(
  'audit',
  'EventStored',
  {
    type: 'object',
    properties: { first: TEXT, last: TEXT, count: { type: 'integer', minimum: 1 }, hash: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
    required: ['first', 'last', 'count', 'hash'],
    additionalProperties: false,
  },
);

/** Where the chain has come to, sealed by an HMAC: for whoever keeps it out of reach of those who could change the chain. */
export const headAnchored = defineEvent<{ readonly position: string; readonly hash: string; readonly seal: string }>(
  'audit',
  'HeadAnchored',
  {
    type: 'object',
    properties: { position: TEXT, hash: TEXT, seal: TEXT },
    required: ['position', 'hash', 'seal'],
    additionalProperties: false,
  },
);

/** A check was carried out: what it looked for, at how much it looked, and how much it found. `checkId` is null for one that nobody has set up. */
export const complianceCheck = defineEvent<{
  readonly runId: string;
  readonly checkId: string | null;
  readonly kind: string;
  readonly passed: boolean;
  readonly checked: number;
  readonly findings: number;
}>('audit', 'ComplianceCheck', {
  type: 'object',
  properties: {
    runId: ID,
    checkId: { type: ['string', 'null'], format: 'uuid' },
    kind: TEXT,
    passed: { type: 'boolean' },
    checked: COUNT,
    findings: COUNT,
  },
  required: ['runId', 'checkId', 'kind', 'passed', 'checked', 'findings'],
  additionalProperties: false,
});

/** The event store is not as it was left: what is wrong first, and at which position. */
export const integrityViolated = defineEvent<{ readonly runId: string; readonly what: string; readonly position: string }>(
  'audit',
  'IntegrityViolated',
  {
    type: 'object',
    properties: { runId: ID, what: TEXT, position: TEXT },
    required: ['runId', 'what', 'position'],
    additionalProperties: false,
  },
);

/** Somebody has made the report of a period, both days included; `position` and `hash` are the end of the chain then. */
export const auditReportGenerated = defineEvent<{
  readonly reportId: string;
  readonly from: string;
  readonly until: string;
  readonly position: string;
  readonly hash: string;
  readonly runs: number;
  readonly findings: number;
}>('audit', 'AuditReportGenerated', {
  type: 'object',
  properties: {
    reportId: ID,
    from: { type: 'string', format: 'date' },
    until: { type: 'string', format: 'date' },
    position: TEXT,
    hash: TEXT,
    runs: COUNT,
    findings: COUNT,
  },
  required: ['reportId', 'from', 'until', 'position', 'hash', 'runs', 'findings'],
  additionalProperties: false,
});
