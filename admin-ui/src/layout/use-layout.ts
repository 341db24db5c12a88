import { useMemo } from 'react';
import { isMet } from '#platform/kernel/conditions/is-met.ts';
import { layoutFor } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutPage } from '#platform/kernel/model.ts';
import { apiName, useMe, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useCircumstances } from '../fields/field-rules.ts';

const NONE: RecordValues = {};

/** The layout of a page for who sits here and the record they see: the object's rules, asked as the server would. */
export function useLayout(object: BusinessObject, page: LayoutPage, values: RecordValues = NONE): LayoutDefinition | undefined {
  const { user } = useMe();
  const around = useCircumstances();
  const storages = useMemo(
    () => new Map(object.fields.flatMap((field) => (field.storage ? [[apiName(field), field.storage] as const] : []))),
    [object],
  );
  return useMemo(
    () =>
      layoutFor(object, page, {
        roles: user.roles,
        meets: (condition) => isMet(condition, { valueOf: (name) => values[name], storages, around }),
      }),
    [object, page, user.roles, values, storages, around],
  );
}
