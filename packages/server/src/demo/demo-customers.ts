/** Customers of the demo shop: firms, people and their cases. All invented; addresses are in domains reserved for examples. */
import { stableGuid } from '../model/stable-guid.ts';
import type { Row, RowBatch } from '../organization/insert-rows.ts';
import { defaultTeamId } from '../organization/organization-ids.ts';
import { demoPerson } from './demo-ids.ts';

export type DemoCustomer = {
  readonly table: 'account' | 'contact';
  readonly id: string;
  readonly name: string;
  /** Language of the customer's messages, as a locale. */
  readonly locale: string;
};

export type DemoCase = { readonly id: string; readonly title: string; readonly contact: DemoCustomer };

/** name, city, country, telephone, employees, industry */
const accountFacts: readonly (readonly [string, string, string, string, number, number])[] = [
  ['Alderbrook Courier Collective', 'Portland', 'United States', '+1 503 555 0110', 48, 30],
  ['Bergwind Verleih GmbH', 'Innsbruck', 'Austria', '+43 512 555 0121', 22, 15],
  ['Casa Pedal Lda', 'Porto', 'Portugal', '+351 22 555 0132', 9, 22],
  ['Delta Vélo Tours', 'Lyon', 'France', '+33 4 55 55 01 43', 31, 15],
  ['Eastmere Borough Council', 'Eastmere', 'United Kingdom', '+44 20 7946 0154', 1200, 27],
  ['Fjordhjul AS', 'Bergen', 'Norway', '+47 55 55 01 65', 17, 22],
  ['Granada Rueda Libre SL', 'Granada', 'Spain', '+34 958 555 176', 14, 15],
  ['Harbour Lane Grocers', 'Galway', 'Ireland', '+353 91 555 187', 65, 13],
  ['Isarkurier Logistik', 'München', 'Germany', '+49 89 5550198', 110, 30],
  ['Juniper Hill School', 'Wellington', 'New Zealand', '+64 4 555 0209', 85, 27],
  ['Kaede Cycle Works', '京都', 'Japan', '+81 75 555 0210', 12, 32],
  ['Lumen Coffee Roasters', 'Toronto', 'Canada', '+1 416 555 0221', 40, 13],
  ['Miravale Resorts', 'Palma', 'Spain', '+34 971 555 232', 320, 15],
  ['Northquay Property', 'Rotterdam', 'Netherlands', '+31 10 555 0243', 75, 29],
  ['Oasis Wheels Trading', 'دبي', 'United Arab Emirates', '+971 4 555 0254', 26, 33],
];

/** first name, last name, city, country, locale */
const contactFacts: readonly (readonly [string, string, string, string, string])[] = [
  ['Amelia', 'Thornbury', 'Bristol', 'United Kingdom', 'en-US'],
  ['Björn', 'Åkerfeldt', 'Göteborg', 'Sweden', 'en-US'],
  ['Chidinma', 'Okparaji', 'Lagos', 'Nigeria', 'en-US'],
  ['Dariusz', 'Wierzbowski', 'Kraków', 'Poland', 'en-US'],
  ['Elif', 'Karadenizli', 'İzmir', 'Türkiye', 'en-US'],
  ['Fabienne', 'Rochebrune', 'Lyon', 'France', 'fr-FR'],
  ['Gonzalo', 'Ibarrondo', 'Bilbao', 'Spain', 'es-ES'],
  ['Hannelore', 'Steinwender', 'Graz', 'Austria', 'de-DE'],
  ['Ibrahim', 'Al-Harazi', 'دبي', 'United Arab Emirates', 'ar-SA'],
  ['Jitka', 'Novotníková', 'Brno', 'Czechia', 'en-US'],
  ['Kenji', 'Murasaki', '京都', 'Japan', 'ja-JP'],
  ['Leilani', 'Kahananui', 'Honolulu', 'United States', 'en-US'],
  ['Mateo', 'Quiroganes', 'Córdoba', 'Argentina', 'es-ES'],
  ['Nadia', 'Benkhaled', 'Tunis', 'Tunisia', 'fr-FR'],
  ['Oisín', 'Mac Dhonnacha', 'Galway', 'Ireland', 'en-US'],
  ['Paulina', 'Zuñigares', 'Puebla', 'Mexico', 'es-ES'],
  ['Quentin', 'Delarbre', 'Nantes', 'France', 'fr-FR'],
  ['Rosalind', 'Peverell', 'Leeds', 'United Kingdom', 'en-US'],
  ['Søren', 'Holmgreen', 'Aarhus', 'Denmark', 'en-US'],
  ['Tamara', 'Jovičić', 'Novi Sad', 'Serbia', 'en-US'],
  ['Uchenna', 'Ezeobi', 'Enugu', 'Nigeria', 'en-US'],
  ['Valentina', 'Morabene', 'Bologna', 'Italy', 'en-US'],
  ['Wilhelm', 'Kranzinger', 'Nürnberg', 'Germany', 'de-DE'],
  ['Ximena', 'Larrañeta', 'Valparaíso', 'Chile', 'es-ES'],
  ['Yasmin', 'El-Tarabi', 'القاهرة', 'Egypt', 'ar-SA'],
  ['Zoltán', 'Barkóczy', 'Szeged', 'Hungary', 'en-US'],
  ['Aiko', 'Tsukihara', '大阪', 'Japan', 'ja-JP'],
  ['Benedikt', 'Obermoser', 'Salzburg', 'Austria', 'de-DE'],
  ['Camille', 'Fontvieille', 'Marseille', 'France', 'fr-FR'],
  ['Declan', "O'Tierney", 'Cork', 'Ireland', 'en-US'],
  ['Esperanza', 'Villaclara', 'Sevilla', 'Spain', 'es-ES'],
  ['Finlay', 'Drummoch', 'Inverness', 'United Kingdom', 'en-US'],
  ['Greta', 'Hollerbusch', 'Leipzig', 'Germany', 'de-DE'],
  ['Hiroshi', 'Aozora', '東京', 'Japan', 'ja-JP'],
  ['Ilse', 'van Rietveldt', 'Utrecht', 'Netherlands', 'en-US'],
  ['Jerome', 'Bellefleur', 'Montréal', 'Canada', 'fr-FR'],
  ['Khadija', 'Marrakchia', 'Fès', 'Morocco', 'ar-SA'],
  ['Lorcan', 'Featherstone', 'Belfast', 'United Kingdom', 'en-US'],
  ['Mireille', 'Vandecasteel', 'Gent', 'Belgium', 'fr-FR'],
  ['Nikolaos', 'Papathalassis', 'Πάτρα', 'Greece', 'en-US'],
  ['Oluwaseun', 'Adebanwo', 'Ibadan', 'Nigeria', 'en-US'],
  ['Petra', 'Schönhuber', 'Zürich', 'Switzerland', 'de-DE'],
  ['Rafael', 'Montesclaros', 'Cebu', 'Philippines', 'en-US'],
  ['Saoirse', 'Kilbrannan', 'Dublin', 'Ireland', 'en-US'],
  ['Thijs', 'Oosterwold', 'Rotterdam', 'Netherlands', 'en-US'],
  ['Ulrike', 'Fuchsberg', 'Hamburg', 'Germany', 'de-DE'],
  ['Vikram', 'Ranathore', 'जयपुर', 'India', 'en-US'],
  ['Willow', 'Castellane', 'Toronto', 'Canada', 'en-US'],
  ['Ngọc', 'Trần Hải', 'Đà Nẵng', 'Vietnam', 'en-US'],
  ['Yolanda', 'Cienfuentes', 'Granada', 'Spain', 'es-ES'],
  ['Zainab', 'Al-Murjan', 'مسقط', 'Oman', 'ar-SA'],
  ['Anders', 'Lofthaug', 'Bergen', 'Norway', 'en-US'],
  ['Beatriz', 'Campolargo', 'Porto', 'Portugal', 'en-US'],
  ['Caspian', 'Underhay', 'Wellington', 'New Zealand', 'en-US'],
  ['Dominika', 'Wrzosek-Lis', 'Gdańsk', 'Poland', 'en-US'],
  ['Emre', 'Yıldıztepe', 'Ankara', 'Türkiye', 'en-US'],
  ['Florence', 'Abercwm', 'Cardiff', 'United Kingdom', 'en-US'],
  ['Gareth', 'Nantgarw', 'Swansea', 'United Kingdom', 'en-US'],
  ['Haruka', 'Shiratori', '札幌', 'Japan', 'ja-JP'],
  ['Isolde', 'Rabenhorst', 'Weimar', 'Germany', 'de-DE'],
];

const accounts: readonly DemoCustomer[] = accountFacts.map(([name]) => ({
  table: 'account',
  id: stableGuid(`demo:account:${name}`),
  name,
  locale: 'en-US',
}));

const contacts: readonly DemoCustomer[] = contactFacts.map(([first, last, , , locale]) => ({
  table: 'contact',
  id: stableGuid(`demo:contact:${first} ${last}`),
  name: `${first} ${last}`,
  locale,
}));

/** title, contact (index), what kind of case, priority, state, status */
const caseFacts: readonly (readonly [string, number, number, number, number, number])[] = [
  ['Frame cracked at the seat tube after four months', 0, 2, 1, 0, 4],
  ['Parcel shows delivered but never arrived', 6, 2, 1, 0, 1],
  ['Wrong frame size in order LC-20417', 12, 2, 2, 0, 1],
  ['Battery of the cargo bicycle loses charge overnight', 22, 2, 1, 0, 3],
  ['Refund for the cancelled child trailer', 5, 3, 2, 1, 5],
  ['Invoice without VAT number', 8, 3, 3, 1, 5],
  ['Noise from the bottom bracket', 14, 2, 2, 0, 2],
  ['Question about theft insurance', 17, 1, 3, 1, 1000],
  ['Gift card code refused at checkout', 29, 2, 2, 0, 1],
  ['Helmet ordered twice by mistake', 31, 3, 3, 2, 6],
  ['Warranty on a second-hand frame', 43, 1, 3, 0, 4],
  ['Damaged box on arrival, fork scratched', 50, 2, 1, 0, 1],
];

const cases: readonly DemoCase[] = caseFacts.map(([title, contact]) => ({
  id: stableGuid(`demo:case:${title}`),
  title,
  contact: at(contacts, contact),
}));

export const demoCustomers: {
  readonly accounts: readonly DemoCustomer[];
  readonly contacts: readonly DemoCustomer[];
  readonly cases: readonly DemoCase[];
} = { accounts, contacts, cases };

/** Rows of accounts, contacts and cases. @param baseDate the day that all of it lies before */
export function customerBatches(baseDate: Date): RowBatch[] {
  return [
    { table: 'account', rows: accountFacts.map((_, index) => accountRow(index, baseDate)) },
    { table: 'contact', rows: contactFacts.map((_, index) => contactRow(index, baseDate)) },
    { table: 'incident', rows: caseFacts.map((_, index) => caseRow(index, baseDate)) },
  ];
}

function accountRow(index: number, baseDate: Date): Row {
  const [name, city, country, telephone, employees, industry] = at(accountFacts, index);
  const account = at(accounts, index);
  return {
    accountid: account.id,
    name,
    accountnumber: `A-${1001 + index}`,
    address1_city: city,
    address1_country: country,
    address1_composite: `${city}\n${country}`,
    telephone1: telephone,
    emailaddress1: `office@${plain(name)}.example.com`,
    websiteurl: `https://${plain(name)}.example.com`,
    numberofemployees: employees,
    industrycode: industry,
    customertypecode: index % 4 === 3 ? 9 : 3,
    accountcategorycode: employees > 100 ? 1 : 2,
    preferredcontactmethodcode: 1,
    ...ownedBy(index),
    ...createdOn(baseDate, 400 - index * 11),
  };
}

function contactRow(index: number, baseDate: Date): Row {
  const [first, last, city, country] = at(contactFacts, index);
  // Every fourth contact works for one of the firms.
  const employer = index % 4 === 0 ? at(accounts, index / 4) : undefined;
  return {
    contactid: at(contacts, index).id,
    firstname: first,
    lastname: last,
    emailaddress1: `${plain(first)}.${plain(last)}@example.${index % 3 === 0 ? 'org' : 'com'}`,
    mobilephone: `+1 555 01${String(index).padStart(2, '0')}`,
    address1_city: city,
    address1_country: country,
    address1_composite: `${city}\n${country}`,
    parentcustomerid: employer?.id ?? null,
    parentcustomerid_table: employer === undefined ? null : 'account',
    accountid: employer?.id ?? null,
    jobtitle: employer === undefined ? null : index % 8 === 0 ? 'Fleet manager' : 'Office manager',
    preferredcontactmethodcode: 1,
    ...ownedBy(index),
    ...createdOn(baseDate, 390 - index * 5),
  };
}

function caseRow(index: number, baseDate: Date): Row {
  const [title, , kind, priority, state, status] = at(caseFacts, index);
  const { id, contact } = at(cases, index);
  return {
    incidentid: id,
    title,
    ticketnumber: `CAS-${String(1 + index).padStart(5, '0')}-L4R${index}K`,
    customerid: contact.id,
    customerid_table: 'contact',
    primarycontactid: contact.id,
    contactid: contact.id,
    casetypecode: kind,
    caseorigincode: index % 3 === 0 ? 1 : 3,
    prioritycode: priority,
    statecode: state,
    statuscode: status,
    ...ownedBy(index),
    ...createdOn(baseDate, 2 + index * 6),
  };
}

/** Two of three belong to the team, the others to one agent each. */
function ownedBy(index: number): Row {
  const owners = [demoPerson.agent1, demoPerson.agent2, demoPerson.agent3, demoPerson.agent4];
  const owner = index % 3 === 2 ? owners[Math.floor(index / 3) % owners.length] : undefined;
  return owner === undefined
    ? { ownerid: defaultTeamId, ownerid_table: 'team' }
    : { ownerid: owner.systemUserId, ownerid_table: 'systemuser' };
}

function createdOn(baseDate: Date, daysBefore: number): Row {
  const time = new Date(baseDate.getTime() - daysBefore * 86_400_000 + 9 * 3_600_000).toISOString();
  return { createdon: time, modifiedon: time };
}

/** A name as part of an address: without accents, blanks and marks. */
function plain(name: string): string {
  const letters = name.normalize('NFD').toLowerCase().replaceAll('ı', 'i').replaceAll('ø', 'o').replaceAll('đ', 'd');
  return letters.replace(/[^a-z]/g, '');
}

function at<T>(entries: readonly T[], index: number): T {
  const entry = entries[index];
  if (entry === undefined) throw new Error(`No entry ${index}`);
  return entry;
}
