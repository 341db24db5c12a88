import type { FieldDefinition, Features, Label } from '#platform/kernel/model.ts';

/** What decides which system fields an object has. */
export type SystemFieldOwner = {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly features: Features;
};

/**
 * The fields that are columns of every table of their kind; all are `system: true`, so that nobody makes DDL of them.
 * Those with `readOnly` are written by the platform alone. `owner`, `team` and `company` are there when the object has the
 * feature, and callers may write them; their columns exist in every top-level table whether the feature is on or off.
 * A child has `id`, `parent` (written as `parentId`) and `position`.
 */
export function systemFields(object: SystemFieldOwner): readonly FieldDefinition[] {
  if (object.parent !== undefined) return childFields(object.id, object.parent);
  return [
    ...recordFields(object.id),
    ...(object.features.owner === true ? ownerFields(object.id) : []),
    ...(object.features.company === true ? companyFields(object.id) : []),
  ];
}

const RECORD_NAMES = [
  'id',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'deletedAt',
  'owner',
  'team',
  'company',
  'custom',
  'permissions',
];
const NAMES: ReadonlySet<string> = new Set(RECORD_NAMES);
const CHILD_NAMES: ReadonlySet<string> = new Set([...RECORD_NAMES, 'parent', 'position']);

/** Names that no other field may take: of every object, or of a child object. */
export function systemNames(isChild: boolean): ReadonlySet<string> {
  return isChild ? CHILD_NAMES : NAMES;
}

function recordFields(object: string): readonly FieldDefinition[] {
  return [
    system(object, { name: 'id', type: 'uuid', column: 'id', label: { en: 'Id', de: 'Kennung' } }),
    system(object, { name: 'version', type: 'integer', column: 'version', label: { en: 'Version', de: 'Version' } }),
    system(object, {
      name: 'createdAt',
      type: 'dateTime',
      column: 'created_at',
      label: { en: 'Created at', de: 'Erstellt am' },
    }),
    system(object, {
      name: 'createdBy',
      type: 'text',
      column: 'created_by',
      label: { en: 'Created by', de: 'Erstellt von' },
    }),
    system(object, {
      name: 'updatedAt',
      type: 'dateTime',
      column: 'updated_at',
      label: { en: 'Changed at', de: 'Geändert am' },
    }),
    system(object, {
      name: 'updatedBy',
      type: 'text',
      column: 'updated_by',
      label: { en: 'Changed by', de: 'Geändert von' },
    }),
  ];
}

function ownerFields(object: string): readonly FieldDefinition[] {
  return [
    {
      ...system(object, {
        name: 'owner',
        type: 'user',
        column: 'owner_id',
        label: { en: 'Owner', de: 'Verantwortlich' },
      }),
      readOnly: false,
      target: 'user',
    },
    {
      ...system(object, { name: 'team', type: 'lookup', column: 'team_id', label: { en: 'Team', de: 'Team' } }),
      readOnly: false,
      target: 'team',
    },
  ];
}

/** What rates, days, VAT and the heads of documents go by. */
const COMPANY_MIRRORED: readonly string[] = [
  'currency',
  'country',
  'timeZone',
  'fiscalYearStart',
  'address',
  'taxNumber',
  'vatNumber',
  'isSmallBusiness',
  'usesOneStopShop',
  'registration',
  'managers',
  'email',
  'phone',
  'website',
  'logo',
  'bankName',
  'iban',
  'bic',
];

function companyFields(object: string): readonly FieldDefinition[] {
  return [
    {
      ...system(object, {
        name: 'company',
        type: 'lookup',
        column: 'company_id',
        label: { en: 'Company', de: 'Firma' },
      }),
      readOnly: false,
      target: 'company',
      mirror: COMPANY_MIRRORED,
    },
  ];
}

function childFields(object: string, parent: string): readonly FieldDefinition[] {
  return [
    system(object, { name: 'id', type: 'uuid', column: 'id', label: { en: 'Id', de: 'Kennung' } }),
    {
      ...system(object, {
        name: 'parent',
        type: 'lookup',
        column: 'parent_id',
        label: { en: 'Belongs to', de: 'Gehört zu' },
      }),
      target: parent,
    },
    system(object, {
      name: 'position',
      type: 'integer',
      column: 'position',
      label: { en: 'Position', de: 'Position' },
    }),
  ];
}

type Parts = { readonly name: string; readonly type: string; readonly column: string; readonly label: Label };

function system(object: string, parts: Parts): FieldDefinition {
  return { id: `${object}.${parts.name}`, ...parts, state: 'active', system: true, readOnly: true };
}
