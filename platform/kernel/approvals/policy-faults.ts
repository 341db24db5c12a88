import { faultAt, type FieldError } from '../errors.ts';
import type { ApprovalPolicy } from './words.ts';

/** What is wrong with a policy that nobody could ever meet: it has no steps, or a step asks nobody, or fewer people than it needs. */
export function policyFaults({ steps }: Pick<ApprovalPolicy, 'steps'>): readonly FieldError[] {
  const rows = steps ?? [];
  if (rows.length === 0) {
    const en = 'A policy has at least one step: say who approves.';
    return [
      faultAt(
        { pointer: '/steps', field: 'steps', rule: 'required' },
        { en, de: 'Eine Regel hat mindestens einen Schritt: Sagen Sie, wer freigibt.' },
      ),
    ];
  }
  return rows.flatMap(({ roleId, peopleIds, mode, count }, index) => {
    const people = peopleIds ?? [];
    if (!roleId && people.length === 0) {
      const en = 'Name a role or people who may approve.';
      return [
        faultAt(
          { pointer: `/steps/${index}/roleId`, field: 'roleId', rule: 'required' },
          { en, de: 'Nennen Sie eine Rolle oder Personen, die freigeben dürfen.' },
        ),
      ];
    }
    if (mode === 'some' && !roleId && (count ?? 1) > people.length) {
      const en = `Only ${people.length} people are named here, fewer than are needed.`;
      return [
        faultAt(
          { pointer: `/steps/${index}/count`, field: 'count', rule: 'maximum' },
          { en, de: `Hier sind nur ${people.length} Personen genannt, weniger als nötig.` },
        ),
      ];
    }
    return [];
  });
}
