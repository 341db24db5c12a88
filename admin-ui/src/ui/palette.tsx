import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import '../styles/kit-screens.css';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { addTexts, useTexts } from '../i18n/index.ts';
import { workingTexts } from '../i18n/working-texts.ts';
import { useDefinitions } from './palette-metadata.tsx';
import { usePlaces, useRecent, useRecords, type PaletteGroup } from './palette-groups.tsx';

addTexts(workingTexts);

/** Ctrl-K: records of every object, lists, new records, settings. It opens whenever `searches` counts one more. */
export function Palette({ searches }: { readonly searches: number }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 120);
  const places = usePlaces(typed.trim());
  const definitions = useDefinitions(typed.trim());
  const recent = useRecent(searches);
  const { groups, late, isSearching } = useRecords(query);
  const shown: readonly PaletteGroup[] = typed.trim() === '' ? [...recent, ...places] : [...groups, ...places, ...definitions];
  useEffect(() => {
    if (searches > 0) spotlight.open();
  }, [searches]);
  return (
    <Spotlight.Root
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      scrollable
      maxHeight={440}
      attributes={{ content: { 'aria-label': t('frame.search') } }}
    >
      <Spotlight.Search
        leftSection={<IconSearch size={18} aria-hidden />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
      />
      <Spotlight.ActionsList>
        {shown.map(({ group, actions }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {actions.map(({ id, label, detail, icon, isQuiet, onChoose }) => (
              <Spotlight.Action
                key={id}
                label={label}
                {...(detail === undefined || detail === '' ? {} : { description: detail })}
                leftSection={icon}
                highlightQuery={isQuiet !== true}
                onClick={onChoose}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && <Spotlight.Empty>{t(isSearching ? 'palette.searching' : 'palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      {late.length > 0 && typed.trim() !== '' && (
        <Spotlight.Footer role="status">{t('palette.late', { names: late.join(', ') })}</Spotlight.Footer>
      )}
    </Spotlight.Root>
  );
}
