import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Agent } from './agent.ts';
import { agentId, createStage, lunchId, presenceIds, presences, queueId, type Stage } from './agent-harness.ts';
import { decideAgent } from './decide-agent.ts';

const browser = 'browser';
const phone = 'phone';
const daily = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1b01';

function signedIn(options?: Parameters<typeof createStage>[0]): Stage {
  const stage = createStage(options);
  stage.give({ kind: 'signIn', deviceId: browser });
  return stage;
}

function timer(agent: Agent, kind: string): number | undefined {
  return agent.timers.find((one) => one.kind === kind)?.dueOn;
}

describe('signing in', () => {
  test('makes available without a default presence', () => {
    const stage = createStage();
    const { events } = stage.give({ kind: 'signIn', deviceId: browser });
    assert.equal(stage.agent().basePresence, 'available');
    assert.equal(stage.agent().isSignedIn, true);
    assert.deepEqual(events, [
      { type: 'AgentSignedIn', deviceId: browser },
      {
        type: 'PresenceChanged',
        presenceId: presenceIds.available,
        from: presenceIds.offline,
        base: 'available',
        cause: 'signIn',
        setBy: null,
      },
    ]);
  });

  test('takes a default presence that is away or offline, and computes where it is another', () => {
    assert.equal(signedIn({ profile: { defaultPresenceId: lunchId } }).agent().presenceId, lunchId);
    const offline = signedIn({ profile: { defaultPresenceId: presenceIds.offline } }).agent();
    assert.deepEqual([offline.basePresence, offline.isSignedIn], ['offline', true]);
    const stage = createStage({ profile: { defaultPresenceId: presenceIds.available } });
    stage.hold({ units: 40 });
    stage.give({ kind: 'signIn', deviceId: browser });
    assert.equal(stage.agent().basePresence, 'busy');
  });

  test('keeps a default presence of away while capacity changes', () => {
    const stage = signedIn({ profile: { defaultPresenceId: lunchId } });
    stage.hold();
    assert.equal(stage.agent().presenceId, lunchId);
  });

  test('on several devices is one presence, until the last signs out', () => {
    const stage = signedIn();
    stage.setPresence(lunchId);
    const second = stage.give({ kind: 'signIn', deviceId: phone });
    assert.deepEqual(second.events, [{ type: 'AgentSignedIn', deviceId: phone }]);
    stage.give({ kind: 'signOut', deviceId: browser });
    assert.deepEqual([stage.agent().presenceId, stage.agent().isSignedIn], [lunchId, true]);
    stage.give({ kind: 'signOut', deviceId: phone });
    assert.deepEqual([stage.agent().presenceId, stage.agent().isSignedIn], [presenceIds.offline, false]);
    assert.deepEqual(stage.agent().timers, []);
  });

  test('on too many devices drops the one that was quiet longest', () => {
    const stage = signedIn();
    for (let number = 1; number <= 20; number += 1) {
      stage.wait(10);
      stage.give({ kind: 'signIn', deviceId: `device ${number}` });
    }
    const ids = stage.agent().devices.map(({ id }) => id);
    assert.equal(ids.length, 20);
    assert.equal(ids.includes(browser), false);
  });

  test('starts the stamp of least active anew', () => {
    const stage = signedIn();
    stage.hold();
    stage.unhold();
    assert.equal(stage.agent().lastReleasedOn, stage.now());
    stage.give({ kind: 'signOut', deviceId: browser });
    stage.give({ kind: 'signIn', deviceId: browser });
    assert.equal(stage.agent().lastReleasedOn, null);
  });
});

describe('capacity of an agent', () => {
  test('makes busy, not to be disturbed, and available again', () => {
    const stage = signedIn();
    const seen = [
      stage.hold({ units: 60 }),
      stage.hold({ units: 40 }),
      stage.unhold({ units: 60 }),
      stage.unhold({ units: 40 }),
    ];
    assert.deepEqual(
      seen.map(({ after }) => after.basePresence),
      ['busy', 'doNotDisturb', 'busy', 'available'],
    );
    assert.deepEqual([stage.agent().unitsUsed, stage.agent().conversationCount], [0, 0]);
  });

  test('may go below nothing by force, and remembers how much', () => {
    const stage = signedIn();
    stage.hold({ units: 100 });
    stage.hold({ units: 40, isForced: true });
    assert.deepEqual([stage.agent().unitsUsed, stage.agent().unitsForced], [140, 40]);
    stage.unhold({ units: 40, isForced: true });
    assert.deepEqual([stage.agent().unitsUsed, stage.agent().unitsForced], [100, 0]);
  });

  test('stamps the queue of an assignment, and not a mere change of purpose', () => {
    const stage = signedIn();
    stage.hold({ for: 'wrapUp' });
    assert.deepEqual(stage.agent().lastAssignedOn, {});
    stage.hold();
    assert.deepEqual(stage.agent().lastAssignedOn, { [queueId]: stage.now() });
  });

  test('that comes back declined was not in use for least active', () => {
    const stage = signedIn();
    stage.hold({ for: 'offer' });
    stage.unhold({ for: 'offer' }, 'declined');
    assert.equal(stage.agent().lastReleasedOn, null);
  });

  test('of a daily profile stays used until midnight of the agent, and is free again then', () => {
    const stage = signedIn({
      profile: {
        timeZone: 'Europe/Berlin',
        unitCapacity: 0,
        capacityProfiles: { [daily]: { limit: 1, reset: 'daily', isBlocking: false } },
      },
    });
    const held = { units: 0, profileIds: [daily] };
    stage.hold(held);
    stage.unhold(held);
    stage.hold({ ...held, for: 'wrapUp' });
    stage.unhold({ ...held, for: 'wrapUp' });
    assert.equal(stage.agent().profiles[daily]?.used, 1);
    assert.equal(stage.agent().basePresence, 'doNotDisturb');
    assert.equal(timer(stage.agent(), 'profileReset'), Date.UTC(2026, 4, 5, 22));
    stage.wait(14 * 3600);
    const { events } = stage.give({ kind: 'timerDue' });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['CapacityChanged', 'PresenceChanged'],
    );
    assert.deepEqual([stage.agent().profiles, stage.agent().basePresence], [{}, 'available']);
  });

  test('of a daily profile comes back at once when the offer was declined', () => {
    const stage = signedIn({
      profile: { capacityProfiles: { [daily]: { limit: 3, reset: 'daily', isBlocking: false } } },
    });
    stage.hold({ profileIds: [daily], for: 'offer' });
    stage.unhold({ profileIds: [daily], for: 'offer' }, 'declined');
    assert.deepEqual(stage.agent().profiles, {});
  });
});

describe('a presence set by hand', () => {
  test('lasts, when it is available or busy, until the next conversation is taken or ended', () => {
    const stage = signedIn();
    stage.setPresence(presenceIds.busy);
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.equal(stage.agent().basePresence, 'busy');
    stage.hold({ units: 100 });
    stage.setPresence(presenceIds.available);
    assert.equal(stage.agent().basePresence, 'available');
    stage.unhold({ units: 100 });
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['available', 'capacity']);
  });

  for (const base of ['away', 'offline', 'doNotDisturb'] as const) {
    test(`lasts, when it is ${base}, whatever happens to capacity and offers`, () => {
      const stage = signedIn();
      stage.setPresence(presenceIds[base]);
      stage.hold({ units: 100 });
      stage.give({ kind: 'offerMissed' });
      stage.give({ kind: 'offerRejected' });
      stage.unhold({ units: 100 });
      assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], [base, 'agent']);
    });
  }

  test('names who set it', () => {
    const { after, events } = signedIn().setPresence(lunchId, 'supervisor');
    assert.deepEqual([after.presenceCause, after.presenceSetBy], ['supervisor', agentId]);
    assert.equal(events[0]?.type === 'PresenceChanged' && events[0].setBy, agentId);
  });

  test('is refused when there is no such presence, and when only the system sets it', () => {
    const stage = signedIn();
    for (const presenceId of [queueId, presenceIds.inactive]) {
      const command = { kind: 'setPresence', presenceId, by: 'agent', byUserId: agentId } as const;
      const decision = decideAgent(stage.fact(), command, stage.now(), presences);
      assert.ok('kind' in decision && decision.name === 'notPossibleNow');
    }
  });

  test('signs in somebody without a device, and offline signs them out', () => {
    const stage = createStage();
    const { events } = stage.setPresence(presenceIds.available);
    assert.deepEqual(events[0], { type: 'AgentSignedIn', deviceId: 'none' });
    assert.equal(stage.agent().isSignedIn, true);
    stage.setPresence(presenceIds.offline);
    assert.equal(stage.agent().isSignedIn, false);
  });
});

describe('an offer that is not taken', () => {
  test('makes inactive when missed and not to be disturbed when rejected, until reset', () => {
    const stage = signedIn();
    stage.give({ kind: 'offerMissed' });
    assert.deepEqual([stage.agent().presenceId, stage.agent().basePresence], [presenceIds.inactive, 'away']);
    stage.hold();
    assert.equal(stage.agent().presenceId, presenceIds.inactive);
    stage.give({ kind: 'resetPresence' });
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['busy', 'resetMissed']);
    stage.give({ kind: 'offerRejected' });
    stage.unhold({}, 'declined');
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['doNotDisturb', 'rejectedOffer']);
    stage.give({ kind: 'resetPresence' });
    assert.equal(stage.agent().basePresence, 'available');
  });

  test('changes nothing when the switches are off', () => {
    const stage = signedIn({ presences: { isMissedOfferInactive: false, isRejectedOfferDoNotDisturb: false } });
    const before = stage.agent();
    stage.give({ kind: 'offerMissed' });
    stage.give({ kind: 'offerRejected' });
    assert.equal(stage.agent(), before);
  });

  test('leaves an agent offline whose connection is lost', () => {
    const stage = signedIn();
    stage.give({ kind: 'disconnect', deviceId: browser });
    stage.give({ kind: 'offerMissed' });
    assert.equal(stage.agent().basePresence, 'offline');
  });

  test('can be reset only while signed in', () => {
    const stage = createStage();
    const decision = decideAgent(stage.fact(), { kind: 'resetPresence' }, stage.now(), presences);
    assert.ok('kind' in decision);
  });
});

describe('a lost connection', () => {
  test('makes offline at once, and gives the presence back when it returns in time', () => {
    const stage = signedIn();
    stage.setPresence(lunchId);
    stage.give({ kind: 'disconnect', deviceId: browser });
    assert.deepEqual([stage.agent().basePresence, stage.agent().isSignedIn], ['offline', false]);
    assert.equal(timer(stage.agent(), 'disconnect'), stage.now() + 150_000);
    stage.wait(149);
    const { events } = stage.give({ kind: 'heartbeat', deviceId: browser, isActive: false });
    assert.deepEqual([stage.agent().presenceId, stage.agent().presenceCause], [lunchId, 'agent']);
    const changed = events.find(({ type }) => type === 'PresenceChanged');
    assert.equal(changed?.type === 'PresenceChanged' && changed.cause, 'reconnect');
    assert.deepEqual(stage.agent().timers, []);
  });

  test('gives back what capacity says by then', () => {
    const stage = signedIn();
    stage.hold();
    stage.give({ kind: 'disconnect', deviceId: browser });
    stage.unhold();
    stage.give({ kind: 'signIn', deviceId: browser });
    assert.equal(stage.agent().basePresence, 'available');
  });

  test('that returns later starts anew, whether the timer has come by or not', () => {
    for (const isTimerFired of [true, false]) {
      const stage = signedIn();
      stage.setPresence(lunchId);
      stage.give({ kind: 'disconnect', deviceId: browser });
      stage.wait(150);
      if (isTimerFired) stage.give({ kind: 'timerDue' });
      assert.equal(stage.agent().basePresence, 'offline');
      stage.give({ kind: 'signIn', deviceId: browser });
      assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['available', 'signIn']);
    }
  });

  test('of one device of several changes no presence', () => {
    const stage = signedIn();
    stage.give({ kind: 'signIn', deviceId: phone });
    stage.give({ kind: 'disconnect', deviceId: browser });
    assert.deepEqual([stage.agent().basePresence, stage.agent().isSignedIn], ['available', true]);
  });

  test('is assumed of a device that has been silent for too long, where that is switched on', () => {
    const stage = signedIn({ presences: { deviceSilenceSeconds: 90 } });
    stage.wait(60);
    stage.give({ kind: 'signIn', deviceId: phone });
    stage.wait(30);
    stage.give({ kind: 'timerDue' });
    assert.deepEqual(
      stage.agent().devices.map(({ id }) => id),
      [phone],
    );
    stage.wait(60);
    stage.give({ kind: 'timerDue' });
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['offline', 'disconnect']);
    stage.give({ kind: 'heartbeat', deviceId: phone, isActive: false });
    assert.equal(stage.agent().basePresence, 'available');
  });

  test('does not bring back a device that was signed out before its last sign of life arrived', () => {
    const stage = signedIn();
    stage.give({ kind: 'signOut', deviceId: browser });
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.equal(stage.agent().isSignedIn, false);
  });
});

describe('signs of life', () => {
  test('change nothing when they follow each other fast', () => {
    const stage = signedIn();
    stage.wait(4);
    const before = stage.agent();
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.equal(stage.agent(), before);
    stage.wait(1);
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.equal(stage.agent().lastActivityOn, stage.now());
  });

  test('without activity let the agent go away, and activity brings them back', () => {
    const stage = signedIn({ presences: { autoAwaySeconds: 300 } });
    stage.setPresence(presenceIds.busy);
    for (let minute = 0; minute < 5; minute += 1) {
      stage.wait(60);
      stage.give({ kind: 'heartbeat', deviceId: browser, isActive: false });
    }
    stage.give({ kind: 'timerDue' });
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['away', 'autoAway']);
    stage.wait(1);
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.deepEqual([stage.agent().basePresence, stage.agent().presenceCause], ['busy', 'agent']);
  });

  test('of an agent who had gone away and lost the connection leave them away, until they do something', () => {
    const stage = signedIn({ presences: { autoAwaySeconds: 60 } });
    stage.wait(60);
    stage.give({ kind: 'timerDue' });
    stage.give({ kind: 'disconnect', deviceId: browser });
    stage.wait(10);
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: false });
    assert.equal(stage.agent().presenceCause, 'autoAway');
    stage.give({ kind: 'heartbeat', deviceId: browser, isActive: true });
    assert.equal(stage.agent().basePresence, 'available');
  });

  test('matter to nobody who asked to be away, or whom a supervisor made available', () => {
    const stage = signedIn({ presences: { autoAwaySeconds: 60 } });
    stage.setPresence(presenceIds.doNotDisturb);
    assert.equal(timer(stage.agent(), 'autoAway'), undefined);
    stage.setPresence(presenceIds.available, 'supervisor');
    assert.equal(timer(stage.agent(), 'autoAway'), undefined);
    stage.setPresence(presenceIds.available);
    assert.equal(timer(stage.agent(), 'autoAway'), stage.now() + 60_000);
  });
});
