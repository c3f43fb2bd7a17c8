/** What an unknown address answers: a page for people in a browser, a sentence for programs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendText } from '../http/router.ts';
import { renderHtmlPage, sendHtmlPage } from './html-page.ts';

const page = renderHtmlPage({
  title: 'Page not found - Parley',
  contents: [],
  main: `<div class="message">
<p class="eyebrow">Error 404</p>
<h1>There is nothing at this address</h1>
<p class="lead">It may have been mistyped, or it belongs to a part of Parley that is not running here.</p>
<p><a class="button" href="/">Go to the start page</a></p>
</div>`,
});

/** Answers 404; browsers say that they take `text/html`, programs that take anything get plain text. */
export function answerNotFound(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Accept');
  if (acceptsHtml(request.headers.accept ?? '')) sendHtmlPage(response, 404, page);
  else sendText(response, 404, 'There is nothing at this address.');
}

function acceptsHtml(accept: string): boolean {
  return /(?:^|,)\s*text\/html\s*(?:;(?!\s*q=0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)/i.test(accept);
}
