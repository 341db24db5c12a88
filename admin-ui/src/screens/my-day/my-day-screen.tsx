import { IconSun } from '@tabler/icons-react';
import { useObjects } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import '#admin-ui/src/styles/my-day.css';
import { DayPanel } from './day-panel.tsx';
import { PANELS } from './panels.ts';

/** What is mine and wants something today: tasks, appointments, deals that stand still, leads that wait. */
export function MyDayScreen() {
  const { t } = useTexts();
  const objects = useObjects();
  const shown = PANELS.flatMap((panel) => {
    const object = objects.find(({ name }) => name === panel.object);
    return object ? [{ panel, object }] : [];
  });
  if (shown.length === 0) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return (
    <Page title={t('frame.myDay')} icon={<IconSun size={24} stroke={1.7} aria-hidden />}>
      <div className="my-day">
        {shown.map(({ panel, object }) => (
          <DayPanel key={panel.object} panel={panel} object={object} />
        ))}
      </div>
    </Page>
  );
}
