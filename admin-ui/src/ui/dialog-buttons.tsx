import { Button, Group } from '@mantine/core';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = {
  readonly onCancel: () => void;
  readonly isPending: boolean;
  readonly isDisabled?: boolean;
  /** What the button says that sends the form; absent: to save. */
  readonly submit?: string;
};

/** The end of a form in a dialog: leave it as it is, or send it. */
export function DialogButtons({ onCancel, isPending, isDisabled = false, submit }: Props) {
  const { t } = useTexts();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
      <Button type="submit" loading={isPending} disabled={isDisabled}>
        {submit ?? t('action.save')}
      </Button>
    </Group>
  );
}
