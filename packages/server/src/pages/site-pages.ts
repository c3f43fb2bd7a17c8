/** Pages and documents that need no sign-in: the start page, its assets and, in the demo, what describes it. */
import { demoOrgDocument } from '../demo/demo-ids.ts';
import { type Page, sendJson, sendText } from '../http/router.ts';
import type { Organization } from '../organization/prepare-organization.ts';
import { sendHtmlPage } from './html-page.ts';
import { assetPages } from './site-assets.ts';
import { renderStartPage } from './start-page.ts';

export type SitePagesOptions = {
  readonly organization: Organization;
  /** Every origin of the server. */
  readonly origins: readonly string[];
  /** The local authority's certificate as PEM; empty where the operator brought a certificate. */
  readonly authority: string;
};

/** The pages by path. */
export function sitePages({ organization, origins, authority }: SitePagesOptions): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>(assetPages);
  const hasLocalAuthority = authority !== '';
  pages.set('/', {
    methods: ['GET'],
    answer: (_, response, origin) =>
      sendHtmlPage(response, 200, renderStartPage({ organization, origin, origins, hasLocalAuthority })),
  });
  if (!organization.isDemo) return pages;
  const document = demoOrgDocument();
  pages.set('/demo/org.json', { methods: ['GET'], answer: (_, response) => sendJson(response, 200, document) });
  if (hasLocalAuthority)
    pages.set('/demo/ca.pem', {
      methods: ['GET'],
      answer: (_, response) => sendText(response, 200, authority, 'application/x-pem-file'),
    });
  return pages;
}
