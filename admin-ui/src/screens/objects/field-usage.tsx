import { Button, Group, Popover, Progress, Text } from '@mantine/core';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { formatShare } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { PlaceList } from './place-list.tsx';
import type { Usage } from './use-usage.ts';

type Props = { readonly usage: Usage | undefined; readonly field: Field };

/** The share of records that have a value in the field, as a bar and in words. */
export function FilledShare({ usage, field }: Props) {
  const { t, say, language } = useTexts();
  const filled = usage?.fields.find((one) => one.id === field.id)?.filled;
  if (usage?.rows === undefined || usage.rows === null || filled === undefined || filled === null) return null;
  const share = usage.rows === 0 ? '–' : `${usage.isEstimate ? '≈ ' : ''}${formatShare(filled, language)}`;
  // An estimate is not told as if it were counted.
  const rows = Number(usage.rows.toPrecision(usage.isEstimate ? 2 : 15)).toLocaleString(language);
  return (
    <Group gap={8} wrap="nowrap" title={t(usage.isEstimate ? 'usage.estimate' : 'usage.exact', { rows })}>
      <Progress value={filled * 100} size="sm" w={56} aria-label={t('usage.filledOf', { field: say(field.label), part: share })} />
      <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
        {share}
      </Text>
    </Group>
  );
}

/** In how many places the field is used; pressed, which these are, with the way to each. */
export function UsedIn({ usage, field }: Props) {
  const { t, say } = useTexts();
  const places = usage?.fields.find((one) => one.id === field.id)?.usedIn;
  if (!places) return null;
  if (places.length === 0)
    return (
      <Text size="xs" className="dim">
        {t('usage.nowhere')}
      </Text>
    );
  const title = t('usage.placesOf', { field: say(field.label) });
  return (
    <Popover position="bottom-start" withArrow shadow="md" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs">
          {places.length === 1 ? t('usage.onePlace') : t('usage.places', { count: places.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={360} style={{ overflow: 'auto' }}>
        <Text size="sm" fw={600} mb={6}>
          {title}
        </Text>
        <PlaceList places={places} />
      </Popover.Dropdown>
    </Popover>
  );
}
