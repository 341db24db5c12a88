/** A product: what it is called, the group it is in, price and cost in euros, and how heavy it is. */
export type Ware = readonly [sku: string, name: string, group: string, price: string, cost: string, kilograms: string];

/** Groups of products; services are not kept in stock. */
export const GROUPS = ['Desks', 'Chairs', 'Storage', 'Lighting', 'Services'] as const;

/** What Nordlicht sells: furniture for offices. */
export const WARES: readonly Ware[] = [
  ['DS-120', 'Desk Fjord 120 cm', 'Desks', '389.00', '214.00', '31'],
  ['DS-160', 'Desk Fjord 160 cm', 'Desks', '449.00', '248.00', '38'],
  ['DS-LIFT', 'Standing desk Horizon, electric', 'Desks', '749.00', '418.50', '46'],
  ['DS-TEAM', 'Bench desk Delta for four', 'Desks', '1690.00', '980.00', '112'],
  ['CH-TASK', 'Task chair Mira', 'Chairs', '329.00', '171.00', '14'],
  ['CH-PLUS', 'Task chair Mira Plus with headrest', 'Chairs', '479.00', '255.00', '17'],
  ['CH-CONF', 'Conference chair Lund', 'Chairs', '198.00', '96.50', '8'],
  ['CH-STOOL', 'Standing aid Wippe', 'Chairs', '159.00', '74.20', '6'],
  ['ST-LOCK', 'Locker wall, six doors', 'Storage', '615.00', '338.00', '72'],
  ['ST-PED', 'Mobile pedestal Klein', 'Storage', '189.00', '92.00', '19'],
  ['ST-SHELF', 'Shelf Regal 200', 'Storage', '259.00', '128.40', '34'],
  ['LI-DESK', 'Desk lamp Polar', 'Lighting', '119.00', '51.30', '2'],
  ['LI-FLOOR', 'Floor lamp Polar High', 'Lighting', '279.00', '139.00', '9'],
  ['SV-MOUNT', 'Delivery and assembly', 'Services', '85.00', '48.00', '0'],
  ['SV-PLAN', 'Floor planning', 'Services', '120.00', '65.00', '0'],
];

/** Who buys. `weight`: how often, against the others. */
export type Buyer = {
  readonly name: string;
  readonly city: string;
  readonly postalCode: string;
  readonly street: string;
  readonly country: string;
  readonly vatNumber?: string;
  readonly currency: string;
  readonly language: 'en' | 'de';
  readonly kind: 'company' | 'person';
  readonly contact: string;
  readonly group: string;
  readonly iban?: string;
};

type Row = readonly [
  name: string,
  street: string,
  postalCode: string,
  city: string,
  country: string,
  contact: string,
  vatNumber: string | null,
  iban: string | null,
];

const COMPANIES: readonly Row[] = [
  [
    'Hansen & Petersen Steuerberatung',
    'Jungfernstieg 40',
    '20354',
    'Hamburg',
    'DE',
    'Maren Hansen',
    'DE136695976',
    'DE89370400440532013000',
  ],
  ['Brandt Architekten PartG', 'Kaistraße 12', '40221', 'Düsseldorf', 'DE', 'Jonas Brandt', null, 'DE75512108001245126199'],
  ['Stadtwerke Lüneburg GmbH', 'Am Sande 3', '21335', 'Lüneburg', 'DE', 'Sabine Krüger', null, null],
  ['Kontor Nord Immobilien AG', 'Große Elbstraße 68', '22767', 'Hamburg', 'DE', 'Tobias Reimers', null, null],
  ['Praxis Dr. Albers', 'Lindenallee 7', '23552', 'Lübeck', 'DE', 'Dr. Heike Albers', null, null],
  ['Weserlogistik GmbH', 'Senator-Apelt-Straße 51', '28197', 'Bremen', 'DE', 'Carsten Behrens', null, null],
  ['Software Schmiede Kiel GmbH', 'Fraunhoferstraße 13', '24118', 'Kiel', 'DE', 'Lena Voss', null, null],
  ['Agentur Kopfkino', 'Schanzenstraße 70', '20357', 'Hamburg', 'DE', 'Nils Okafor', null, null],
  ['Havelland Versicherungen', 'Brandenburger Straße 9', '14467', 'Potsdam', 'DE', 'Petra Lehmann', null, null],
  ['Bäckerei Thode', 'Markt 2', '25524', 'Itzehoe', 'DE', 'Uwe Thode', null, null],
  ['Notariat Freese & Kollegen', 'Domshof 22', '28195', 'Bremen', 'DE', 'Dr. Anke Freese', null, null],
  ['Wiener Planungsbüro GmbH', 'Mariahilfer Straße 88', '1070', 'Wien', 'AT', 'Katharina Moser', 'ATU12345675', 'AT611904300234573201'],
  ['Jansen Interieur B.V.', 'Herengracht 201', '1016 BE', 'Amsterdam', 'NL', 'Daan Jansen', null, null],
  ['Atelier Lumière SARL', '14 rue du Lac', '69003', 'Lyon', 'FR', 'Claire Dubois', null, null],
];

const ABROAD: readonly (readonly [...Row, currency: string])[] = [
  ['Zürcher Treuhand AG', 'Bahnhofstrasse 21', '8001', 'Zürich', 'CH', 'Reto Ammann', null, null, 'CHF'],
  ['Harbor Street Partners LLC', '200 Harbor Street', '02210', 'Boston', 'US', 'Grace Miller', null, null, 'USD'],
  ['Thames Design Studio Ltd', '5 Wharf Road', 'N1 7GR', 'London', 'GB', 'Oliver Bennett', null, null, 'GBP'],
];

const PEOPLE: readonly Row[] = [
  ['Jürgen Matthiesen', 'Rosenweg 4', '25813', 'Husum', 'DE', 'Jürgen Matthiesen', null, null],
  ['Elif Yılmaz', 'Bahrenfelder Straße 180', '22765', 'Hamburg', 'DE', 'Elif Yılmaz', null, null],
];

/** The customers of the first day. */
export const BUYERS: readonly Buyer[] = [
  ...COMPANIES.map((row) => buyer(row, 'company', 'EUR')),
  ...ABROAD.map(([name, street, postalCode, city, country, contact, vatNumber, iban, currency]) =>
    buyer([name, street, postalCode, city, country, contact, vatNumber, iban], 'company', currency),
  ),
  ...PEOPLE.map((row) => buyer(row, 'person', 'EUR')),
];

function buyer([name, street, postalCode, city, country, contact, vatNumber, iban]: Row, kind: Buyer['kind'], currency: string): Buyer {
  return {
    name,
    street,
    postalCode,
    city,
    country,
    contact,
    kind,
    currency,
    language: ['DE', 'AT', 'CH'].includes(country) ? 'de' : 'en',
    group: kind === 'person' ? 'Private' : 'Business',
    ...(vatNumber === null ? {} : { vatNumber }),
    ...(iban === null ? {} : { iban }),
  };
}

/** Companies that are not customers yet: leads. */
export const PROSPECTS: readonly (readonly [company: string, person: string, city: string, interest: string])[] = [
  ['Küstenklinik Büsum', 'Frauke Thomsen', 'Büsum', 'Reception and waiting room, 24 seats'],
  ['Gymnasium Altona', 'Bernd Sievers', 'Hamburg', 'Staff room for 60'],
  ['Möwe Reisen GmbH', 'Inga Lorenzen', 'Rostock', 'New branch, eight desks'],
  ['Ostsee Solar AG', 'Malte Jessen', 'Flensburg', 'Head office moves in spring'],
  ['Nordfunk Verlag', 'Svenja Böhm', 'Kiel', 'Lighting for the newsroom'],
  ['Elbtal Pflegedienst', 'Olaf Marquardt', 'Dresden', 'Lockers for carers'],
  ['Hof Clausen', 'Wiebke Clausen', 'Husum', 'A desk for the farm office'],
  ['Rademacher Anwälte', 'Dr. Ines Rademacher', 'Hannover', 'Conference room for 16'],
  ['Pixelwerk Games', 'Kim Nguyen', 'Berlin', '40 standing desks'],
  ['Sanitär Blohm', 'Heiko Blohm', 'Stade', 'Shelves'],
  ['Hafenkita Sandtorkai', 'Merle Franke', 'Hamburg', 'Office of the head'],
  ['Tidewater Consulting', 'Robert Lang', 'Bremerhaven', 'Shared desks for 25'],
];
