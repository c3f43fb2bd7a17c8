/** The stylesheet of the site's pages: from 320 pixels up, left to right or right to left, on screen and paper. */
import { designTokens } from './tokens.ts';

export const siteStyle: string = `${designTokens}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-block-start: var(--space-24); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-block-size: 100dvh; display: flex; flex-direction: column;
  background: var(--color-page); color: var(--color-text); font: var(--text-body)/1.6 var(--font);
}
.bar, main, footer { inline-size: 100%; max-inline-size: 76rem; margin-inline: auto; padding-inline: var(--space-16); }
h1, h2, h3, p, ul, ol, dl, dd, figure, pre { margin: 0; }
h1 { font-size: var(--text-display); line-height: 1.1; font-weight: 700; letter-spacing: -0.02em; text-wrap: balance; }
h2 { font-size: var(--text-title); line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: var(--text-body); line-height: 1.5; font-weight: 650; }
a { color: var(--color-accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
a:hover { color: var(--color-accent-strong); text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--color-focus); outline-offset: 2px; border-radius: var(--space-4); }
main:focus, section:focus { outline: none; }
code { font-family: var(--font-mono); font-size: 0.9em; overflow-wrap: anywhere; }
.quiet { color: var(--color-text-quiet); font-size: var(--text-small); }
.visually-hidden {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.skip {
  position: absolute; inset-block-start: var(--space-8); inset-inline-start: var(--space-8); z-index: 1;
  padding: var(--space-8) var(--space-16); background: var(--color-surface); border-radius: var(--radius-control);
}
.skip:not(:focus) { inline-size: 1px; block-size: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }

.bar {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between;
  gap: var(--space-8) var(--space-32); padding-block: var(--space-16);
}
.brand {
  display: inline-flex; align-items: center; gap: var(--space-8); color: inherit; text-decoration: none;
  font-size: var(--text-lead); font-weight: 650; letter-spacing: -0.01em;
}
.brand:hover { color: inherit; }
.mark { inline-size: 2rem; block-size: 2rem; flex: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 var(--space-24); padding: 0; list-style: none; }
nav a { display: inline-block; padding-block: var(--space-8); color: var(--color-text-quiet); font-size: var(--text-small); font-weight: 550; text-decoration: none; }
nav a:hover { color: var(--color-text); text-decoration: underline; }

.hero { display: grid; gap: var(--space-32); padding-block: var(--space-32) var(--space-48); }
.eyebrow { margin-block-end: var(--space-12); color: var(--color-accent); font-size: var(--text-small); font-weight: 650; }
.lead { margin-block-start: var(--space-16); max-inline-size: 38rem; color: var(--color-text-quiet); font-size: var(--text-lead); line-height: 1.5; text-wrap: pretty; }
.card, .people, .code { background: var(--color-surface); border: 1px solid var(--color-line); border-radius: var(--radius-card); }
.card { padding: var(--space-24); box-shadow: var(--shadow-card); align-self: start; }
.card h2 { margin-block-end: var(--space-16); font-size: var(--text-lead); }
.card h2 span { display: block; color: var(--color-text-quiet); font-size: var(--text-small); font-weight: 400; letter-spacing: normal; }
.message { padding-block: var(--space-64); }
.message .button { margin-block-start: var(--space-32); }
.button {
  display: inline-block; padding: var(--space-12) var(--space-24); background: var(--color-accent); color: var(--color-on-accent);
  border: 1px solid transparent; border-radius: var(--radius-control); font-weight: 600; text-decoration: none;
}
.button:hover { background: var(--color-accent-strong); color: var(--color-on-accent); }

.section { display: grid; gap: var(--space-24); padding-block: var(--space-48); border-block-start: 1px solid var(--color-line); }
.intro > * + * { margin-block-start: var(--space-12); }
.intro ol { padding-inline-start: var(--space-24); }
.intro li + li { margin-block-start: var(--space-8); }
.content { min-inline-size: 0; container-type: inline-size; }
.content > * + * { margin-block-start: var(--space-12); }
.content > * + h3 { margin-block-start: var(--space-32); }

.facts { display: grid; gap: var(--space-16); }
.content > .facts { gap: 0; }
.content > .facts > div { padding-block: var(--space-12); border-block-end: 1px solid var(--color-line); }
.content > .facts > div:first-child { padding-block-start: 0; }
dt { color: var(--color-text-quiet); font-size: var(--text-small); }
dd { display: flex; align-items: center; justify-content: space-between; gap: var(--space-12); }
.copy {
  flex: none; padding: var(--space-4) var(--space-12); background: transparent; color: var(--color-accent);
  border: 1px solid var(--color-line); border-radius: var(--radius-control);
  font: 600 var(--text-small)/1.25 var(--font); cursor: pointer;
}
.copy:hover { background: var(--color-note); border-color: var(--color-accent); }
.copy[hidden] { display: none; }
.inline-copy { display: inline-flex; flex-wrap: wrap; align-items: center; gap: var(--space-8); }
.inline-copy code { font-weight: 600; }

.code { overflow: hidden; border-radius: var(--radius-control); background: var(--color-code); }
figcaption {
  display: flex; align-items: center; justify-content: space-between; gap: var(--space-12); min-block-size: 2.75rem;
  padding-block: var(--space-8); padding-inline: var(--space-16) var(--space-8);
  border-block-end: 1px solid var(--color-line); color: var(--color-text-quiet); font-size: var(--text-small); font-weight: 550;
}
pre { padding: var(--space-16); overflow-x: auto; line-height: 1.5; tab-size: 2; }
pre:focus-visible { outline-offset: -3px; }
pre code { font-size: var(--text-small); overflow-wrap: normal; }
.comment { color: var(--color-text-quiet); }

.people { inline-size: 100%; border-spacing: 0; overflow: hidden; }
.people :is(th, td) { padding: var(--space-12); text-align: start; vertical-align: baseline; }
.people tbody :is(th, td) { white-space: nowrap; }
.people :is(th, td):first-child { padding-inline-start: var(--space-16); }
.people thead th { color: var(--color-text-quiet); font-size: var(--text-small); font-weight: 550; }
.people tbody :is(th, td) { border-block-start: 1px solid var(--color-line); }
.people tbody th { font-weight: 600; }

.people tbody .reach { white-space: normal; color: var(--color-text-quiet); font-size: var(--text-small); }
.notes { padding-inline-start: var(--space-24); }
.notes li + li { margin-block-start: var(--space-8); }
.content > .facts + .notes { margin-block-start: var(--space-24); }
.addresses { padding: 0; list-style: none; }
.content > h3 + .addresses { margin-block-start: var(--space-4); }
.addresses li {
  display: grid; align-items: baseline; gap: 0 var(--space-24);
  padding-block: var(--space-12); border-block-start: 1px solid var(--color-line);
}
.addresses a { font-family: var(--font-mono); font-size: var(--text-small); overflow-wrap: anywhere; }
.tag {
  padding: 0 var(--space-8); border: 1px solid var(--color-line); border-radius: 1rem; background: var(--color-surface);
  color: var(--color-text-quiet); font-size: var(--text-small); white-space: nowrap;
}
footer { margin-block-start: auto; color: var(--color-text-quiet); font-size: var(--text-small); }
footer > div { padding-block: var(--space-32) var(--space-48); border-block-start: 1px solid var(--color-line); }
footer p { max-inline-size: 44rem; }
footer p + p { margin-block-start: var(--space-8); }

@container (max-width: 46rem) {
  .people, .people tbody, .people tr, .people :is(th, td) { display: block; }
  .people thead { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
  .people tr { padding: var(--space-12) var(--space-16); }
  .people tr + tr { border-block-start: 1px solid var(--color-line); }
  .people tbody :is(th, td, th:first-child) { padding: 0; border: 0; }
  .people .reach::before { content: 'Conversations: '; }
}
@media (min-width: 48rem) {
  .bar, main, footer { padding-inline: var(--space-32); }
}
@container (min-width: 38rem) {
  .addresses li { grid-template-columns: minmax(0, 1fr) 18rem; }
  .content > .facts > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); align-items: center; }
}
@media (min-width: 64rem) {
  .hero { grid-template-columns: minmax(0, 1fr) 28.5rem; gap: var(--space-64); padding-block: var(--space-48) var(--space-64); align-items: center; }
  .section { grid-template-columns: 17rem minmax(0, 1fr); gap: var(--space-64); }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .button, .skip { border: 1px solid; } }
@media print {
  body { background: none; }
  nav, .skip, .copy { display: none; }
  .bar, main, footer { max-inline-size: none; padding-inline: 0; }
  .card { box-shadow: none; }
  .section { break-inside: auto; padding-block: var(--space-24); }
  .code, .card, .people tr, .addresses li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; overflow: visible; }
}
`;
