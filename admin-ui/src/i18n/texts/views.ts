/** Saved views of lists. English and German side by side. */
export const viewsTexts = {
  'cell.closed': [
    'It cannot be changed while this record is as it is.',
    'Es lässt sich nicht ändern, solange der Datensatz so ist, wie er ist.',
  ],
  'cell.closedByRule': [
    'A condition closes or hides this field in this record.',
    'Eine Bedingung sperrt oder verbirgt dieses Feld in diesem Datensatz.',
  ],
  'cell.edit': ['Change {{field}}', '{{field}} ändern'],
  'cell.keys': ['Enter saves, Tab goes on, Esc takes it back', 'Enter speichert, Tab geht weiter, Esc nimmt zurück'],
  'view.all': ['All', 'Alle'],
  'view.for': ['For whom', 'Für wen'],
  'view.forEveryone': ['For everyone', 'Für alle'],
  'view.forMe': ['For me', 'Für mich'],
  'view.forRole': ['For a role', 'Für eine Rolle'],
  'view.keep': ['Keep the changes in the view', 'Änderungen in der Ansicht behalten'],
  'view.kept': ['{{view}} is now as you see it.', '{{view}} ist jetzt, wie Sie sie sehen.'],
  'view.missing': ['There is no such view', 'Diese Ansicht gibt es nicht'],
  'view.missingText': [
    'The view “{{view}}” is gone, or it is somebody else’s. All records are shown.',
    'Die Ansicht „{{view}}“ gibt es nicht mehr, oder sie gehört jemand anderem. Gezeigt werden alle Datensätze.',
  ],
  'view.showAll': ['Go to all records', 'Zu allen Datensätzen'],
  'view.menu': ['What to do with the view {{view}}', 'Was mit der Ansicht {{view}} geschehen soll'],
  'view.name': ['Name of the view', 'Name der Ansicht'],
  'view.remove': ['Delete view', 'Ansicht löschen'],
  'view.removed': ['{{view}} is deleted.', '{{view}} ist gelöscht.'],
  'view.removeMine': ['Delete your view {{view}}? No record is touched.', 'Ihre Ansicht {{view}} löschen? Kein Datensatz wird berührt.'],
  'view.removeShared': [
    'Delete the view {{view}} for all who have it? No record is touched, and the change log can take it back.',
    'Die Ansicht {{view}} für alle löschen, die sie haben? Kein Datensatz wird berührt, und das Änderungsprotokoll kann es zurücknehmen.',
  ],
  'view.save': ['Save view', 'Ansicht speichern'],
  'view.title': ['Views', 'Ansichten'],
} as const;
