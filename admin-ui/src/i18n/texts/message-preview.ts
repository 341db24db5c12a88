/** What a message template says of a record. English and German side by side. */
export const messagePreviewTexts = {
  'message.noRecord': [
    'There is no record yet on which it could be tried.',
    'Noch gibt es keinen Datensatz, an dem sie sich ausprobieren ließe.',
  ],
  'message.preview': ['Preview', 'Vorschau'],
  'message.triedOn': ['Tried on', 'Ausprobiert an'],
} as const;
