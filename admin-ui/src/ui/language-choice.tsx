import { Anchor, Group, type GroupProps } from '@mantine/core';
import { LANGUAGES, useTexts, type Language } from '../i18n/index.ts';

const ALL: readonly Language[] = ['en', 'de'];

/** The languages side by side, for pages without a profile to choose one in. */
export function LanguageChoice({ onChoose, ...place }: { readonly onChoose: (language: Language) => Promise<void> } & GroupProps) {
  const { t, language } = useTexts();
  return (
    <Group component="nav" gap="md" aria-label={t('frame.language')} {...place}>
      {ALL.map((one) => (
        <Anchor
          key={one}
          component="button"
          type="button"
          size="sm"
          lang={one}
          {...(one === language ? { fw: 700, 'aria-current': true } : {})}
          onClick={() => void onChoose(one)}
        >
          {LANGUAGES[one]}
        </Anchor>
      ))}
    </Group>
  );
}
