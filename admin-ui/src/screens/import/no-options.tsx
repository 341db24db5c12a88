import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { askFor } from '#admin-ui/src/api/client.ts';
import { apiName, useMe, useMetadataChanged, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useOptionLists } from '#admin-ui/src/api/option-lists.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { addedOptions, type NoOption } from './added-options.ts';

type Props = {
  readonly object: BusinessObject;
  readonly noOptions: Readonly<Record<string, readonly string[]>>;
  /** The options are there; what was tried may be tried again. */
  readonly onAdded: () => void;
};

/** What rows name that no option is called, and for administrators the way to have them all as options, in one change that can be undone. */
export function NoOptions({ object, noOptions, onAdded }: Props) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const changed = useMetadataChanged();
  const { lists, isFetching } = useOptionLists(administrator);
  const named = Object.entries(noOptions).flatMap(([key, texts]): readonly NoOption<Field>[] => {
    const field = object.fields.find((one) => apiName(one) === key);
    return field ? [{ field, texts }] : [];
  });
  const add = useMutation({
    mutationFn: () => askFor('/api/platform/changes', { method: 'POST', body: { changes: addedOptions(object, named, lists) } }),
    onSuccess: async () => {
      await changed();
      notifyDone(t('import.noOptions.added'));
      onAdded();
    },
  });
  if (named.length === 0) return null;
  return (
    <Alert color="yellow" title={t('import.noOptions')}>
      <Stack gap="xs" align="flex-start">
        <List size="sm">
          {named.map(({ field, texts }) => (
            <List.Item key={field.id}>
              {say(field.label)}: <b>{texts.join(', ')}</b>
            </List.Item>
          ))}
        </List>
        {add.isError && <Failure error={add.error} />}
        {administrator ? (
          <Button size="compact-sm" loading={add.isPending} disabled={isFetching} onClick={() => add.mutate()}>
            {t('import.noOptions.add')}
          </Button>
        ) : (
          <Text size="sm">{t('import.noOptions.ask')}</Text>
        )}
      </Stack>
    </Alert>
  );
}
