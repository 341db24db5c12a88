import { findProgram, missing, type Provider } from './found.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that is installed, or the one that TEST_CHROMIUM names. */
export const provideChromium: Provider = (environment) => {
  const path = environment['TEST_CHROMIUM'] ?? findProgram(NAMES, environment);
  return Promise.resolve(path ? { value: path, how: path } : missing('No Chromium is installed'));
};
