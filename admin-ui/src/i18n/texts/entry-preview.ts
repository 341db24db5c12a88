/** The entry that a document would be posted as. English and German side by side. */
export const entryPreviewTexts = {
  'preview.show': ['Entry', 'Buchung'],
  'preview.title': ['Entry as it would be posted', 'Buchung, wie sie entstünde'],
  'preview.unsaved': ['What you have not saved yet is not in it.', 'Was Sie noch nicht gespeichert haben, ist nicht dabei.'],
  'preview.document': ['Tried on', 'Ausprobiert an'],
  'preview.noDocument': [
    'No document was told of for this event yet. Once there is one, the rule can be tried on it.',
    'Zu diesem Ereignis gibt es noch keinen Beleg. Sobald es einen gibt, lässt sich die Regel an ihm ausprobieren.',
  ],
  'preview.before': ['In force, “{{rule}}” comes before this rule.', 'In Kraft kommt „{{rule}}“ vor dieser Regel.'],
  'preview.waits': ['It would wait to be posted', 'Der Beleg würde auf seine Buchung warten'],
  'preview.nothing': ['There would be nothing to post.', 'Es gäbe nichts zu buchen.'],
  'preview.by': ['by “{{rule}}”', 'nach „{{rule}}“'],
  'preview.account': ['Account', 'Konto'],
  'preview.debit': ['Debit', 'Soll'],
  'preview.credit': ['Credit', 'Haben'],
  'preview.total': ['Total', 'Summe'],
} as const;
