import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CapacityHold } from '../conversation/conversation.ts';
import type { PresenceSettings } from '../decision.ts';
import type { Agent } from './agent.ts';
import { agentId, conversationId, lunchId, presenceIds, presences, profile, queueId, start } from './agent-harness.ts';
import type { AgentCommand } from './command.ts';
import { decideAgent, newAgent } from './decide-agent.ts';

const immediate = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1b01';
const daily = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1b02';
const ownProfile = {
  ...profile,
  timeZone: 'America/New_York',
  capacityProfiles: {
    [immediate]: { limit: 2, reset: 'immediate', isBlocking: false },
    [daily]: { limit: 5, reset: 'daily', isBlocking: true },
  },
} as const;

const deviceId = fc.constantFrom('one', 'two', 'three');
const holdArbitrary: fc.Arbitrary<CapacityHold> = fc.record({
  agentId: fc.constant(agentId),
  for: fc.constantFrom('primary', 'offer', 'transfer', 'consult', 'wrapUp'),
  units: fc.integer({ min: 0, max: 60 }),
  profileIds: fc.subarray([immediate, daily]),
  isForced: fc.boolean(),
});
const presenceCommand: fc.Arbitrary<AgentCommand> = fc.oneof(
  fc.record({ kind: fc.constantFrom('signIn', 'signOut', 'disconnect'), deviceId }),
  fc.record({ kind: fc.constant('heartbeat'), deviceId, isActive: fc.boolean() }),
  fc.record({
    kind: fc.constant('setPresence'),
    presenceId: fc.constantFrom(lunchId, ...Object.values(presenceIds)),
    by: fc.constantFrom('agent', 'supervisor'),
    byUserId: fc.constant(agentId),
  }),
  fc.record({ kind: fc.constantFrom('offerMissed', 'offerRejected', 'resetPresence', 'timerDue') }),
);
type Step =
  | { readonly do: 'command'; readonly command: AgentCommand }
  | { readonly do: 'hold'; readonly hold: CapacityHold }
  | { readonly do: 'unhold'; readonly which: number; readonly cause: 'released' | 'declined' };
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('command'), command: presenceCommand }),
  fc.record({ do: fc.constant('hold'), hold: holdArbitrary }),
  fc.record({ do: fc.constant('unhold'), which: fc.nat(), cause: fc.constantFrom('released', 'declined') }),
);
const courseArbitrary = fc.array(fc.tuple(fc.nat({ max: 400_000 }), stepArbitrary), { maxLength: 60, size: 'max' });
const settingsArbitrary: fc.Arbitrary<PresenceSettings> = fc
  .record({ away: fc.boolean(), silence: fc.boolean(), switches: fc.boolean() })
  .map(({ away, silence, switches }) => ({
    ...presences,
    ...(away ? { autoAwaySeconds: 200 } : {}),
    ...(silence ? { deviceSilenceSeconds: 90 } : {}),
    isMissedOfferInactive: switches,
    isRejectedOfferDoNotDisturb: switches,
  }));

/** Runs a course of commands and hands every step to `check`. */
function play(
  settings: PresenceSettings,
  course: readonly (readonly [number, Step])[],
  check: (step: { agent: Agent; before: Agent; holds: readonly CapacityHold[]; now: number; kind: string }) => void,
): Agent {
  let agent = newAgent(agentId, start, settings);
  let now = start;
  const holds: CapacityHold[] = [];
  for (const [pause, step] of course) {
    now += pause;
    const command = commandOf(step, holds);
    if (command === undefined) continue;
    const before = agent;
    const decision = decideAgent({ state: agent, profile: ownProfile }, command, now, settings);
    if (!('after' in decision)) continue;
    agent = decision.after;
    check({ agent, before, holds, now, kind: command.kind });
  }
  return agent;
}

function commandOf(step: Step, holds: CapacityHold[]): AgentCommand | undefined {
  if (step.do === 'command') return step.command;
  if (step.do === 'hold') {
    holds.push(step.hold);
    return { kind: 'hold', hold: step.hold, queueId, isAssignment: step.hold.for === 'offer', conversationId };
  }
  const [hold] = holds.length === 0 ? [] : holds.splice(step.which % holds.length, 1);
  return hold === undefined ? undefined : { kind: 'unhold', hold, cause: step.cause, conversationId };
}

describe('an agent, whatever happens to them', () => {
  test('has as much capacity in use as their conversations hold', () => {
    fc.assert(
      fc.property(settingsArbitrary, courseArbitrary, (settings, course) => {
        play(settings, course, ({ agent, holds }) => {
          const sum = (chosen: readonly CapacityHold[]): number =>
            chosen.reduce((total, { units }) => total + units, 0);
          assert.equal(agent.unitsUsed, sum(holds));
          assert.equal(agent.unitsForced, sum(holds.filter(({ isForced }) => isForced)));
          assert.equal(agent.conversationCount, holds.length);
          const held = holds.filter(({ profileIds }) => profileIds.includes(immediate)).length;
          assert.equal(agent.profiles[immediate]?.used ?? 0, held);
          assert.ok((agent.profiles[daily]?.used ?? 1) > 0);
        });
      }),
    );
  });

  test('has nothing due any more once their timers have fired', () => {
    fc.assert(
      fc.property(settingsArbitrary, courseArbitrary, (settings, course) => {
        play(settings, course, ({ agent, now, kind }) => {
          if (kind === 'timerDue') assert.ok(agent.timers.every(({ dueOn }) => dueOn > now));
        });
      }),
    );
  });

  test('is signed in with every device, and offline without sign-in', () => {
    fc.assert(
      fc.property(settingsArbitrary, courseArbitrary, (settings, course) => {
        play(settings, course, ({ agent }) => {
          if (agent.devices.length > 0) assert.ok(agent.isSignedIn);
          if (!agent.isSignedIn) assert.equal(agent.basePresence, 'offline');
          assert.equal(settings.definitions.get(agent.presenceId)?.base, agent.basePresence);
        });
      }),
    );
  });

  test('is changed by capacity only where the presence was not asked to stay', () => {
    fc.assert(
      fc.property(settingsArbitrary, courseArbitrary, (settings, course) => {
        play(settings, course, ({ agent, before, kind }) => {
          const isAskedFor = before.presenceCause === 'agent' || before.presenceCause === 'supervisor';
          const isLasting = before.basePresence !== 'available' && before.basePresence !== 'busy';
          const isByCapacity = kind === 'hold' || kind === 'unhold';
          if (isByCapacity && isAskedFor && isLasting) assert.equal(agent.presenceId, before.presenceId);
          if (isByCapacity && before.basePresence === 'offline') assert.equal(agent.basePresence, 'offline');
        });
      }),
    );
  });

  test('counts every change, and survives being written down', () => {
    fc.assert(
      fc.property(settingsArbitrary, courseArbitrary, (settings, course) => {
        const last = play(settings, course, ({ agent, before }) => {
          assert.equal(agent.sequence, agent === before ? before.sequence : before.sequence + 1);
        });
        assert.deepEqual(JSON.parse(JSON.stringify(last)), last);
        // The same course gives the same agent, byte for byte.
        assert.equal(JSON.stringify(play(settings, course, () => undefined)), JSON.stringify(last));
      }),
    );
  });
});
