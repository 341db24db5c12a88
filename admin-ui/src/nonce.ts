/** The nonce with which the page's styles are allowed; the server writes it into the page at every request. */
export const nonce: string = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
