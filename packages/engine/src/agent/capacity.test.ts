import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentFact } from '../decision.ts';
import type { AgentCapacityProfile, ProfileUse } from './agent.ts';
import { agentId, presences, profile, start } from './agent-harness.ts';
import { availableOfProfile, availableUnits, checkCapacity, isExhausted, presenceOfCapacity } from './capacity.ts';
import { newAgent } from './decide-agent.ts';

const chat = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1b01';
const voice = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1b02';

type Use = {
  readonly units?: number;
  readonly used?: number;
  readonly sessions?: number;
  readonly profiles?: Readonly<Record<string, AgentCapacityProfile>>;
  readonly uses?: Readonly<Record<string, ProfileUse>>;
};

function factOf({ units = 100, used = 0, sessions = 0, profiles = {}, uses = {} }: Use): AgentFact {
  return {
    state: { ...newAgent(agentId, start, presences), unitsUsed: used, conversationCount: sessions, profiles: uses },
    profile: { ...profile, unitCapacity: units, capacityProfiles: profiles },
  };
}

function limitOf(limit: number, part: Partial<AgentCapacityProfile> = {}): AgentCapacityProfile {
  return { limit, reset: 'immediate', isBlocking: false, ...part };
}

function usedOnce(used: number, resetOn: number | null = null): ProfileUse {
  return { used, resetOn };
}

function reasonOf(fact: AgentFact, units: number, profileIds: readonly string[] = []): string {
  const finding = checkCapacity(fact, { units, profileIds }, start, presences);
  return finding.ok ? 'fits' : finding.reason;
}

describe('capacity', () => {
  test('is what is left of the units, and less than nothing after forced work', () => {
    assert.equal(availableUnits(factOf({ used: 30 })), 70);
    assert.equal(availableUnits(factOf({ used: 130 })), -30);
  });

  test('takes what fits to the last unit, and nothing more', () => {
    assert.equal(reasonOf(factOf({ used: 60 }), 40), 'fits');
    assert.equal(reasonOf(factOf({ used: 61 }), 40), 'units');
    assert.equal(reasonOf(factOf({ used: 130 }), 0), 'fits');
  });

  test('says what was asked and what was there', () => {
    const finding = checkCapacity(factOf({ used: 70 }), { units: 40, profileIds: [] }, start, presences);
    assert.deepEqual(finding, { ok: false, reason: 'units', detail: 'units 30 of 100 free, 40 asked' });
  });

  test('asks for every profile of an item, and for its units too', () => {
    const fact = factOf({ profiles: { [chat]: limitOf(2), [voice]: limitOf(1) }, uses: { [voice]: usedOnce(1) } });
    assert.equal(reasonOf(fact, 0, [chat]), 'fits');
    assert.equal(reasonOf(fact, 0, [chat, voice]), 'profile');
    assert.equal(reasonOf(fact, 101, [chat]), 'units');
    assert.equal(reasonOf(factOf({}), 0, [chat]), 'profile');
  });

  test('lets a blocking profile at its limit stop everything, also what does not ask for it', () => {
    const profiles = { [chat]: limitOf(1, { isBlocking: true }), [voice]: limitOf(5) };
    const fact = factOf({ profiles, uses: { [chat]: usedOnce(1) } });
    assert.equal(reasonOf(fact, 10), 'profile');
    assert.equal(reasonOf(fact, 0, [voice]), 'profile');
    assert.equal(reasonOf(factOf({ profiles }), 10), 'fits');
  });

  test('counts a daily profile until its reset, and not after, whether a timer has come by or not', () => {
    const profiles = { [chat]: limitOf(3, { reset: 'daily' }) };
    assert.equal(availableOfProfile(factOf({ profiles, uses: { [chat]: usedOnce(3, start + 1) } }), chat, start), 0);
    assert.equal(availableOfProfile(factOf({ profiles, uses: { [chat]: usedOnce(3, start) } }), chat, start), 3);
    assert.equal(availableOfProfile(factOf({}), chat, start), 0);
  });

  test('ends with the number of sessions', () => {
    assert.equal(reasonOf(factOf({ sessions: 9 }), 0), 'fits');
    assert.equal(reasonOf(factOf({ sessions: 10 }), 0), 'sessionLimit');
  });
});

describe('presence by capacity', () => {
  test('is available when free, busy when partly used, do not disturb when full or less than nothing', () => {
    assert.equal(presenceOfCapacity(factOf({}), start, presences), 'available');
    assert.equal(presenceOfCapacity(factOf({ used: 1 }), start, presences), 'busy');
    assert.equal(presenceOfCapacity(factOf({ used: 100 }), start, presences), 'doNotDisturb');
    assert.equal(presenceOfCapacity(factOf({ used: 120 }), start, presences), 'doNotDisturb');
  });

  test('is do not disturb only when units and profiles are both used up', () => {
    const profiles = { [chat]: limitOf(1) };
    assert.equal(isExhausted(factOf({ used: 100, profiles }), start), false);
    assert.equal(isExhausted(factOf({ used: 50, profiles, uses: { [chat]: usedOnce(1) } }), start), false);
    assert.equal(isExhausted(factOf({ used: 100, profiles, uses: { [chat]: usedOnce(1) } }), start), true);
  });

  test('needs all profiles that do not block, but only one that does', () => {
    const open = { [chat]: limitOf(1), [voice]: limitOf(1) };
    assert.equal(isExhausted(factOf({ units: 0, profiles: open, uses: { [chat]: usedOnce(1) } }), start), false);
    const both = { [chat]: usedOnce(1), [voice]: usedOnce(1) };
    assert.equal(isExhausted(factOf({ units: 0, profiles: open, uses: both }), start), true);
    const blocking = { [chat]: limitOf(1, { isBlocking: true }), [voice]: limitOf(1) };
    assert.equal(isExhausted(factOf({ units: 0, profiles: blocking, uses: { [chat]: usedOnce(1) } }), start), true);
    assert.equal(isExhausted(factOf({ units: 0, profiles: blocking, uses: { [voice]: usedOnce(1) } }), start), false);
  });

  test('leaves an agent without any capacity available', () => {
    assert.equal(presenceOfCapacity(factOf({ units: 0 }), start, presences), 'available');
  });

  test('is do not disturb with more sessions than allowed', () => {
    assert.equal(presenceOfCapacity(factOf({ sessions: 10 }), start, presences), 'available');
    assert.equal(presenceOfCapacity(factOf({ sessions: 11 }), start, presences), 'doNotDisturb');
  });
});
