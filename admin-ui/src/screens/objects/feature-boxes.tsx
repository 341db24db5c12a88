import { Checkbox, SimpleGrid } from '@mantine/core';
import type { Features } from '#platform/kernel/model.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** What an object has beside its fields, in the order in which it is offered. */
export const FEATURES = ['owner', 'company', 'number', 'status', 'currency', 'history', 'comments', 'attachments', 'fuzzySearch'] as const;

/** History, comments and attachments are there unless they are switched off. */
export const FEATURES_AT_FIRST: readonly string[] = ['history', 'comments', 'attachments'];

type Props = { readonly value: readonly string[]; readonly onChange: (features: readonly string[]) => void };

/** The features of an object, each with its box. */
export function FeatureBoxes({ value, onChange }: Props) {
  const { t } = useTexts();
  return (
    <Checkbox.Group label={t('objects.features')} value={[...value]} onChange={onChange}>
      <SimpleGrid cols={{ base: 2, sm: 3 }} mt={6}>
        {FEATURES.map((feature) => (
          <Checkbox key={feature} value={feature} label={t(`feature.${feature}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

/** The boxes that are ticked for features as an object has them. */
export function tickedOf(features: Features): readonly string[] {
  return FEATURES.filter((name) => features[name] ?? FEATURES_AT_FIRST.includes(name));
}

/** Features as the metadata API takes them. */
export function featuresOf(ticked: readonly string[]): Features {
  return Object.fromEntries(FEATURES.map((name) => [name, ticked.includes(name)]));
}
