import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { EventSearch } from '#admin-ui/src/api/audit.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Name = keyof EventSearch;
const FIELDS: readonly { readonly name: Name; readonly type: 'text' | 'date'; readonly width: number }[] = [
  { name: 'type', type: 'text', width: 190 },
  { name: 'about', type: 'text', width: 310 },
  { name: 'actor', type: 'text', width: 220 },
  { name: 'correlation', type: 'text', width: 220 },
  { name: 'from', type: 'date', width: 150 },
  { name: 'to', type: 'date', width: 150 },
];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is looked for. What is typed counts a moment later; an id that is not whole yet is not looked for. */
export function SearchFields({ search, onChange }: { readonly search: EventSearch; readonly onChange: (search: EventSearch) => void }) {
  const { t } = useTexts();
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
          type={field.type}
          label={t(`audit.${field.name}`)}
          placeholder={field.name === 'type' ? t('audit.typeHint') : ''}
          value={typed[field.name] ?? ''}
          w={field.width}
          maw="100%"
          onChange={(event) => type(field.name, event.currentTarget.value)}
        />
      ))}
      {Object.keys(typed).length > 0 && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {t('audit.reset')}
        </Button>
      )}
    </div>
  );
}

function whole(search: EventSearch): EventSearch {
  const { about, ...rest } = search;
  return about !== undefined && UUID.test(about) ? search : rest;
}
