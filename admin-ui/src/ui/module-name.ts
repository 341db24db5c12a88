import { isTextKey, useTexts } from '../i18n/index.ts';

/** What a module is called, in the words of the left bar where these tell it from others; one that the screens do not know by its own name. */
export function useModuleName(): (module: string) => string {
  const { t } = useTexts();
  return (module) => {
    const key = `module.${module}`;
    return isTextKey(key) ? t(key) : module;
  };
}
