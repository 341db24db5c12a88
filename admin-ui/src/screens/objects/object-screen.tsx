import { Anchor, Badge, Breadcrumbs, Button, Tabs, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { askFor } from '#admin-ui/src/api/client.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { Waiting } from '#admin-ui/src/ui/waiting.tsx';
import { ChangeLog } from './change-log.tsx';
import { FieldsTab } from './fields-tab.tsx';
import { LayoutsTab } from '../layouts/layouts-tab.tsx';
import { ObjectApi } from './object-api.tsx';
import { ObjectSettings } from './object-settings.tsx';
import { LimitsTab } from './limits-tab.tsx';
import { NumberingTab } from './numbering-tab.tsx';
import { PermissionsTab } from './permissions-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { ViewsTab } from './views-tab.tsx';

const TABS = ['fields', 'layouts', 'views', 'rules', 'permissions', 'numbering', 'limits', 'settings', 'history', 'api'] as const;

/** One object in the manager: its fields, pages, views, rules, rights, numbers, limits, history and API. */
export function ObjectScreen() {
  const { object: name } = useParams({ from: '/app/working/settings/objects/$object' });
  const query = useQuery({
    queryKey: ['managed', name],
    queryFn: ({ signal }) => askFor<BusinessObject>(`/api/platform/objects/${name}?retired=true`, { signal }),
    retry: false,
  });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Managed key={query.data.id} object={query.data} /> : <Waiting />;
}

function Managed({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const moduleName = useModuleName();
  const { tab } = useSearch({ from: '/app/working/settings/objects/$object' });
  const navigate = useNavigate({ from: '/settings/objects/$object' });
  useDocumentTitle(`${say(object.label)} · ${t('settings.objects')} · Tessera`);
  const chosen = TABS.find((one) => one === tab) ?? 'fields';
  return (
    <>
      <Breadcrumbs separator="›" fz="sm" mb={4}>
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/settings/objects" />}>
          {t('settings.objects')}
        </Anchor>
        <span className="dim">{say(object.label)}</span>
      </Breadcrumbs>
      <div className="page-head">
        <ObjectIcon name={object.icon} size={24} />
        <Title order={1}>{say(object.label)}</Title>
        <Badge variant="light" tt="none" color={object.custom === true ? 'teal' : 'gray'}>
          {t(object.custom === true ? 'objects.custom' : 'objects.standard')}
        </Badge>
        {object.state === 'retired' && (
          <Badge variant="light" color="red" tt="none">
            {t('field.retired')}
          </Badge>
        )}
        <span className="dim">
          {moduleName(object.module)} · {object.name}
        </span>
        <span className="grow" />
        {object.parent === undefined && object.state === 'active' && (
          <Button
            variant="default"
            leftSection={<IconTable size={16} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} search={{}} />}
          >
            {t('objects.openList')}
          </Button>
        )}
      </div>
      <Tabs value={chosen} onChange={(next) => void navigate({ search: next === null ? {} : { tab: next } })} keepMounted={false}>
        <Tabs.List mb="md" aria-label={t('objects.parts')}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`objects.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="fields">
          <FieldsTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="layouts">
          <LayoutsTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="views">
          <ViewsTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="numbering">
          <NumberingTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="limits">
          <LimitsTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="permissions">
          <PermissionsTab object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <ObjectSettings key={object.version} object={object} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <ChangeLog object={object.name} />
        </Tabs.Panel>
        <Tabs.Panel value="api">
          <ObjectApi object={object} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
