import { Anchor, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListDetails, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useOptionLists, type SharedList } from '#admin-ui/src/api/option-lists.ts';
import { OptionBadge } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { NewOptionList } from './new-option-list.tsx';

const SHOWN_OPTIONS = 6;

/** The option lists: what each offers, and how many fields use it. */
export function OptionListsScreen() {
  const { t, say } = useTexts();
  const navigate = useNavigate();
  const { lists, isError, error, isSuccess, refetch } = useOptionLists();
  const [typed, setTyped] = useState('');
  const [isOpen, { open, close }] = useDisclosure(false);
  const wanted = typed.trim().toLowerCase();
  const texts = (list: SharedList): string => [say(list.label), list.name, ...list.options.map((option) => say(option.label))].join(' ');
  const shown = lists
    .filter((list) => texts(list).toLowerCase().includes(wanted))
    .toSorted((left, right) => say(left.label).localeCompare(say(right.label)));
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('lists.add')}
    </Button>
  );
  return (
    <Page
      title={t('settings.optionLists')}
      icon={<IconListDetails size={24} stroke={1.7} aria-hidden />}
      actions={
        lists.length > 0 && (
          <>
            <TextInput
              leftSection={<IconSearch size={16} aria-hidden />}
              aria-label={t('lists.search')}
              placeholder={t('lists.search')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {add}
          </>
        )
      }
    >
      {isError && <Failure error={error} onRetry={() => void refetch()} />}
      {isSuccess && lists.length === 0 && (
        <Empty icon={<IconListDetails size={36} stroke={1.4} aria-hidden />} title={t('lists.empty')} text={t('lists.emptyText')}>
          {add}
        </Empty>
      )}
      {lists.length > 0 && <Lists lists={shown} />}
      <NewOptionList
        isOpen={isOpen}
        onClose={close}
        onMade={(list) => void navigate({ to: '/settings/option-lists/$list', params: { list } })}
      />
    </Page>
  );
}

function Lists({ lists }: { readonly lists: readonly SharedList[] }) {
  const { t, say } = useTexts();
  return (
    <div className="card">
      <DataTable label={t('settings.optionLists')} minWidth={700}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('lists.list')}</Table.Th>
            <Table.Th>{t('options.title')}</Table.Th>
            <Table.Th>{t('lists.name')}</Table.Th>
            <Table.Th ta="end">{t('lists.fields')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lists.map((list) => (
            <Table.Tr key={list.name}>
              <Table.Td>
                <Anchor
                  fz="sm"
                  fw={600}
                  renderRoot={(props) => <Link {...props} to="/settings/option-lists/$list" params={{ list: list.name }} />}
                >
                  {say(list.label)}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Offered list={list} />
              </Table.Td>
              <Table.Td className="dim">{list.name}</Table.Td>
              <Table.Td className="line-number">{list.usedBy.length}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </div>
  );
}

function Offered({ list }: { readonly list: SharedList }) {
  const { t } = useTexts();
  const living = list.options.filter((option) => option.retired !== true);
  const more = living.length - SHOWN_OPTIONS;
  return (
    <Group gap={4}>
      {living.slice(0, SHOWN_OPTIONS).map((option) => (
        <OptionBadge key={option.key} options={living} value={option.key} />
      ))}
      {more > 0 && (
        <Text size="xs" className="dim">
          {t('lists.more', { count: more })}
        </Text>
      )}
    </Group>
  );
}
