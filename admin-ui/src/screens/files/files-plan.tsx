import { Anchor, Checkbox, List, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import type { FilesPlan } from './files-api.ts';
import { PlannedSetting, short } from './planned-setting.tsx';

type Props = { readonly plan: FilesPlan; readonly going: readonly string[]; readonly onGoing: (going: readonly string[]) => void };

const SIGNS = { add: '+', change: '~', remove: '−' } as const;
const OPS: { readonly [op in keyof typeof SIGNS]: TextKey } = { add: 'files.add', change: 'files.change', remove: 'files.remove' };

/** What a file would add, change and remove; what stays until it is ticked to go; the rows and what else has to do with it. */
export function FilesPlanView({ plan, going, onGoing }: Props) {
  const { t } = useTexts();
  const asked = [...new Set([...plan.kept.map(({ address }) => address), ...going])];
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {plan.lines.length === 0 ? t('files.same') : t('files.against', { count: plan.lines.length, version: plan.version })}
      </Text>
      {plan.lines.length > 0 && (
        <DataTable label={t('files.plan')} minWidth={560} isDense>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('files.what')}</Table.Th>
              <Table.Th>{t('files.where')}</Table.Th>
              <Table.Th>{t('files.difference')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.lines.map((line) => (
              <Table.Tr key={`${line.op} ${line.kind} ${line.address}`} className={`files-${line.op}`}>
                <Table.Td>
                  <b aria-hidden>{SIGNS[line.op]}</b> {t(OPS[line.op])}
                </Table.Td>
                <Table.Td>
                  <code>{line.address}</code>
                </Table.Td>
                <Table.Td>
                  {line.settings.map(({ name, before, after }) => (
                    <div key={name}>
                      {name}: <PlannedSetting address={line.address} name={name} value={before} as="del" /> →{' '}
                      <PlannedSetting address={line.address} name={name} value={after} as="ins" />
                    </div>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
      {asked.length > 0 && (
        <Checkbox.Group label={t('files.kept')} description={t('files.keptHelp')} value={[...going]} onChange={(chosen) => onGoing(chosen)}>
          <Stack gap={6} mt="xs">
            {asked.map((address) => (
              <Checkbox key={address} value={address} label={address} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <Impact plan={plan} />
    </Stack>
  );
}

function Impact({ plan }: { readonly plan: FilesPlan }) {
  const { t } = useTexts();
  const unfit = plan.rows.filter(({ doNotFit }) => doNotFit > 0);
  return (
    <>
      {unfit.map(({ address, affected, doNotFit, mustFit, samples }) => (
        <div key={address}>
          <Text size="sm" fw={600} {...(mustFit ? { className: 'in-the-way' } : {})}>
            {t(mustFit ? 'files.doNotFit' : 'files.stayAsTheyAre', { address, count: doNotFit, affected })}
          </Text>
          <List size="sm">
            {samples.map((sample) => (
              <List.Item key={sample.id}>
                <Anchor
                  inherit
                  renderRoot={(props) => (
                    <Link {...props} to="/o/$object/$id" params={{ object: address.split('.')[0] ?? '', id: sample.id }} />
                  )}
                >
                  {sample.title ?? sample.id}
                </Anchor>
                : {short(sample.value)}
              </List.Item>
            ))}
          </List>
        </div>
      ))}
      {plan.dependants.length > 0 && (
        <List size="sm">
          {plan.dependants.map(({ object, where }) => (
            <List.Item key={`${object} ${where}`}>
              {object}: {where}
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
