import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BusinessObject } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';
import { Page } from './page.tsx';

/** What was asked for is not there, or not to be seen: nothing has gone wrong, and there is a way on. */
export function NotThere({ title, text, list }: { readonly title: string; readonly text: string; readonly list?: BusinessObject }) {
  const { t, say } = useTexts();
  return (
    <Page title={title}>
      <Text className="dim" mb="md">
        {text}
      </Text>
      {list ? (
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: list.name }} search={{}} />}>
          {t('notThere.list', { objects: say(list.pluralLabel) })}
        </Button>
      ) : (
        <Anchor renderRoot={(props) => <Link {...props} to="/" />}>{t('notThere.home')}</Anchor>
      )}
    </Page>
  );
}
