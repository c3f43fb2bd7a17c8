/** Pages and documents that need no sign-in: the start page and, in the demo, what describes it. */
import { demoOrgDocument } from '../demo/demo-ids.ts';
import { type Page, sendJson, sendText } from '../http/router.ts';
import type { Organization } from '../organization/prepare-organization.ts';

export type SitePagesOptions = {
  readonly organization: Organization;
  /** The local authority's certificate as PEM; empty where the operator brought a certificate. */
  readonly authority: string;
};

export function sitePages({ organization, authority }: SitePagesOptions): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>();
  if (!organization.isDemo) return pages;
  const document = demoOrgDocument();
  pages.set('/demo/org.json', { methods: ['GET'], answer: (_, response) => sendJson(response, 200, document) });
  if (authority !== '')
    pages.set('/demo/ca.pem', {
      methods: ['GET'],
      answer: (_, response) => sendText(response, 200, authority, 'application/x-pem-file'),
    });
  return pages;
}
