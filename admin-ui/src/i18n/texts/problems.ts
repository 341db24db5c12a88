import { RULE_TEXTS } from '#platform/kernel/rule-texts.ts';

/** What the server refuses, by its code, and by the rule that a value broke; and the roles that come with the product. English and German side by side. */
export const problemsTexts = {
  'problem.core_unreachable': [
    'A service that is needed does not answer at the moment. Try again in a moment.',
    'Ein Dienst, der gebraucht wird, antwortet gerade nicht. Versuchen Sie es gleich noch einmal.',
  ],
  'problem.database_unreachable': [
    'The database does not answer at the moment. Try again in a moment.',
    'Die Datenbank antwortet gerade nicht. Versuchen Sie es gleich noch einmal.',
  ],
  'problem.duplicate': ['That is there already.', 'Das gibt es schon.'],
  'problem.internal': ['Something went wrong in the platform.', 'In der Plattform ist etwas schiefgegangen.'],
  'problem.more': ['(and {{count}} more)', '(und {{count}} weitere)'],
  'problem.not_allowed': [
    'You may not do this. An administrator can grant it to your role.',
    'Das dürfen Sie nicht. Ein Administrator kann es Ihrer Rolle erlauben.',
  ],
  'problem.not_found': ['It is not there, or is not yours to see.', 'Das gibt es nicht, oder Sie dürfen es nicht sehen.'],
  'problem.not_signed_in': ['You are not signed in any more.', 'Sie sind nicht mehr angemeldet.'],
  'problem.or': ['or', 'oder'],
  'problem.stale_version': [
    'It was changed meanwhile. Read it again, and make your change once more.',
    'Es wurde inzwischen geändert. Laden Sie es neu und ändern Sie es noch einmal.',
  ],
  'problem.storage_full': ['The database has no room left.', 'In der Datenbank ist kein Platz mehr.'],
  'problem.too_large': ['That is too much at once.', 'Das ist zu viel auf einmal.'],
  'problem.too_many_requests': [
    'Too many attempts in a short time. Wait a moment.',
    'Zu viele Versuche in kurzer Zeit. Warten Sie einen Augenblick.',
  ],
  'problem.transition': [
    '{{command}} is not possible while this is {{now}}; it is from {{from}}.',
    '„{{command}}“ geht nicht, solange der Status „{{now}}“ ist, sondern erst ab „{{from}}“.',
  ],
  'problem.unreachable': [
    'The server cannot be reached. Your input is kept; try again in a moment.',
    'Der Server ist nicht erreichbar. Ihre Eingaben bleiben erhalten; versuchen Sie es gleich noch einmal.',
  ],
  'problem.wrong_credentials': ['E-mail, password or set-up link is wrong.', 'E-Mail, Passwort oder Einrichtungslink stimmt nicht.'],
  'role.accounting': ['Accounting', 'Buchhaltung'],
  'role.administrator': ['Administrator', 'Administrator'],
  'role.manager': ['Manager', 'Leitung'],
  'role.monitoring': ['Monitoring', 'Überwachung'],
  'role.sales': ['Sales', 'Vertrieb'],
  'role.viewer': ['Viewer', 'Nur lesen'],
  'role.warehouse': ['Warehouse', 'Lager'],
  ...RULE_TEXTS,
} as const;
