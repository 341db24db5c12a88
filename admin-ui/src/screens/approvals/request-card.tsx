import { Anchor, Badge, Button, Group, Text, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { decideRequest, type ApprovalRequest, type Reason } from '#admin-ui/src/api/approvals.ts';
import { apiName, useObject, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { formatAgo, formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { isTextKey, useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';

type Props = { readonly requests: BusinessObject; readonly request: ApprovalRequest; readonly onDecided: () => void };

/** One document that waits: what it is, why it is asked about, what it comes to, yes and no. */
export function RequestCard({ requests, request, onDecided }: Props) {
  const { t, language } = useTexts();
  const [comment, setComment] = useState('');
  const title = request.title ?? '';
  const decision = useMutation({
    mutationFn: (given: 'approve' | 'reject') => {
      const said = comment.trim();
      return decideRequest(requests, { request: request.id, decision: given, ...(said === '' ? {} : { comment: said }) });
    },
    onSuccess: (_done, given) => notifyDone(t(given === 'approve' ? 'approvals.approved' : 'approvals.rejected', { title })),
    onSettled: onDecided,
  });
  const running = decision.isPending ? decision.variables : null;
  return (
    <li className="card approval">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'offer', id: request.offerId }} />}>
            {title}
          </Anchor>
        </Title>
        <Due request={request} />
      </Group>
      <Text size="sm" className="dim">
        {[request.policy?.name, request.step, t('approvals.asked', { by: request.requestedBy?.name ?? t('history.system') })]
          .filter(Boolean)
          .join(' · ')}{' '}
        <time dateTime={request.createdAt} title={formatDateTime(request.createdAt, language)}>
          {formatAgo(request.createdAt, language)}
        </time>
      </Text>
      <Facts request={request} />
      {(request.needed ?? 1) > 1 && (
        <Text size="sm">{t('approvals.heldOf', { count: request.decisions?.length ?? 0, needed: request.needed ?? 1 })}</Text>
      )}
      {decision.isError && <Failure error={decision.error} />}
      <Textarea
        label={t('approvals.comment')}
        description={t('approvals.commentHelp')}
        autosize
        minRows={1}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button loading={running === 'approve'} onClick={() => decision.mutate('approve')}>
          {t('approvals.approve')}
        </Button>
        <Button
          color="red"
          variant="light"
          loading={running === 'reject'}
          disabled={comment.trim() === ''}
          onClick={() => decision.mutate('reject')}
        >
          {t('approvals.reject')}
        </Button>
      </Group>
    </li>
  );
}

function Due({ request: { dueAt, escalatedAt } }: { readonly request: ApprovalRequest }) {
  const { t, language } = useTexts();
  const [now] = useState(() => Date.now());
  if (dueAt === null) return null;
  const isOver = Date.parse(dueAt) < now;
  return (
    <Group gap={6}>
      {escalatedAt !== null && (
        <Badge color="orange" variant="light" tt="none">
          {t('approvals.escalated')}
        </Badge>
      )}
      <Badge color={isOver ? 'red' : 'gray'} variant="light" tt="none">
        {t(isOver ? 'approvals.overdue' : 'approvals.due', { at: formatDateTime(dueAt, language) })}
      </Badge>
    </Group>
  );
}

/** Why it is asked about, and the key figures, as they were when it was asked. */
function Facts({ request }: { readonly request: ApprovalRequest }) {
  const { t, say } = useTexts();
  const offer = useObject('offer');
  const find = (name: string): Field | undefined => offer?.fields.find((one) => apiName(one) === name);
  const known = (request.figures ?? []).flatMap(({ field: name, value }) => {
    const field = find(name);
    return field ? [{ field, value }] : [];
  });
  return (
    <>
      <ul className="approval-reasons" aria-label={t('approvals.because')}>
        {(request.reasons ?? []).map((reason, index) => (
          <li key={index}>
            <ReasonWords reason={reason} field={find(reason.field)} currency={request.currency} />
          </li>
        ))}
      </ul>
      <dl className="approval-figures">
        {known.map(({ field, value }) => (
          <div key={field.id}>
            <dt className="dim">{say(field.label)}</dt>
            <dd>
              <Shown field={field} value={value} currency={request.currency} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type WordsProps = { readonly reason: Reason; readonly field: Field | undefined; readonly currency: string | null };

function ReasonWords({ reason, field, currency }: WordsProps) {
  const { t, say } = useTexts();
  const key = `operator.${reason.operator}`;
  const operator = isTextKey(key) ? t(key) : reason.operator;
  if (!field) return <>{[reason.field, operator, reason.wanted].join(' ')}</>;
  return (
    <>
      {say(field.label)} <span className="dim">{operator}</span> <Shown field={field} value={reason.wanted} currency={currency} />
      <span className="dim">: {t('approvals.held')} </span>
      <b>
        <Shown field={field} value={reason.held} currency={currency} />
      </b>
    </>
  );
}

function Shown({ field, value, currency }: { readonly field: Field; readonly value: string; readonly currency: string | null }) {
  const { Cell } = useFieldUis()(field);
  return <Cell field={field} value={value === '' ? null : value} record={{ currency }} />;
}
