/** Stylesheet, script and icon of the pages. The first two carry a hash of their content in their path, so browsers may keep them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Page, sendText } from '../http/router.ts';
import { faviconDocument, faviconPath } from './markup.ts';
import { siteStyle } from './site-style.ts';

const year = 'public, max-age=31536000, immutable';
const day = 'public, max-age=86400';

const copyScript = readFileSync(new URL('copy.js', import.meta.url), 'utf8');

export const stylePath: string = hashedPath('site', 'css', siteStyle);
export const scriptPath: string = hashedPath('copy', 'js', copyScript);

const icon = assetPage(faviconDocument, 'image/svg+xml', day);

/** The assets' pages by path. */
export const assetPages: ReadonlyMap<string, Page> = new Map([
  [stylePath, assetPage(siteStyle, 'text/css; charset=utf-8', year)],
  [scriptPath, assetPage(copyScript, 'text/javascript; charset=utf-8', year)],
  [faviconPath, icon],
  // Where browsers look when a document, such as JSON, names no icon.
  ['/favicon.ico', icon],
]);

function hashedPath(name: string, extension: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return `/pages/${name}.${hash}.${extension}`;
}

function assetPage(content: string, type: string, cacheControl: string): Page {
  return {
    methods: ['GET'],
    answer: (_, response) => {
      response.setHeader('Cache-Control', cacheControl);
      sendText(response, 200, content, type);
    },
  };
}
