/** Signing in and out as people do: the real form, in a real browser, with the keyboard (outside contract, "Sign-in"). */
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  browserMissing,
  findAccessibilityProblems,
  launchBrowser,
  looks,
  measureOverflow,
  withPage,
} from '../support/browser.ts';
import { asObject, createApi, type JsonObject, startTestServer, type TestServer } from '../support/server.ts';

const agent = 'agent1@parley.demo';
const password = 'parley-demo';
const clientId = 'parley-desktop';
const failuresUntilLocked = 10;

let server: TestServer;
let browser: Browser;
/** The server's other name: another origin, as clients often have. */
let clientOrigin: string;

describe('Signing in through the form', { skip: browserMissing }, () => {
  before(async () => {
    browser = await launchBrowser();
    server = await startTestServer();
    clientOrigin = server.origin.replace('127.0.0.1', 'localhost');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('works with the keyboard alone and ends at the client, on another origin, with a code for a token', async () => {
    await withPage(browser, {}, async ({ page, complaints }) => {
      const verifier = await openForm(page);
      await page.keyboard.type(agent);
      await page.keyboard.press('Tab');
      await page.keyboard.type('not the password');
      await page.keyboard.press('Enter');
      assert.equal(await page.getByRole('alert').textContent(), 'The email or the password is wrong.');
      assert.equal(await readFocus(page), 'password');
      assert.equal(await page.getByLabel('Email').inputValue(), agent);
      await page.keyboard.type(password);
      await page.keyboard.press('Enter');
      const code = await readCode(page);

      const token = await redeem(code, verifier);
      const api = createApi(server.apiRoot, String(token['access_token']));
      const person = server.org.users.find(({ email }) => email === agent);
      assert.equal((await api.read('WhoAmI'))['UserId'], person?.systemUserId);
      assert.deepEqual(complaints, []);
    });
  });

  test('can be cancelled, which the client is told', async () => {
    await withPage(browser, {}, async ({ page, complaints }) => {
      await openForm(page);
      await page.getByRole('button', { name: 'Cancel' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.origin === clientOrigin);
      assert.equal(new URL(page.url()).searchParams.get('error'), 'access_denied');
      assert.deepEqual(complaints, []);
    });
  });

  test('lets password managers fill in', async () => {
    await withPage(browser, {}, async ({ page }) => {
      await openForm(page);
      assert.equal(await page.getByLabel('Email').getAttribute('autocomplete'), 'username');
      assert.equal(await page.getByLabel('Password').getAttribute('autocomplete'), 'current-password');
    });
  });

  test('says after too many failures how long to wait, and blames no field', async () => {
    const nobody = `${randomUUID()}@parley.demo`;
    for (let failure = 0; failure < failuresUntilLocked; failure += 1)
      await requestToken({ grant_type: 'password', client_id: 'parley-demo-cli', username: nobody, password: 'x' });
    await withPage(browser, {}, async ({ page }) => {
      await openForm(page);
      await page.getByLabel('Email').fill(nobody);
      await page.getByLabel('Password').fill('x');
      const [response] = await Promise.all([
        page.waitForResponse((answer) => answer.request().method() === 'POST'),
        page.keyboard.press('Enter'),
      ]);
      assert.equal(response.status(), 429);
      assert.match(
        (await page.getByRole('alert').textContent()) ?? '',
        /^Too many failed sign-ins\. Try again in .+\.$/,
      );
      assert.equal(await readFocus(page), 'problem');
      assert.equal(await page.locator('[aria-invalid]').count(), 0);
      assert.deepEqual(await findAccessibilityProblems(page), []);
    });
  });

  test('ends with signing out, after which the form is asked again', async () => {
    await withPage(browser, {}, async ({ page, complaints }) => {
      await openForm(page);
      await page.keyboard.type(agent);
      await page.getByLabel('Password').fill(password);
      await page.keyboard.press('Enter');
      await readCode(page);
      await page.goto(authorizeUrl('x'.repeat(43)));
      await readCode(page);

      await page.goto(`${server.origin}/organizations/oauth2/v2.0/logout`);
      assert.deepEqual(await findAccessibilityProblems(page), []);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
      assert.deepEqual(await findAccessibilityProblems(page), []);
      await openForm(page);
      assert.deepEqual(complaints, []);
    });
  });

  for (const look of looks) {
    test(`is accessible in every state: ${look.width} pixels, ${look.colorScheme}`, async () => {
      await withPage(browser, look, async ({ page, complaints }) => {
        const check = async (state: string) => {
          assert.deepEqual(await findAccessibilityProblems(page), [], state);
          assert.equal(await measureOverflow(page), 0, state);
        };
        await openForm(page);
        await check('empty form');
        await page.keyboard.type(`${randomUUID()}@parley.demo`);
        await page.getByLabel('Password').fill('wrong');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
        await check('wrong password');
        await page.goto(`${server.origin}/organizations/oauth2/v2.0/authorize?client_id=nobody`);
        await page.getByRole('heading', { name: 'That did not work' }).waitFor();
        await check('error');
        await page.evaluate("document.documentElement.dir = 'rtl'");
        await check('right to left');
        assert.deepEqual(complaints, []);
      });
    });
  }
});

/** Starts a sign-in for the client on the other origin; gives its PKCE verifier. */
async function openForm(page: Page): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  await page.goto(authorizeUrl(createHash('sha256').update(verifier).digest('base64url')));
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await readFocus(page), 'email');
  return verifier;
}

/** The client's address is its start page, which leaves the code alone. */
const redirectUri = () => `${clientOrigin}/`;

function authorizeUrl(challenge: string): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri(),
    scope: `openid profile ${server.origin}/.default`,
    state: 'any',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  return `${server.origin}/organizations/oauth2/v2.0/authorize?${query}`;
}

async function readCode(page: Page): Promise<string> {
  await page.waitForURL((url) => url.origin === clientOrigin);
  const code = new URL(page.url()).searchParams.get('code');
  assert.ok(code !== null, page.url());
  return code;
}

function readFocus(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.id');
}

function redeem(code: string, verifier: string): Promise<JsonObject> {
  return requestToken({
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUri(),
    code_verifier: verifier,
  });
}

async function requestToken(form: Record<string, string>): Promise<JsonObject> {
  const response = await fetch(`${server.origin}/organizations/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return asObject(await response.json());
}
