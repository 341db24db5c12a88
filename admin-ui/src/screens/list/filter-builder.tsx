import { Button, MantineThemeProvider, Popover, Stack, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ConditionLines } from './condition-lines.tsx';
import { conditionsIn, conditionsOf, filterOf, newCondition, offeredOperators, type Conditions } from './conditions.ts';
import { filterFields } from './filter-fields.ts';
import type { FilterNode } from './list-state.ts';

type Props = {
  readonly object: BusinessObject;
  readonly filter: FilterNode | undefined;
  /** Open, perhaps to ask about one field; null: closed. */
  readonly filtering: Filtering | null;
  readonly onFiltering: (filtering: Filtering | null) => void;
  readonly onChange: (filter: FilterNode | undefined) => void;
};

export type Filtering = { readonly field?: Field };

/** What is chosen from a list is chosen inside: a click beside the builder closes it. */
export const LISTS_INSIDE = {
  components: { Combobox: { defaultProps: { withinPortal: false } }, Popover: { defaultProps: { withinPortal: false } } },
} as const;

/** Conditions, joined by all or any, applied as they are completed. */
export function FilterBuilder({ object, filter, filtering, onFiltering, onChange }: Props) {
  const { t } = useTexts();
  const fields = filterFields(object, useObjects());
  const given = conditionsOf(filter, fields);
  const [edited, setEdited] = useState<Conditions | null>(null);
  const conditions =
    edited ??
    askedAbout(
      given,
      fields.find(({ id }) => id === filtering?.field?.id),
    );
  const count = given ? conditionsIn(given).length : 1;
  const close = (): void => {
    setEdited(null);
    onFiltering(null);
  };
  const apply = (next: Conditions): void => {
    setEdited(next);
    const wanted = filterOf(next, fields);
    // A line without a value asks for nothing yet: the list is as it was.
    if (!given || JSON.stringify(wanted) !== JSON.stringify(filterOf(given, fields))) onChange(wanted);
  };
  return (
    <Popover
      position="bottom-start"
      shadow="md"
      width="min(720px, 94vw)"
      trapFocus
      opened={filtering !== null}
      onDismiss={close}
      onClose={() => setEdited(null)}
      withinPortal
    >
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={() => (filtering ? close() : onFiltering({}))}
        >
          {count > 0 ? t('filter.active', { count }) : t('filter.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.title')}>
        {conditions === null ? (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('filter.advanced')}</Text>
            <Button size="compact-sm" variant="light" onClick={() => onChange(undefined)}>
              {t('filter.clear')}
            </Button>
          </Stack>
        ) : (
          <MantineThemeProvider inherit theme={LISTS_INSIDE}>
            <ConditionLines
              fields={fields}
              operatorsOf={offeredOperators}
              conditions={conditions}
              clearText={t('filter.clear')}
              onChange={apply}
            />
          </MantineThemeProvider>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The conditions with a new one on the field that was asked about, unless there is one. */
function askedAbout(given: Conditions | null, field: Field | undefined): Conditions | null {
  if (!given || !field || conditionsIn(given).some((line) => line.field === field.name)) return given;
  const asked = newCondition(field, offeredOperators(field));
  return given.match === 'and' ? { ...given, lines: [...given.lines, asked] } : { match: 'and', lines: [given, asked] };
}
