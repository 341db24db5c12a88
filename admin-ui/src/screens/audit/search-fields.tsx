import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { EventSearch } from '#admin-ui/src/api/audit.ts';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Name = keyof EventSearch;
const FIELDS: readonly { readonly name: Name; readonly width: number }[] = [
  { name: 'type', width: 180 },
  { name: 'about', width: 290 },
  { name: 'actor', width: 170 },
  { name: 'correlation', width: 170 },
];
const DAYS = ['from', 'to'] as const;
const DAY: Omit<Field, 'id' | 'name' | 'column' | 'label'> = { type: 'date', state: 'active', editable: true };
const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is looked for. What is typed counts a moment later; an id or a day that is not whole yet is not looked for. */
export function SearchFields({ search, onChange }: { readonly search: EventSearch; readonly onChange: (search: EventSearch) => void }) {
  const { t } = useTexts();
  const DayInput = useFieldUis()(DAY).Input;
  const [typed, setTyped] = useState<EventSearch>(search);
  const shown = JSON.stringify(search);
  const [seen, setSeen] = useState(shown);
  // The address has changed otherwise than by typing here.
  if (shown !== seen) {
    setSeen(shown);
    if (shown !== JSON.stringify(whole(typed))) setTyped(search);
  }
  const later = useDebouncedCallback((next: EventSearch) => onChange(whole(next)), 350);
  const type = (name: Name, value: string): void => {
    const { [name]: _before, ...rest } = typed;
    const next = value === '' ? rest : { ...rest, [name]: value.trim() };
    setTyped(next);
    later(next);
  };
  return (
    <div className="audit-search" role="search" aria-label={t('list.tools')}>
      {FIELDS.map((field) => (
        <TextInput
          key={field.name}
          label={t(`audit.${field.name}`)}
          placeholder={field.name === 'type' ? t('audit.typeHint') : ''}
          value={typed[field.name] ?? ''}
          w={{ base: '100%', xs: field.width }}
          onChange={(event) => type(field.name, event.currentTarget.value)}
        />
      ))}
      {DAYS.map((name) => (
        <div key={name} className="audit-day">
          <DayInput
            field={{ ...DAY, id: name, name, column: name, label: { en: t(`audit.${name}`) } }}
            value={typed[name] ?? null}
            record={{}}
            onChange={(value) => type(name, textOf(value))}
          />
        </div>
      ))}
      {Object.keys(typed).length > 0 && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {t('audit.reset')}
        </Button>
      )}
    </div>
  );
}

function whole({ about, from, to, ...rest }: EventSearch): EventSearch {
  return {
    ...rest,
    ...(about !== undefined && UUID.test(about) ? { about } : {}),
    ...(from !== undefined && IS_DAY.test(from) ? { from } : {}),
    ...(to !== undefined && IS_DAY.test(to) ? { to } : {}),
  };
}
