import { Alert, Anchor, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { progressOf, type Progress as Verified } from '#admin-ui/src/api/audit.ts';
import { formatShare } from '#admin-ui/src/i18n/format.ts';
import { isTextKey, useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';

const LOOK_EVERY = 700;

/** How far a verification is, and what came of it. It goes on without this page. */
export function VerifyProgress({ run }: { readonly run: string }) {
  const verified = useQuery({
    queryKey: ['audit', 'run', run],
    queryFn: ({ signal }) => progressOf(run, signal),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.run.state === 'running' ? LOOK_EVERY : false),
  });
  if (verified.isError) return <Failure error={verified.error} onRetry={() => void verified.refetch()} />;
  return verified.data ? <Outcome verified={verified.data} /> : null;
}

function Outcome({ verified: { run, share, what } }: { readonly verified: Verified }) {
  const { t, language } = useTexts();
  const key = `audit.violated.${what ?? 'changed'}`;
  const position = run.position ?? run.upTo ?? '0';
  if (run.state === 'running') {
    const label = t('audit.verifying', { share: formatShare(share, language) });
    return (
      <div className="audit-verify" role="status">
        {label}
        <Progress value={share * 100} aria-label={label} mt={6} />
      </div>
    );
  }
  return (
    <Alert className="audit-verify" color={run.state === 'passed' ? 'green' : 'red'} role="status">
      {run.state === 'passed' ? t('audit.passed', { position }) : t(isTextKey(key) ? key : 'audit.violated.changed', { position })}{' '}
      <Anchor
        size="sm"
        inherit
        underline="always"
        c="inherit"
        renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: 'compliance_run', id: run.id }} />}
      >
        {t('audit.result')}
      </Anchor>
    </Alert>
  );
}
