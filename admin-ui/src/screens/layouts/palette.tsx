import { ActionIcon, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useItemLabel, type Editing } from './editing.ts';
import { PALETTE, sectionOf, sectionsOn } from './layout-draft.ts';
import { Item, Zone } from './layout-item.tsx';
import { useItemMoves } from './use-item-moves.ts';

/** What is not on the page: dragged there, or placed by a button into the section that one looks at. */
export function Palette({ editing }: { readonly editing: Editing }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const { draft, selected, tab, onSelect } = editing;
  const moves = useItemMoves(editing);
  const label = useItemLabel(editing.object);
  const wanted = typed.trim().toLowerCase();
  const keys = (draft.zones[PALETTE] ?? []).filter((key) => label(draft.items[key]).toLowerCase().includes(wanted));
  const looked = selected?.kind === 'section' ? selected.id : selected?.kind === 'item' ? sectionOf(draft, selected.key)?.id : undefined;
  const target = looked ?? sectionsOn(draft, tab).at(-1)?.id;
  return (
    <section className="card section layout-palette" aria-label={t('layout.palette')}>
      <Title order={2}>{t('layout.palette')}</Title>
      <TextInput
        mb="xs"
        placeholder={t('fields.search')}
        aria-label={t('fields.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Zone id={PALETTE}>
        {keys.map((key, index) => (
          <Item key={key} itemKey={key} index={index} zone={PALETTE} editing={editing}>
            <ActionIcon
              variant="subtle"
              size={24}
              data-place={key}
              disabled={target === undefined}
              aria-label={t('layout.place', { field: label(draft.items[key]) })}
              onClick={() => {
                if (target === undefined) return;
                moves.place(key, target);
                onSelect({ kind: 'item', key });
              }}
            >
              <IconPlus size={15} />
            </ActionIcon>
          </Item>
        ))}
      </Zone>
    </section>
  );
}
