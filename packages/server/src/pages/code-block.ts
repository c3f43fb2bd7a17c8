/** Things on a page to copy: blocks of code, and named values. Without the script of the page they are selected by hand. */
import { escapeHtml } from './markup.ts';

/** A button that copies the text of the element with the id; `name` says what that is. The page's script shows it. */
export function renderCopyButton(id: string, name: string): string {
  return `<button type="button" class="copy" data-copies="${id}" hidden><span data-label>Copy</span><span class="visually-hidden"> ${escapeHtml(name)}</span></button>`;
}

/** A block of code, which scrolls by itself when it is wider than the page. Lines that start with `comment` are set back. */
export function renderCode(block: { id: string; name: string; code: string; comment: string }): string {
  const { id, name, code, comment } = block;
  const lines = code
    .trimEnd()
    .split('\n')
    .map((line) => {
      const html = escapeHtml(line);
      return line.startsWith(comment) ? `<span class="comment">${html}</span>` : html;
    });
  return `<figure class="code">
<figcaption><span id="${id}-name">${escapeHtml(name)}</span>${renderCopyButton(id, name)}</figcaption>
<pre dir="ltr" tabindex="0" role="region" aria-labelledby="${id}-name"><code id="${id}">${lines.join('\n')}\n</code></pre>
</figure>`;
}

/** Named values, each with a button to copy it. */
export function renderFacts(facts: readonly { id: string; name: string; value: string }[]): string {
  const items = facts.map(
    ({ id, name, value }) => `<div>
<dt>${escapeHtml(name)}</dt>
<dd><code id="${id}" dir="ltr">${escapeHtml(value)}</code>${renderCopyButton(id, name.toLowerCase())}</dd>
</div>`,
  );
  return `<dl class="facts">\n${items.join('\n')}\n</dl>`;
}
