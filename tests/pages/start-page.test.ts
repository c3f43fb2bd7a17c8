/** The start page of the demo, its assets, and the page for unknown addresses (outside contract, "Addresses"). */
import assert from 'node:assert/strict';
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
import { rowsOf, startTestServer, type TestServer } from '../support/server.ts';
import { runScriptRequest, runShellRequest } from './run-request.ts';

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server?.stop());

const readText = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent()) ?? '';

describe('The start page in a browser', { skip: browserMissing }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  for (const look of looks) {
    test(`is accessible, free of complaints and not too wide: ${look.width} pixels, ${look.colorScheme}`, async () => {
      await withPage(browser, look, async ({ page, complaints }) => {
        await page.goto(`${server.origin}/`);
        assert.deepEqual(await findAccessibilityProblems(page), []);
        assert.equal(await measureOverflow(page), 0);
        assert.deepEqual(complaints, []);
      });
    });
  }

  test('keeps its layout right to left', async () => {
    await withPage(browser, { width: 320 }, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      await page.evaluate("document.documentElement.dir = 'rtl'");
      assert.deepEqual(await findAccessibilityProblems(page), []);
      assert.equal(await measureOverflow(page), 0);
      const heading = await page.locator('h1').boundingBox();
      assert.ok(heading !== null && heading.x + heading.width > 300, 'headings start at the right');
    });
  });

  test('offers a shell request that reads rows when it is pasted', async () => {
    const text = await withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      return readText(page, 'shell-request');
    });
    await assertConversations(await runShellRequest(text), server.origin);
  });

  test('offers the same over TLS, trusting the local authority', async () => {
    const { origin, text } = await withPage(browser, { ignoreHTTPSErrors: true }, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      const encrypted = await readText(page, 'encrypted-origin');
      await page.goto(`${encrypted}/`);
      return { origin: encrypted, text: await readText(page, 'shell-request') };
    });
    assert.match(origin, /^https:/);
    await assertConversations(await runShellRequest(text), origin);
  });

  test('offers a script for dynamics-web-api that reads rows when it is run', async () => {
    const text = await withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      return readText(page, 'script-request');
    });
    const printed = await runScriptRequest(text);
    assert.equal(printed.match(/msdyn_title:/g)?.length, 3, printed);
    assert.match(printed, /'statuscode@OData\.Community\.Display\.V1\.FormattedValue': '\w+/);
  });

  test('leads only to addresses that exist', async () => {
    const { links, targets } = await withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      return {
        links: await page.evaluate<string[]>("[...document.links].map((link) => link.getAttribute('href'))"),
        targets: await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)"),
      };
    });
    assert.ok(links.includes('/api/data/v9.2/$metadata') && links.includes('/metrics'), links.join());
    const authorization = `Bearer ${await server.adminToken()}`;
    for (const link of new Set(links)) {
      if (link.startsWith('#')) assert.ok(targets.includes(link.slice(1)), link);
      else {
        const headers: Record<string, string> = link.startsWith('/api/') ? { authorization } : {};
        const response = await fetch(`${server.origin}${link}`, { headers });
        await response.arrayBuffer();
        assert.equal(response.status, 200, link);
      }
    }
  });

  test('names the organisation, its ids and its people', async () => {
    await withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      assert.equal(await readText(page, 'tenant-id'), server.org.tenantId);
      assert.equal(await readText(page, 'organisation-id'), server.org.organizationId);
      assert.equal(await readText(page, 'origin'), server.origin);
      const rows = await page.locator('.people tbody tr').allInnerTexts();
      assert.equal(rows.length, server.org.users.length);
      for (const [index, { name, email, roles }] of server.org.users.entries())
        for (const text of [name, email, ...roles]) assert.ok(rows[index]?.includes(text), text);
    });
  });

  test('copies with the keyboard and says so', async () => {
    await withPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      await page.getByRole('button', { name: 'Copy tenant id' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), server.org.tenantId);
    });
  });

  test('is whole without scripts, and shows no button that would need one', async () => {
    await withPage(browser, { javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      assert.equal(await page.getByRole('button').count(), 0);
      assert.ok(await page.locator('#shell-request').isVisible());
    });
  });

  test('lets the keyboard skip to the content', async () => {
    await withPage(browser, {}, async ({ page }) => {
      await page.goto(`${server.origin}/`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    });
  });

  for (const look of looks) {
    test(`is matched by the page for unknown addresses: ${look.width} pixels, ${look.colorScheme}`, async () => {
      await withPage(browser, look, async ({ page, complaints }) => {
        await page.goto(`${server.origin}/no/such/page`);
        assert.equal(await page.locator('h1').textContent(), 'There is nothing at this address');
        assert.deepEqual(await findAccessibilityProblems(page), []);
        assert.equal(await measureOverflow(page), 0);
        assert.deepEqual(complaints, []);
        await page.getByRole('link', { name: 'Go to the start page' }).click();
        assert.equal(await page.locator('h1').textContent(), 'Parley is running');
      });
    });
  }
});

async function assertConversations(answer: Parameters<typeof rowsOf>[0], origin: string): Promise<void> {
  assert.equal(
    answer['@odata.context'],
    `${origin}/api/data/v9.2/$metadata#msdyn_liveconversations(msdyn_title,statuscode,msdyn_createdon)`,
  );
  const rows = rowsOf(answer);
  assert.equal(rows.length, 3);
  for (const row of rows) {
    assert.equal(typeof row['msdyn_title'], 'string');
    assert.equal(typeof row['statuscode@OData.Community.Display.V1.FormattedValue'], 'string');
  }
}

describe('The start page over HTTP', () => {
  test('allows nothing but its own files and may not be framed', async () => {
    const { headers } = await fetch(`${server.origin}/`);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
      assert.ok(policy.includes(rule), rule);
    assert.ok(!policy.join().includes('unsafe'));
  });

  test('answers HEAD like GET, without the body', async () => {
    for (const address of ['/', '/favicon.svg', '/no/such/page']) {
      const options = { headers: { accept: 'text/html' } };
      const get = await fetch(`${server.origin}${address}`, options);
      const head = await fetch(`${server.origin}${address}`, { ...options, method: 'HEAD' });
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get('content-length'), String((await get.arrayBuffer()).byteLength));
      assert.equal((await head.arrayBuffer()).byteLength, 0);
    }
  });

  test('refuses other methods', async () => {
    const response = await fetch(`${server.origin}/`, { method: 'POST', body: 'x' });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'GET');
  });

  test('names files that browsers may keep, since their paths change with them', async () => {
    const html = await (await fetch(`${server.origin}/`)).text();
    const files = [...html.matchAll(/(?:href|src)="(\/pages\/[^"]+)"/g)].map(([, file = '']) => file);
    assert.equal(files.length, 2);
    for (const file of files) {
      assert.match(file, /\.[0-9a-f]{12}\.(css|js)$/);
      const { status, headers } = await fetch(`${server.origin}${file}`);
      assert.equal(status, 200);
      assert.match(headers.get('cache-control') ?? '', /immutable/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  test('has an icon, also where browsers look by themselves', async () => {
    for (const address of ['/favicon.svg', '/favicon.ico']) {
      const response = await fetch(`${server.origin}${address}`);
      assert.equal(response.headers.get('content-type'), 'image/svg+xml');
      assert.match(await response.text(), /^<svg /);
    }
  });
});

describe('An unknown address', () => {
  test('answers people in HTML and programs in plain text', async () => {
    const cases = [
      ['text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'text/html; charset=utf-8'],
      ['application/json, text/html;q=0.5', 'text/html; charset=utf-8'],
      ['text/html;q=0, */*', 'text/plain; charset=utf-8'],
      ['*/*', 'text/plain; charset=utf-8'],
      ['application/json', 'text/plain; charset=utf-8'],
    ] as const;
    for (const [accept, type] of cases) {
      const response = await fetch(`${server.origin}/no/such/page`, { headers: { accept } });
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('content-type'), type, accept);
      assert.equal(response.headers.get('vary'), 'Accept');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
  });
});
