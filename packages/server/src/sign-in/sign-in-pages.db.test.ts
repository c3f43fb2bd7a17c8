/** The sign-in, sign-out and error pages, as a browser without scripts sees them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  makeProof,
  openBrowser,
  readForm,
  refreshWith,
  requestToken,
  signInThroughPages,
  writeAuthorizeUrl,
} from './browser-harness.ts';
import {
  people,
  prepareSignIn,
  type RunningSignIn,
  type ScratchDatabase,
  startSignIn,
  tenantId,
} from './sign-in-harness.ts';

let database: ScratchDatabase;
let running: RunningSignIn;
let close: () => Promise<void>;

before(async () => {
  ({ database, running, close } = await prepareSignIn());
});
after(() => close?.());

describe('the pages', () => {
  test('show the form again with the problem announced, and take the person back when they cancel', async () => {
    const browser = openBrowser();
    const { challenge } = makeProof();
    const url = writeAuthorizeUrl(running.origin, challenge, { extra: { login_hint: 'a"<b>@parley.demo' } });
    const { response: page } = await browser.follow(await browser.go(url), running.origin);
    const html = await page.text();
    assert.ok(html.includes('value="a&#34;&#60;b&#62;@parley.demo"'));
    assert.ok(html.includes('agent1@parley.demo'));
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes("default-src 'none'") && policy.includes(`form-action 'self' ${running.origin}`), policy);

    const { action } = readForm(html);
    const wrong = await browser.go(`${running.origin}${action}`, { email: 'x@parley.demo', password: 'wrong' });
    assert.equal(wrong.status, 400);
    const again = await wrong.text();
    assert.match(again, /role="alert" id="problem">The email or the password is wrong\./);
    assert.match(again, /<input id="password"[^>]*autofocus aria-invalid="true" aria-describedby="problem"/);

    const cancelled = await browser.go(`${running.origin}${action}`, { cancel: 'yes' });
    const { leavesTo = '' } = await browser.follow(cancelled, `${running.origin}/${tenantId}/`);
    assert.equal(new URL(leavesTo).searchParams.get('error'), 'access_denied');
  });

  test('do not mention demo accounts without the demo', async () => {
    const plain = await startSignIn(database.pool, { demo: false });
    try {
      const browser = openBrowser();
      const { response } = await browser.follow(
        await browser.go(writeAuthorizeUrl(plain.origin, makeProof().challenge)),
        plain.origin,
      );
      assert.ok(!(await response.text()).includes('parley-demo'));
    } finally {
      await plain.close();
    }
  });

  test('ask for the password again when the signed-in person has been disabled', async () => {
    const { browser } = await signInThroughPages(running.origin);
    await database.pool.query('UPDATE data.systemuser SET isdisabled = true WHERE systemuserid = $1', [
      people.agent.systemUserId,
    ]);
    const answer = await browser.go(writeAuthorizeUrl(running.origin, makeProof().challenge));
    await database.pool.query('UPDATE data.systemuser SET isdisabled = false WHERE systemuserid = $1', [
      people.agent.systemUserId,
    ]);
    assert.match(answer.headers.get('location') ?? '', /\/sign-in\//);
  });

  test('answer the prompts for consent and account choice with the sign-in form', async () => {
    for (const prompt of ['consent', 'select_account', 'login']) {
      const { tokens } = await signInThroughPages(running.origin, { extra: { prompt } });
      assert.equal(tokens.status, 200, prompt);
    }
  });

  test('say so when a sign-in has expired', async () => {
    const page = await openBrowser().go(`${running.origin}/${tenantId}/oauth2/v2.0/sign-in/long-gone`);
    assert.equal(page.status, 400);
    assert.match(await page.text(), /This sign-in has expired/);
  });

  test('sign out after asking, which ends the session and its refresh tokens', async () => {
    const { browser, tokens } = await signInThroughPages(running.origin);
    const query = new URLSearchParams({
      id_token_hint: String(tokens.body['id_token']),
      post_logout_redirect_uri: `${running.origin}/desktop`,
    });
    const question = await browser.go(`${running.origin}/common/oauth2/v2.0/logout?${query}`);
    assert.equal(question.status, 200);
    const html = await question.text();
    assert.match(html, /Sign out of Parley\?/);
    const { action, fields } = readForm(html);
    const done = await browser.go(action, { ...fields, logout: 'yes' });
    assert.equal(done.headers.get('location'), `${running.origin}/desktop`);
    const refreshed = await requestToken(running.origin, refreshWith(running.origin, tokens.body['refresh_token']));
    assert.equal(refreshed.body['error'], 'invalid_grant');
    const next = await browser.go(writeAuthorizeUrl(running.origin, makeProof().challenge));
    assert.match(next.headers.get('location') ?? '', /\/sign-in\//);
  });
});

test('nothing unexpected was logged', () => {
  assert.deepEqual(running.complaints, []);
});
