import { Alert, Anchor, Button, Group, List } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { fieldById, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { LikelySame } from './use-likely-same.ts';

type Props = {
  readonly object: BusinessObject;
  readonly found: readonly LikelySame[];
  /** Leads to comparing and merging; absent where there is nothing to merge yet, or the reader may not. */
  readonly onMerge?: ((id: string) => void) | undefined;
};

/** A warning that stops nobody: records that may be the same, each with the way there and the reasons. */
export function LikelySameNotice({ object, found, onMerge }: Props) {
  const { t, say } = useTexts();
  const objects = useObjects();
  const number = object.fields.find((field) => field.type === 'autoNumber' || field.type === 'documentNumber');
  const reasonOf = ({ field, alike }: LikelySame['reasons'][number]): string => {
    const [part, name] = field.split('.');
    const of = name === undefined ? object : objects.find((one) => one.name === part);
    const label = of ? say(of.fields.find((one) => one.name === (name ?? field))?.label ?? fieldById(of, field)?.label) : field;
    return t(alike === 1 ? 'same.sameValue' : 'same.likeValue', { field: label });
  };
  if (found.length === 0) return null;
  return (
    <Alert color="gray" mb="md" icon={<IconUsers size={18} aria-hidden />} title={t('same.title')} role="status">
      <List size="sm" listStyleType="none" spacing={4}>
        {found.map((one) => (
          <List.Item key={one.id}>
            <Group gap="xs" wrap="wrap">
              <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: one.id }} />}>
                {[one.title, number && textOf(one[number.name])].filter(Boolean).join(' · ')}
              </Anchor>
              <span>{one.reasons.map(reasonOf).join(', ')}</span>
              {onMerge && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => onMerge(one.id)}
                  aria-label={t('same.mergeWith', { title: textOf(one.title) })}
                >
                  {t('same.merge')}
                </Button>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
