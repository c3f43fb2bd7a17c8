/** Presences, and the switches of the whole contact centre. Behaviour reference, sections 4.5 and 5.1. */
import { type BasePresence, basePresenceCodes, type PresenceDefinition, type PresenceSettings } from '@parley/engine';
import { presenceIds } from '../organization/organization-ids.ts';
import { type ConfigurationSource, readFlag, readWhole } from './configuration-source.ts';

const defaultDeclineLimit = 3;
/** A lost connection that is back within this time restores the presence (section 1.8). */
export const reconnectSeconds = 150;
const maximumSessions = 10;

const baseNames: ReadonlyMap<number, BasePresence> = new Map(
  // Object.entries forgets that the keys are exactly the presences.
  (Object.entries(basePresenceCodes) as [BasePresence, number][]).map(([name, code]) => [code, name]),
);

export function presenceOfCode(code: number): BasePresence | undefined {
  return baseNames.get(code);
}

export type CentreSettings = { readonly presences: PresenceSettings; readonly declineLimit: number };

export async function buildCentreSettings(source: ConfigurationSource, problems: string[]): Promise<CentreSettings> {
  const rows = await source.table('msdyn_presence', [
    'msdyn_presenceid',
    'msdyn_name',
    'msdyn_presencestatustext',
    'msdyn_basepresencestatus',
    'msdyn_canuserset',
  ]);
  const definitions = new Map<string, PresenceDefinition>();
  for (const row of rows) {
    const base = presenceOfCode(Number(row.msdyn_basepresencestatus));
    const id = row.msdyn_presenceid ?? '';
    const name = row.msdyn_name ?? '';
    if (base === undefined) problems.push(`Presence '${name}' (${id}): no base status`);
    else {
      const text = row.msdyn_presencestatustext ?? name;
      definitions.set(id, { id, base, name, text, canUserSet: row.msdyn_canuserset !== 'f' });
    }
  }
  const settings = await source.table('msdyn_omnichannelconfiguration', [
    'msdyn_omnichannelconfigurationid',
    'msdyn_number_of_declines_allowed',
    'msdyn_enable_missed_notifications',
    'msdyn_enable_agent_reject_notifications',
    'msdyn_inactive_presence_lookup',
    'msdyn_dnd_presence_lookup',
    'parley_autoawayafter',
    'parley_devicesilence',
  ]);
  const [row] = settings;
  if (settings.length > 1)
    problems.push(`There are ${settings.length} rows of msdyn_omnichannelconfiguration: the first is used`);
  const system = systemPresences(definitions, {
    inactive: row?.msdyn_inactive_presence_lookup ?? null,
    doNotDisturb: row?.msdyn_dnd_presence_lookup ?? null,
  });
  const autoAwayMinutes = readWhole(row?.parley_autoawayafter ?? null);
  const silence = readWhole(row?.parley_devicesilence ?? null);
  return {
    declineLimit: readWhole(row?.msdyn_number_of_declines_allowed ?? null) ?? defaultDeclineLimit,
    presences: {
      definitions,
      system,
      isMissedOfferInactive: readFlag(row?.msdyn_enable_missed_notifications ?? null),
      isRejectedOfferDoNotDisturb: readFlag(row?.msdyn_enable_agent_reject_notifications ?? null),
      ...(autoAwayMinutes === null ? {} : { autoAwaySeconds: autoAwayMinutes * 60 }),
      ...(silence === null ? {} : { deviceSilenceSeconds: silence }),
      reconnectSeconds,
      maximumSessions,
    },
  };
}

/**
 * Which row the system sets for each base: the seeded one, or any of that base when it is gone. Inactive and do not disturb may be
 * chosen.
 */
function systemPresences(
  definitions: ReadonlyMap<string, PresenceDefinition>,
  chosen: { readonly inactive: string | null; readonly doNotDisturb: string | null },
): PresenceSettings['system'] {
  const pick = (base: BasePresence, preferred: readonly (string | null)[]): string => {
    const known = preferred.find((id) => id !== null && definitions.has(id));
    const other = [...definitions.values()].find((presence) => presence.base === base);
    return known ?? other?.id ?? presenceIds[base];
  };
  return {
    available: pick('available', [presenceIds.available]),
    busy: pick('busy', [presenceIds.busy]),
    doNotDisturb: pick('doNotDisturb', [chosen.doNotDisturb, presenceIds.doNotDisturb]),
    away: pick('away', [presenceIds.away]),
    offline: pick('offline', [presenceIds.offline]),
    inactive: pick('away', [chosen.inactive, presenceIds.inactive]),
  };
}
