/**
 * How the demo's conversations find somebody: who writes German, Spanish or French gets an advisor who speaks it if there is one, and
 * workshop questions go to the workshop. Formats: docs/routing-configuration.md.
 */
import { stableGuid } from '../model/stable-guid.ts';
import type { Row, RowBatch } from '../organization/insert-rows.ts';
import { rootBusinessUnitId, systemUserId } from '../organization/organization-ids.ts';
import { type DemoWorkStream, demoQueues, demoWorkStreams } from './demo-ids.ts';

const berlinTimeZoneCode = 110;
const enrichmentStep = 192350000;
const queueStep = 192350002;

/** Language of the customer's own choice, or of the browser. */
const languages = [
  { skill: 'German', locale: 'de' },
  { skill: 'Spanish', locale: 'es' },
  { skill: 'French', locale: 'fr' },
];

const languageRules = {
  kind: 'classification',
  rules: languages.map(({ skill, locale }) => ({
    name: skill,
    when: {
      or: [
        { path: 'context.Language', operator: 'eq', value: skill },
        { path: 'conversation.locale', operator: 'startsWith', value: locale },
      ],
    },
    set: { skills: [skill] },
  })),
};

const queueRules = {
  kind: 'routeToQueue',
  rules: [
    {
      name: 'Workshop questions',
      when: {
        or: [
          { path: 'context.Topic', operator: 'in', value: ['Workshop', 'Repair', 'Warranty'] },
          { path: 'context.PageTitle', operator: 'contains', value: 'workshop' },
        ],
      },
      queue: demoQueues.workshop.name,
    },
  ],
};

const ruleSets = {
  language: ruleSetRow('Languages', 'Asks for the language of the customer as a skill.', languageRules),
  queue: ruleSetRow('Queues', 'Sends workshop questions to the workshop.', queueRules),
};

/** After work streams, queues and skills: these are named here. */
export function routingBatches(): RowBatch[] {
  const { liveChat, persistentChat, sms } = demoWorkStreams;
  const streams = [liveChat, persistentChat, sms];
  return [
    { table: 'msdyn_decisionruleset', rows: Object.values(ruleSets) },
    { table: 'msdyn_routingconfiguration', rows: streams.map(configurationRow) },
    { table: 'msdyn_routingconfigurationstep', rows: streams.flatMap(stepRows) },
    ...openingBatches(),
  ];
}

function ruleSetRow(name: string, description: string, definition: unknown): Row {
  return {
    msdyn_decisionrulesetid: stableGuid(`demo:ruleset:${name}`),
    msdyn_name: name,
    msdyn_uniquename: `larkspoke_${name.toLowerCase()}`,
    msdyn_description: description,
    msdyn_rulesettype: 192350000,
    msdyn_authoringmode: 192350000,
    msdyn_rulesetdefinition: JSON.stringify(definition, null, 2),
  };
}

function configurationId(stream: DemoWorkStream): string {
  return stableGuid(`demo:routingconfiguration:${stream.id}`);
}

function configurationRow(stream: DemoWorkStream): Row {
  return {
    msdyn_routingconfigurationid: configurationId(stream),
    msdyn_name: `Routing of ${stream.name}`,
    msdyn_uniquename: `larkspoke_${stream.id}`,
    msdyn_liveworkstreamid: stream.id,
    msdyn_isactiveconfiguration: true,
  };
}

function stepRows(stream: DemoWorkStream): Row[] {
  const steps = [
    { ruleSet: ruleSets.language, type: enrichmentStep },
    { ruleSet: ruleSets.queue, type: queueStep },
  ];
  return steps.map(({ ruleSet, type }, index) => ({
    msdyn_routingconfigurationstepid: stableGuid(`demo:routingstep:${stream.id}:${index}`),
    msdyn_name: `${stream.name}: ${ruleSet['msdyn_name']}`,
    msdyn_uniquename: `larkspoke_${stream.id}_${index}`,
    msdyn_routingconfigurationid: configurationId(stream),
    msdyn_rulesetid: ruleSet['msdyn_decisionrulesetid'] ?? null,
    msdyn_steporder: index + 1,
    msdyn_type: type,
  }));
}

/** Opening hours that no queue has: the demo answers at any time. Attach them to a queue to see a closed one. */
function openingBatches(): RowBatch[] {
  const [hoursId, calendarId, holidaysId] = [
    stableGuid('demo:operatinghour'),
    stableGuid('demo:calendar:shop'),
    stableGuid('demo:calendar:holidays'),
  ];
  const calendar = { businessunitid: rootBusinessUnitId, primaryuserid: systemUserId, isshared: true };
  return [
    {
      table: 'calendar',
      rows: [
        { ...calendar, calendarid: holidaysId, name: 'Shop holidays', type: 2, holidayschedulecalendarid: null },
        { ...calendar, calendarid: calendarId, name: 'Shop hours', type: 1, holidayschedulecalendarid: holidaysId },
      ],
    },
    {
      table: 'calendarrule',
      rows: [
        holidayRow(holidaysId, 'New Year', '2030-01-01', 1),
        holidayRow(holidaysId, 'Stocktaking', '2030-02-04', 2),
      ],
    },
    {
      table: 'msdyn_operatinghour',
      rows: [
        {
          msdyn_operatinghourid: hoursId,
          msdyn_name: 'Shop hours',
          msdyn_description: 'Round the clock, but for holidays.',
          msdyn_calendarid: calendarId,
          msdyn_enablealldays: true,
          msdyn_starttimestring: '00:00',
          msdyn_endtimestring: '24:00',
          msdyn_timezone: berlinTimeZoneCode,
        },
      ],
    },
  ];
}

function holidayRow(calendarId: string, name: string, firstDay: string, days: number): Row {
  return {
    calendarruleid: stableGuid(`demo:holiday:${name}`),
    calendarid: calendarId,
    name,
    starttime: `${firstDay}T00:00:00`,
    duration: days * 1440,
    effectiveintervalstart: firstDay,
  };
}
