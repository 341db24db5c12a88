import { Alert, Anchor, Button, Modal, Progress, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { verifyChain, type ChainVerdict } from '#admin-ui/src/api/chain.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';

/** Looks along the chain of an object's records and says whether it is whole, or which record is the first that is not as it should be. */
export function VerifyChain({ object }: { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [seen, setSeen] = useState<ChainVerdict | null>(null);
  const look = useMutation({ mutationFn: () => verifyChain(object, setSeen) });
  const start = (): void => {
    setSeen(null);
    open();
    look.mutate();
  };
  return (
    <>
      <Button variant="default" onClick={start}>
        {t('hashChain.verify')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('hashChain.title')} size="lg" closeButtonProps={{ 'aria-label': t('action.close') }}>
        <Stack aria-live="polite">
          <Text size="sm">{t('hashChain.text')}</Text>
          {look.isPending && <Along verdict={seen} />}
          {look.isError && <Failure error={look.error} onRetry={start} />}
          {look.data && <Found object={object} verdict={look.data} />}
        </Stack>
      </Modal>
    </>
  );
}

function Along({ verdict }: { readonly verdict: ChainVerdict | null }) {
  const { t } = useTexts();
  const { verified, length } = verdict ?? { verified: 0, length: 0 };
  const label = t('hashChain.verified', { done: String(verified), all: String(length) });
  return (
    <>
      <Progress value={length === 0 ? 0 : (verified / length) * 100} aria-label={label} />
      <Text size="sm" className="dim">
        {label}
      </Text>
    </>
  );
}

function Found({ object, verdict: { fault, length } }: { readonly object: BusinessObject; readonly verdict: ChainVerdict }) {
  const { t } = useTexts();
  if (!fault) return <Alert color="green">{t('hashChain.whole', { all: String(length) })}</Alert>;
  const { reason, position, title, id } = fault;
  return (
    <Alert color="red" title={t('hashChain.broken')}>
      <Stack gap="xs">
        <Text size="sm">{t(`hashChain.fault.${reason}`, { position: String(position ?? ''), title: title ?? '' })}</Text>
        <Text size="sm">{t('hashChain.help')}</Text>
        {id !== null && (
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id }} />}>
            {title ?? id}
          </Anchor>
        )}
      </Stack>
    </Alert>
  );
}
