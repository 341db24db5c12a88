import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import type { FieldDefinition, Label, LayoutDefinition, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { manyKey } from '../fields/reference-key.ts';
import { isTextKey, labelOf, useTexts } from '../i18n/index.ts';
import { askFor } from './client.ts';

export type { FieldDefinition, LayoutDefinition, ViewDefinition };

/** A field as the caller may know it. `storage`: how its values are stored; absent where no record has it, as in a command's input. */
export type Field = FieldDefinition & { readonly editable: boolean; readonly storage?: StorageKind };

/** An object as the caller may know it, and what they may do with it. */
export type BusinessObject = Omit<ObjectDefinition, 'fields'> & {
  readonly fields: readonly Field[];
  readonly permissions: {
    readonly read: boolean;
    readonly create: boolean;
    readonly edit: boolean;
    readonly delete: boolean;
    readonly purge: boolean;
    readonly commands: true | readonly string[];
  };
};

/** Who is signed in. */
export type Me = {
  readonly user: {
    readonly id?: string;
    readonly name: string;
    readonly email?: string;
    readonly language?: string;
    readonly timeZone?: string;
    readonly roles: readonly string[];
  };
  readonly company: {
    readonly id: string;
    readonly name: string;
    readonly currency: string;
    readonly country: string;
    readonly timeZone: string;
  } | null;
  /** What amounts are in where nothing else says so: the company's currency, without a company the installation's. */
  readonly currency: string | null;
  readonly administrator: boolean;
};

type ObjectList = { readonly items: readonly BusinessObject[]; readonly version: number };

export const objectsQuery = queryOptions({
  queryKey: ['objects'],
  queryFn: ({ signal }) => askFor<ObjectList>('/api/platform/objects', { signal }),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => askFor<Me>('/api/platform/me', { signal }),
  staleTime: 300_000,
  retry: false,
});

/** The objects the caller may see, by name. The frame has loaded them before any screen is drawn. */
export function useObjects(): readonly BusinessObject[] {
  return useSuspenseQuery(objectsQuery).data.items;
}

export function useObject(name: string | undefined): BusinessObject | undefined {
  const objects = useObjects();
  return name === undefined ? undefined : objects.find((object) => object.name === name);
}

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Views of an object, shared and one's own; null while they are not known yet. */
export function useKnownViews(object: string): readonly ViewDefinition[] | null {
  const query = useQuery({
    queryKey: ['views', object],
    queryFn: ({ signal }) => askFor<{ items: readonly ViewDefinition[] }>(`/api/platform/objects/${object}/views`, { signal }),
    staleTime: 60_000,
  });
  return query.data?.items ?? null;
}

/** One's own views of all objects, each with the name of its object. */
export function useOwnViews(): readonly (ViewDefinition & { readonly object: string })[] {
  const query = useQuery({
    queryKey: ['views', 'own', 'all'],
    queryFn: ({ signal }) => askFor<{ items: readonly (ViewDefinition & { object: string })[] }>('/api/platform/views', { signal }),
    staleTime: 60_000,
  });
  return query.data?.items ?? [];
}

/** Everything that was read from the metadata is read again. */
export function useMetadataChanged(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['objects'] }),
      client.invalidateQueries({ queryKey: ['views'] }),
      client.invalidateQueries({ queryKey: ['changes'] }),
      client.invalidateQueries({ queryKey: ['managed'] }),
      client.invalidateQueries({ queryKey: ['usage'] }),
      client.invalidateQueries({ queryKey: ['option-lists'] }),
    ]);
  };
}

/** Where an object's records are: `/api/offers/offers`. */
export function recordsPath(object: Pick<BusinessObject, 'module' | 'collection'>): string {
  return `/api/${object.module}/${object.collection}`;
}

/** The name a field has in a record's JSON: references are written `customerId`, many of them `tagIds`. */
export function apiName(field: Pick<FieldDefinition, 'type' | 'name'>): string {
  if (field.type === 'manyToMany') return manyKey(field.name);
  return field.type === 'lookup' || field.type === 'user' ? `${field.name}Id` : field.name;
}

/** The field of an id; layouts name fields so. */
export function fieldById(object: Pick<BusinessObject, 'fields'>, id: string): Field | undefined {
  return object.fields.find((field) => field.id === id);
}

/** Fields that belong to the business, not to the platform's bookkeeping. */
export function ownFields(object: Pick<BusinessObject, 'fields'>): readonly Field[] {
  return object.fields.filter((field) => field.system !== true);
}

/** What a field can be: the server's own list. */
export type FieldTypeInfo = {
  readonly name: string;
  readonly label: Label;
  readonly description: Label;
  /** Settings beyond the common ones, as JSON Schemas by name. */
  readonly settings: { readonly [name: string]: unknown };
  readonly required: readonly string[];
  readonly searchable: boolean;
  /** Types that a field of this one can be changed to. */
  readonly becomes: readonly string[];
};

export function useFieldTypes(): readonly FieldTypeInfo[] {
  const query = useQuery({
    queryKey: ['field-types'],
    queryFn: ({ signal }) => askFor<{ items: readonly FieldTypeInfo[] }>('/api/platform/field-types', { signal }),
    staleTime: Infinity,
  });
  return query.data?.items ?? [];
}

/** A role that objects and fields can be granted to. */
export type Role = { readonly id: string; readonly name: string; readonly label: string };

/** All roles; those that come with the product in the reader's language. */
export function useRoles(): readonly Role[] {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => askFor<{ items: readonly Role[] }>('/api/platform/roles?fields=id,name,label&limit=200&sort=name', { signal }),
    staleTime: 60_000,
  });
  return (query.data?.items ?? []).map((role) => {
    const key = `role.${role.name}`;
    return isTextKey(key) && labelOf(key).en === role.label ? { ...role, label: t(key) } : role;
  });
}
