/** Notifications in the app, and what a message template says of a record. English and German side by side. */
export const messagePreviewTexts = {
  'bell.none': ['Nothing has been told to you yet.', 'Ihnen wurde noch nichts mitgeteilt.'],
  'bell.readAll': ['Mark all as read', 'Alle als gelesen markieren'],
  'bell.title': ['Notifications', 'Benachrichtigungen'],
  'bell.unread': ['Notifications, unread: {{count}}', 'Benachrichtigungen, ungelesen: {{count}}'],
  'message.noRecord': [
    'There is no record yet on which it could be tried.',
    'Noch gibt es keinen Datensatz, an dem sie sich ausprobieren ließe.',
  ],
  'message.preview': ['Preview', 'Vorschau'],
  'message.triedOn': ['Tried on', 'Ausprobiert an'],
} as const;
