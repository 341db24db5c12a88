import { Anchor, Breadcrumbs, Text } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { ChooseFile } from './choose-file.tsx';
import type { Chosen } from './import-api.ts';
import { ImportProgress } from './import-progress.tsx';
import { Mapping } from './mapping.tsx';

/** Records from a spreadsheet or CSV file: choose it, say which column is what, try it, do it. The job is in the address, so that one may leave and come back. */
export function ImportScreen() {
  const { object: name } = useParams({ from: '/app/working/o/$object/import' });
  const { t } = useTexts();
  const object = useObject(name);
  if (!object || object.parent !== undefined) return <Failure error={new Error(t('failure.noObject', { name }))} />;
  if (!object.permissions.create && !object.permissions.edit) return <Failure error={new Error(t('import.mayNot'))} />;
  return <Import key={object.name} object={object} />;
}

function Import({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const { job } = useSearch({ from: '/app/working/o/$object/import' });
  const navigate = useNavigate({ from: '/o/$object/import' });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const show = (id: string | undefined): void => void navigate({ search: id === undefined ? {} : { job: id } });
  return (
    <Page title={t('import.title', { objects: say(object.pluralLabel) })} icon={<ObjectIcon name={object.icon} size={24} />}>
      <Breadcrumbs mb="md" separator="›">
        <Anchor renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} />}>
          {say(object.pluralLabel)}
        </Anchor>
        <Text>{t('import.step')}</Text>
      </Breadcrumbs>
      {job !== undefined ? (
        <ImportProgress object={object} id={job} chosen={chosen} onJob={show} />
      ) : chosen === null ? (
        <ChooseFile object={object} onChosen={setChosen} />
      ) : (
        <Mapping object={object} chosen={chosen} onChange={setChosen} onJob={show} />
      )}
    </Page>
  );
}
