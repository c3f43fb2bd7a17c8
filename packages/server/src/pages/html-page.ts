/** The frame of the site's pages: head, skip link, header and footer, and the headers they are sent with. */
import type { ServerResponse } from 'node:http';
import { sendText } from '../http/router.ts';
import { brandMark, escapeHtml, faviconPath } from './markup.ts';
import { scriptPath, stylePath } from './site-assets.ts';

export type HtmlPage = {
  readonly title: string;
  /** Sections to jump to, by their ids. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  /** HTML of the main landmark. */
  readonly main: string;
};

/** The page as an HTML document. */
export function renderHtmlPage({ title, contents, main }: HtmlPage): string {
  const links = contents.map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`);
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${faviconPath}" type="image/svg+xml">
<link rel="stylesheet" href="${stylePath}">
<script type="module" src="${scriptPath}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="brand" href="/">${brandMark}<span>Parley</span></a>
${links.length === 0 ? '' : `<nav aria-label="On this page"><ul>${links.join('')}</ul></nav>`}
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><div>
<p>Parley is independent software. It is not made, endorsed or supported by Microsoft; Microsoft, Dataverse and Dynamics 365 are trademarks of the Microsoft group of companies.</p>
<p>Free to use, change and share under the MIT License.</p>
</div></footer>
<p id="announcement" class="visually-hidden" role="status"></p>
</body>
</html>
`;
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends a page made by {@link renderHtmlPage}. */
export function sendHtmlPage(response: ServerResponse, status: number, html: string): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  response.setHeader('Referrer-Policy', 'no-referrer');
  // The page names the origin it was asked for, and the organisation may change with the next start.
  response.setHeader('Cache-Control', 'no-store');
  sendText(response, status, html, 'text/html; charset=utf-8');
}
