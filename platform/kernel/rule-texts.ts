/** What is said of a value that broke a rule, by the rule, in the words of a form: English and German side by side. `…Limit` is said where the rule has one. */
export const RULE_TEXTS = {
  'rule.accept': ['Files of this type are not taken.', 'Dateien dieser Art werden nicht angenommen.'],
  'rule.additionalProperties': ['It has a part that is not taken here.', 'Enthält einen Teil, der hier nicht vorgesehen ist.'],
  'rule.address': [
    'An address of street, postal code, city, region and country.',
    'Bitte eine Anschrift aus Straße, PLZ, Ort, Region und Land angeben.',
  ],
  'rule.autoNumber': ['This number is given by the platform.', 'Diese Nummer vergibt die Plattform.'],
  'rule.bic': ['A BIC has 8 or 11 characters, such as COBADEFFXXX.', 'Ein BIC hat 8 oder 11 Zeichen, etwa COBADEFFXXX.'],
  'rule.bigint': ['Write a whole number.', 'Bitte eine ganze Zahl angeben.'],
  'rule.boolean': ['Yes or no.', 'Bitte Ja oder Nein angeben.'],
  'rule.characters': ['It has characters that cannot be kept.', 'Enthält Zeichen, die nicht gespeichert werden können.'],
  'rule.children': ['Rows are expected here.', 'Hier werden Zeilen erwartet.'],
  'rule.color': ['A colour such as #1c7ed6.', 'Bitte eine Farbe angeben, etwa #1c7ed6.'],
  'rule.condition': [
    'A condition is expected: a field, a comparison and a value that fits the field.',
    'Hier gehört eine Bedingung hin: ein Feld, ein Vergleich und ein Wert, der zum Feld passt.',
  ],
  'rule.country': ['A country code of two letters, such as DE.', 'Bitte einen Ländercode aus zwei Buchstaben angeben, etwa DE.'],
  'rule.currency': ['A currency in use, by its code, such as EUR.', 'Bitte eine Währung wählen, etwa EUR.'],
  'rule.date': ['This is no date. Write it as 31/01/2026.', 'Das ist kein Datum. Schreiben Sie es als 31.01.2026.'],
  'rule.dateTime': ['This is no date and time.', 'Das ist kein Zeitpunkt.'],
  'rule.decimal': ['Write a number such as 1,234.56.', 'Bitte eine Zahl angeben, etwa 1.234,56.'],
  'rule.depth': ['Nested too deeply.', 'Zu tief verschachtelt.'],
  'rule.digits': ['At most 18 digits before the decimal mark and 18 behind it.', 'Höchstens 18 Stellen vor und 18 nach dem Komma.'],
  'rule.documentNumber': ['This number is given by the platform.', 'Diese Nummer vergibt die Plattform.'],
  'rule.duration': ['A duration such as 1 h 30 min.', 'Bitte eine Dauer angeben, etwa 1 Std 30 Min.'],
  'rule.email': ['This is no e-mail address.', 'Das ist keine E-Mail-Adresse.'],
  'rule.enum': ['This cannot be chosen.', 'Das steht nicht zur Auswahl.'],
  'rule.externalId': ['The key of another system, in one line.', 'Bitte den Schlüssel eines anderen Systems in einer Zeile angeben.'],
  'rule.file': ['The file is not there any more. Upload it again.', 'Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch.'],
  'rule.geoPoint': [
    'Latitude from −90 to 90 and longitude from −180 to 180.',
    'Bitte Breite von −90 bis 90 und Länge von −180 bis 180 angeben.',
  ],
  'rule.iban': [
    'No valid IBAN, such as DE89 3704 0044 0532 0130 00. Compare it with what the account holder gave you.',
    'Keine gültige IBAN, etwa DE89 3704 0044 0532 0130 00. Vergleichen Sie sie mit der Angabe des Kontoinhabers.',
  ],
  'rule.image': ['Upload a picture.', 'Bitte ein Bild hochladen.'],
  'rule.integer': ['Write a whole number.', 'Bitte eine ganze Zahl angeben.'],
  'rule.json': ['This is no JSON.', 'Das ist kein JSON.'],
  'rule.key': ['A value that names one record.', 'Ein Wert, der genau einen Datensatz nennt.'],
  'rule.longText': ['Text is expected here.', 'Hier wird Text erwartet.'],
  'rule.lookup': ['Choose a record.', 'Bitte einen Datensatz wählen.'],
  'rule.manyToMany': ['Choose records.', 'Bitte Datensätze wählen.'],
  'rule.markdown': ['Text is expected here.', 'Hier wird Text erwartet.'],
  'rule.maximum': ['The number is too large.', 'Die Zahl ist zu groß.'],
  'rule.maximumLimit': ['At most {{limit}}.', 'Höchstens {{limit}}.'],
  'rule.maxItemsLimit': ['At most {{limit}} entries.', 'Höchstens {{limit}} Einträge.'],
  'rule.maxLength': ['The text is too long.', 'Der Text ist zu lang.'],
  'rule.maxLengthLimit': ['At most {{limit}} characters.', 'Höchstens {{limit}} Zeichen.'],
  'rule.minimum': ['The number is too small.', 'Die Zahl ist zu klein.'],
  'rule.minimumLimit': ['At least {{limit}}.', 'Mindestens {{limit}}.'],
  'rule.minItemsLimit': ['At least {{limit}}.', 'Mindestens {{limit}}.'],
  'rule.minLengthLimit': ['At least {{limit}} characters.', 'Mindestens {{limit}} Zeichen.'],
  'rule.money': ['Write an amount such as 1,234.56.', 'Bitte einen Betrag angeben, etwa 1.234,56.'],
  'rule.multiSelect': ['Choose from the options.', 'Bitte aus den Optionen wählen.'],
  'rule.name': ['A given or a family name is needed.', 'Vor- oder Nachname wird gebraucht.'],
  'rule.number': ['Write a number such as 1,234.56.', 'Bitte eine Zahl angeben, etwa 1.234,56.'],
  'rule.option': ['This is not offered here.', 'Das steht hier nicht zur Auswahl.'],
  'rule.other': ['This value does not fit.', 'Dieser Wert passt nicht.'],
  'rule.password': ['This password is not right.', 'Dieses Passwort stimmt nicht.'],
  'rule.pattern': ['Not written as expected.', 'Nicht in der erwarteten Schreibweise.'],
  'rule.percent': ['Write a percentage such as 19 or 7.5.', 'Bitte einen Prozentsatz angeben, etwa 19 oder 7,5.'],
  'rule.personName': ['A name of given and family name.', 'Bitte Vor- und Nachnamen angeben.'],
  'rule.phone': [
    'A phone number with country code, such as +49 30 123456.',
    'Bitte eine Telefonnummer mit Landesvorwahl angeben, etwa +49 30 123456.',
  ],
  'rule.polymorphic': ['Choose a record.', 'Bitte einen Datensatz wählen.'],
  'rule.precision': ['The number has too many digits.', 'Die Zahl hat zu viele Stellen.'],
  'rule.rating': ['Choose a number of stars.', 'Bitte eine Anzahl Sterne wählen.'],
  'rule.readOnly': ['This cannot be changed here.', 'Das kann hier nicht geändert werden.'],
  'rule.reference': ['It leads to nothing that you may see.', 'Das Gewählte gibt es nicht, oder Sie dürfen es nicht sehen.'],
  'rule.relatedValue': ['This is read from another record.', 'Das wird von einem anderen Datensatz gelesen.'],
  'rule.required': ['Please fill this in.', 'Bitte ausfüllen.'],
  'rule.richText': ['Text is expected here.', 'Hier wird Text erwartet.'],
  'rule.select': ['Choose one of the options.', 'Bitte eine der Optionen wählen.'],
  'rule.size': ['Too large.', 'Zu groß.'],
  'rule.snapshot': ['This is kept by the platform.', 'Das hält die Plattform fest.'],
  'rule.status': ['Choose one of the options.', 'Bitte eine der Optionen wählen.'],
  'rule.tags': ['Words of at most 60 characters, at most 100.', 'Bitte Wörter von höchstens 60 Zeichen angeben, höchstens 100.'],
  'rule.target': ['It may not refer to a record of this kind.', 'Auf einen Datensatz dieser Art darf nicht verwiesen werden.'],
  'rule.text': ['Text is expected here.', 'Hier wird Text erwartet.'],
  'rule.time': ['A time such as 13:45.', 'Bitte eine Uhrzeit angeben, etwa 13:45.'],
  'rule.unique': ['Another record has this already.', 'Das hat schon ein anderer Datensatz.'],
  'rule.uniqueItems': ['The same entry stands here twice.', 'Derselbe Eintrag steht zweimal hier.'],
  'rule.url': [
    'A web address that begins with http:// or https://.',
    'Bitte eine Webadresse angeben, die mit http:// oder https:// beginnt.',
  ],
  'rule.user': ['Choose a person.', 'Bitte eine Person wählen.'],
  'rule.uuid': [
    'An identifier such as 0b9c3a5e-8d0f-4c55-9d6c-0f7a3d1c2b4a.',
    'Bitte eine Kennung angeben, etwa 0b9c3a5e-8d0f-4c55-9d6c-0f7a3d1c2b4a.',
  ],
  'rule.vatCountry': [
    'It begins with the two letters of its country, such as DE136695976.',
    'Sie beginnt mit den zwei Buchstaben ihres Landes, etwa DE136695976.',
  ],
  'rule.vatNumber': [
    'No valid VAT number. Compare it with the company’s letterhead.',
    'Keine gültige USt-IdNr. Vergleichen Sie sie mit dem Briefkopf der Firma.',
  ],
  'rule.vatNumberLimit': [
    'No valid VAT number of its country, such as {{limit}}. Compare it with the company’s letterhead.',
    'Keine gültige USt-IdNr. ihres Landes, etwa {{limit}}. Vergleichen Sie sie mit dem Briefkopf der Firma.',
  ],
  'rule.visibleWhen': ['This is not asked for here.', 'Danach wird hier nicht gefragt.'],
} as const;

const known: ReadonlyMap<string, readonly [string, string]> = new Map(Object.entries(RULE_TEXTS));

/** Whether there are words for a rule that has a limit. */
export function hasWords(rule: string): boolean {
  return known.has(`rule.${rule}Limit`);
}

/** What is said of a value that broke a rule, in German: the words of messages are English. */
export function germanRule(rule: string, limit: string | number | undefined): string {
  const [, german] = known.get(`rule.${rule}${limit === undefined ? '' : 'Limit'}`) ?? RULE_TEXTS['rule.other'];
  return german.replaceAll('{{limit}}', String(limit ?? ''));
}
