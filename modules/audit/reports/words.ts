import type { ComplianceFinding, ComplianceRun } from '#metadata/records.gen.ts';

type Words = { readonly en: string; readonly de: string };

/** What the kinds of checks look for, on paper. */
export const KINDS: { readonly [kind in ComplianceRun['kind']]: Words } = {
  integrity: { en: 'Changes in the event store', de: 'Veränderungen im Ereignisspeicher' },
  numberGaps: { en: 'Gaps in numbers', de: 'Lücken in Nummern' },
  unbalancedEntries: { en: 'Entries that do not balance', de: 'Unausgeglichene Buchungen' },
  fourEyes: { en: 'Approved by who asked for it', de: 'Selbst genehmigt' },
  backDated: { en: 'Posted long after its date', de: 'Lange nach dem Datum gebucht' },
  permissionChanges: { en: 'Changes of permissions', de: 'Änderungen von Rechten' },
  failedLogins: { en: 'Failed sign-ins', de: 'Fehlgeschlagene Anmeldungen' },
  exports: { en: 'Exports of records', de: 'Exporte von Datensätzen' },
};

/** What came of a run. */
export const STATES: { readonly [state in ComplianceRun['state']]: Words } = {
  running: { en: 'Under way', de: 'Läuft' },
  passed: { en: 'Nothing found', de: 'Nichts gefunden' },
  failed: { en: 'Something found', de: 'Etwas gefunden' },
};

/** What was found. */
export const WHAT: { readonly [what in ComplianceFinding['what']]: Words } = {
  changed: { en: 'An event was changed', de: 'Ein Ereignis wurde verändert' },
  removed: { en: 'An event is missing', de: 'Ein Ereignis fehlt' },
  inserted: { en: 'An event was put in', de: 'Ein Ereignis wurde eingefügt' },
  cutOff: { en: 'The end of the chain is missing', de: 'Das Ende der Kette fehlt' },
  anchorBroken: { en: 'The chain was made anew', de: 'Die Kette wurde neu gemacht' },
  numberGap: { en: 'A number is missing', de: 'Eine Nummer fehlt' },
  unbalanced: { en: 'An entry does not balance', de: 'Eine Buchung ist nicht ausgeglichen' },
  sameEyes: { en: 'Approved by who asked for it', de: 'Von derselben Person beantragt und genehmigt' },
  backDated: { en: 'Posted long after its date', de: 'Lange nach dem Datum gebucht' },
  permissionChanged: { en: 'Permissions were changed', de: 'Rechte wurden geändert' },
  loginsFailed: { en: 'Sign-ins failed', de: 'Anmeldungen schlugen fehl' },
  exported: { en: 'Records were exported', de: 'Datensätze wurden exportiert' },
};
