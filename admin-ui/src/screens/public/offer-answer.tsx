import { Alert, Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { formatDate, formatDateTime, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { answerOffer, type Answer, type PublicOffer } from './offer-api.ts';

type Props = {
  readonly token: string;
  readonly offer: PublicOffer;
  readonly queryKey: readonly unknown[];
  /** Somebody else has answered meanwhile, or the offer is no longer open. */
  readonly onStale: () => void;
};

/** Yes with a name, or no with a reason; and what became of the offer once it is decided. */
export function OfferAnswer({ token, offer, queryKey, onStale }: Props) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [isDeclining, setDeclining] = useState(false);
  const answer = useMutation({
    mutationFn: (given: Answer) => answerOffer(token, given),
    onSuccess: (now) => client.setQueryData(queryKey, now),
    onError: (error) => {
      if (error instanceof Problem && (error.status === 409 || error.status === 404)) onStale();
    },
  });
  if (offer.state !== 'open') return <Outcome offer={offer} />;
  const given = { isSending: answer.isPending, onAnswer: answer.mutate };
  return (
    <section className="card public-card" aria-label={t('public.answer')}>
      <Stack>
        <Title order={2}>{t('public.answer')}</Title>
        {answer.isError && <Failure error={answer.error} />}
        {isDeclining ? (
          <Decline {...given} onBack={() => setDeclining(false)} />
        ) : (
          <Accept {...given} offer={offer} onDecline={() => setDeclining(true)} />
        )}
      </Stack>
    </section>
  );
}

type Given = { readonly isSending: boolean; readonly onAnswer: (answer: Answer) => void };

function Accept({ offer, isSending, onAnswer, onDecline }: Given & { readonly offer: PublicOffer; readonly onDecline: () => void }) {
  const { t, language } = useTexts();
  const [name, setName] = useState('');
  const total = formatMoney(offer.grossTotal ?? '0', offer.currency, language);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onAnswer({ command: 'accept', acceptedBy: name.trim() });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Text>{t('public.answerText', { total })}</Text>
      <TextInput
        label={t('public.name')}
        name="name"
        autoComplete="name"
        size="md"
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group>
        <Button type="submit" size="md" loading={isSending} disabled={name.trim() === ''}>
          {t('public.accept')}
        </Button>
        <Button size="md" variant="default" onClick={onDecline}>
          {t('public.decline')}
        </Button>
      </Group>
    </Stack>
  );
}

function Decline({ isSending, onAnswer, onBack }: Given & { readonly onBack: () => void }) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onAnswer({ command: 'decline', reason: reason.trim() });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Textarea
        label={t('public.reason')}
        size="md"
        required
        autoFocus
        autosize
        minRows={3}
        maxLength={250}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group>
        <Button type="submit" size="md" color="red" loading={isSending} disabled={reason.trim() === ''}>
          {t('public.declineSend')}
        </Button>
        <Button size="md" variant="default" onClick={onBack}>
          {t('public.back')}
        </Button>
      </Group>
    </Stack>
  );
}

const OUTCOMES = {
  accepted: { color: 'green', icon: IconCheck },
  declined: { color: 'red', icon: IconX },
  expired: { color: 'orange', icon: IconInfoCircle },
  replaced: { color: 'gray', icon: IconInfoCircle },
} as const;

function Outcome({ offer }: { readonly offer: PublicOffer }) {
  const { t, language } = useTexts();
  const state = offer.state === 'open' ? 'accepted' : offer.state;
  const { color, icon: Shape } = OUTCOMES[state];
  const values = {
    name: offer.acceptedBy ?? '',
    at: offer.decidedAt ? formatDateTime(offer.decidedAt, language) : '',
    day: offer.validUntil ? formatDate(offer.validUntil, language) : '',
  };
  return (
    <Alert role="status" mt="md" color={color} icon={<Shape aria-hidden />} title={t(`public.${state}`)}>
      {t(`public.${state}Text`, values)}
    </Alert>
  );
}
