const WRONG = '[aria-invalid="true"], .mantine-InputWrapper-error';
const TAKES_FOCUS = 'input:not([type="hidden"]), textarea, select, button, [contenteditable="true"], [tabindex="0"]';

/** Puts the cursor into the first value of the page that was refused, once it is drawn as such. */
export function focusFirstWrong(): void {
  const found = document.querySelector<HTMLElement>(`main :is(${WRONG})`);
  const input = found?.matches(TAKES_FOCUS) ? found : found?.closest('.mantine-InputWrapper-root')?.querySelector<HTMLElement>(TAKES_FOCUS);
  input?.focus();
}
