/** The start page of an organisation that is not the demo: no accounts on it, and a first request for its administrator. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../packages/server/src/config.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { type RunningServer, startServer } from '../../packages/server/src/start-server.ts';
import {
  browserMissing,
  findAccessibilityProblems,
  launchBrowser,
  looks,
  measureOverflow,
  withPage,
} from '../support/browser.ts';
import { runScriptRequest, runShellRequest } from './run-request.ts';

/** With characters that a form has to encode. */
const administrator = { PARLEY_ADMIN_CLIENT_ID: 'page-tests', PARLEY_ADMIN_CLIENT_SECRET: 'a+b & 100% "secret"' };

let directory: string;
let server: RunningServer;
let html: string;

before(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'parley-pages-'));
  server = await startServer({
    config: readConfig({ PORT: '0', PARLEY_DEMO: 'off', PARLEY_DATA_DIR: directory, ...administrator }),
    log: createLog('error'),
    directory: new URL('../../', import.meta.url),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  html = await (await fetch(`${server.url}/`)).text();
});
after(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('shows no account, no password and no secret', () => {
  for (const secret of ['parley-demo', '@parley.demo', administrator.PARLEY_ADMIN_CLIENT_ID, 'a+b', '/demo'])
    assert.ok(!html.includes(secret), secret);
  assert.match(html, /\$PARLEY_ADMIN_CLIENT_SECRET/);
});

test('has none of the demo’s addresses', async () => {
  for (const address of ['/demo', '/demo/org.json', '/demo/ca.pem', '/demo/customer-token'])
    assert.equal((await fetch(`${server.url}${address}`)).status, 404, address);
});

describe('in a browser', { skip: browserMissing }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  const readTexts = (ids: readonly string[]) =>
    withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.url}/`);
      return Promise.all(ids.map(async (id) => (await page.locator(`#${id}`).textContent()) ?? ''));
    });

  for (const look of looks) {
    test(`is accessible, free of complaints and not too wide: ${look.width} pixels, ${look.colorScheme}`, async () => {
      await withPage(browser, look, async ({ page, complaints }) => {
        await page.goto(`${server.url}/`);
        assert.deepEqual(await findAccessibilityProblems(page), []);
        assert.equal(await measureOverflow(page), 0);
        assert.deepEqual(complaints, []);
      });
    });
  }

  test('offers requests that work for whoever knows the administrator’s credentials', async () => {
    const [organizationId = '', shell = '', script = ''] = await readTexts([
      'organisation-id',
      'shell-request',
      'script-request',
    ]);
    assert.equal((await runShellRequest(shell, administrator))['OrganizationId'], organizationId);
    assert.ok((await runScriptRequest(script, administrator)).includes(`OrganizationId: '${organizationId}'`));
  });
});
