import { DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { ModalsProvider } from '@mantine/modals';
import { Outlet, useLocation } from '@tanstack/react-router';
import 'dayjs/locale/de';
import { useCallback, type ReactNode } from 'react';
import { useMe, useObjects, type Field } from '../api/metadata.ts';
import { originOf } from '../fields/copied.tsx';
import { FieldUisContext } from '../fields/field-ui.ts';
import { fieldUi } from '../fields/index.ts';
import { addTexts, useTexts } from '../i18n/index.ts';
import { workingTexts } from '../i18n/working-texts.ts';
import '../styles/kit-screens.css';
import { NotThere } from './not-there.tsx';

addTexts(workingTexts);

/** What pages with records stand in: the field types, calendars in the reader's language, dialogs. */
export function Working() {
  const { t } = useTexts();
  const { administrator } = useMe();
  const { pathname } = useLocation();
  const isForOthers = pathname.startsWith('/settings/') && !administrator;
  return (
    <Surroundings>
      <ModalsProvider labels={{ confirm: t('action.confirm'), cancel: t('action.cancel') }}>
        {isForOthers ? <NotThere title={t('admins.title')} text={t('admins.text')} /> : <Outlet />}
      </ModalsProvider>
    </Surroundings>
  );
}

/** How fields are shown; what is copied stands in its column as its origin does. */
function useFieldUi(): typeof fieldUi {
  const objects = useObjects();
  return useCallback(
    (field: Pick<Field, 'type'> & Partial<Field>) => {
      const ui = fieldUi(field);
      const { id, path } = field;
      const origin = id === undefined || path === undefined ? undefined : originOf(objects, { id, path });
      return origin && fieldUi(origin).isNumber === true ? { ...ui, isNumber: true } : ui;
    },
    [objects],
  );
}

/** What inputs of fields stand in. */
export function Surroundings({ children }: { readonly children: ReactNode }) {
  const { language } = useTexts();
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <FieldUisContext value={useFieldUi()}>{children}</FieldUisContext>
    </DatesProvider>
  );
}
