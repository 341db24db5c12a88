import type { ComplianceFinding, ComplianceRun } from '#metadata/records.gen.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';

/** Something that a check found. `detail` says it in figures, numbers and names: words are the screens'. */
export type Finding = Pick<ComplianceFinding, 'what' | 'detail'> &
  Partial<Pick<ComplianceFinding, 'object' | 'record' | 'actor' | 'at' | 'position'>>;

/** What came of a check: how much was looked at, what was found, and what else the run is to say. */
export type Checked = { readonly checked: number; readonly findings: readonly Finding[]; readonly values?: Partial<ComplianceRun> };

/** How far a check looks, as of which instant, and what makes a finding. */
export type Scope = { readonly since: string | null; readonly threshold: number | null };

/** Looks at what there is, in steps that tell how far it is. */
export type Check = (job: LongJobContext, scope: Scope) => Promise<Checked>;
