/** The nonce with which the page's styles are allowed; the server writes it into the page at every request. */
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// Dialogs lock the page's scroll bar with a style of their own; the library behind them looks for the nonce in this variable.
Reflect.set(globalThis, '__webpack_nonce__', nonce);
