/**
 * The HTML of sign-in, sign-out and errors. No script is needed: plain forms. The style carries a nonce, since the
 * content security policy allows nothing else.
 */
import { brandMark, escapeHtml, faviconPath } from '../pages/markup.ts';
import { designTokens } from '../pages/tokens.ts';

const style = `${designTokens}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-block-size: 100dvh; padding: var(--space-16); display: grid; place-items: center;
  background: var(--color-page); color: var(--color-text); font: var(--text-body)/1.5 var(--font);
}
main {
  inline-size: 100%; max-inline-size: 26rem; padding: var(--space-32); background: var(--color-surface);
  border-radius: var(--radius-card); box-shadow: var(--shadow-card);
}
.brand {
  display: flex; align-items: center; gap: var(--space-8); margin: 0 0 var(--space-24);
  font-size: var(--text-lead); font-weight: 650; letter-spacing: -0.01em;
}
.mark { inline-size: 2rem; block-size: 2rem; flex: none; }
h1 { margin: 0; font-size: var(--text-title); line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
p { margin: var(--space-8) 0 0; overflow-wrap: anywhere; }
.quiet { color: var(--color-text-quiet); }
form { margin-block-start: var(--space-24); display: grid; gap: var(--space-16); }
label { display: block; margin-block-end: var(--space-4); font-size: var(--text-small); font-weight: 600; }
input:not([type=hidden]) {
  inline-size: 100%; padding: var(--space-12); color: inherit; font: inherit; background: transparent;
  border: 1px solid var(--color-control-line); border-radius: var(--radius-control);
}
input[aria-invalid=true] { border-color: var(--color-danger); box-shadow: inset 0 0 0 1px var(--color-danger); }
.actions { display: grid; gap: var(--space-8); margin-block-start: var(--space-24); }
form .actions { margin-block-start: var(--space-8); }
button, .button {
  display: block; inline-size: 100%; padding: var(--space-12) var(--space-16); font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer; border: 1px solid transparent;
  border-radius: var(--radius-control);
}
.primary { background: var(--color-accent); color: var(--color-on-accent); }
.primary:hover { background: var(--color-accent-strong); }
.secondary { background: transparent; color: var(--color-accent); border-color: var(--color-line); }
.secondary:hover { background: var(--color-note); }
:focus-visible { outline: 3px solid var(--color-focus); outline-offset: 2px; }
.alert, .note {
  margin-block-start: var(--space-16); padding: var(--space-12) var(--space-16); border-radius: var(--radius-control);
  font-size: var(--text-small);
}
.alert { color: var(--color-danger); background: var(--color-danger-surface); border-inline-start: 4px solid; }
.note { background: var(--color-note); }
code { font-family: var(--font-mono); }
@media (max-width: 30rem) { body { padding: 0; place-items: stretch; } main { max-inline-size: none; border-radius: 0; box-shadow: none; padding: var(--space-24); } }
@media (forced-colors: active) { main, button, .button { border: 1px solid; } }
`;

/**
 * The sign-in form. `problem` is what went wrong with the last try; `mustWait` says that nothing typed can help now;
 * `email` is what was typed or hinted.
 */
export function renderSignInPage(page: {
  nonce: string;
  action: string;
  clientName: string | undefined;
  email: string;
  problem: string | undefined;
  mustWait: boolean;
  demo: boolean;
}): string {
  const { action, clientName, email, problem, mustWait, demo } = page;
  const invalid = problem === undefined || mustWait ? '' : ' aria-invalid="true" aria-describedby="problem"';
  // Focus goes to the first field to fill in; after a failure that is the password, the name being there already; to
  // the problem when there is nothing to do but read it.
  const target = email === '' ? 'email' : 'password';
  const focus = (id: string) => (id === target && !mustWait ? ' autofocus' : '');
  return renderPage(
    page.nonce,
    problem === undefined ? 'Sign in' : 'Error: sign in',
    `<h1>Sign in</h1>
<p class="quiet">${clientName === undefined ? 'Use your Parley account.' : `Use your Parley account to open ${escapeHtml(clientName)}.`}</p>
${problem === undefined ? '' : `<p class="alert" role="alert" id="problem"${mustWait ? ' tabindex="-1" autofocus' : ''}>${escapeHtml(problem)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<div><label for="email">Email</label>
<input id="email" name="email" type="text" inputmode="email" dir="auto" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="1024" required value="${escapeHtml(email)}"${focus('email')}${invalid}></div>
<div><label for="password">Password</label>
<input id="password" name="password" type="password" dir="auto" autocomplete="current-password" maxlength="1024" required${focus('password')}${invalid}></div>
<div class="actions"><button class="primary" type="submit">Sign in</button>
<button class="secondary" type="submit" name="cancel" value="yes" formnovalidate>Cancel</button></div>
</form>
${demo ? '<p class="note">This is a demo. Sign in as <code>agent1@parley.demo</code> with the password <code>parley-demo</code>.</p>' : ''}`,
  );
}

/** Asks whether to sign out. `form` is the provider's form element with its hidden fields and id `op.logoutForm`. */
export function renderSignOutPage(page: { nonce: string; form: string }): string {
  return renderPage(
    page.nonce,
    'Sign out',
    `<h1>Sign out of Parley?</h1>
<p class="quiet">This ends your session in this browser, for every page of Parley.</p>
${page.form}
<div class="actions"><button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button class="secondary" type="submit" form="op.logoutForm">Stay signed in</button></div>`,
  );
}

/** A page with a title, a sentence and a way back to the start page. */
export function renderMessagePage(page: { nonce: string; title: string; message: string; code?: string }): string {
  return renderPage(
    page.nonce,
    page.title,
    `<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.message)}</p>
${page.code === undefined ? '' : `<p class="quiet">Error code: <code>${escapeHtml(page.code)}</code></p>`}
<div class="actions"><a class="button secondary" href="/">Go to the start page</a></div>`,
  );
}

/**
 * The content security policy of these pages. `formTargets` are where a posted form may end up: browsers apply
 * form-action to the redirects that follow as well. The empty script-src lets the provider add hashes of its own.
 */
export function writeContentSecurityPolicy(nonce: string, formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    'script-src',
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
  ].join('; ');
}

/** The form-action source for a redirect URI: its origin, or its scheme when it is an app's own scheme. */
export function formTargetOf(redirectUri: unknown): string[] {
  const url = typeof redirectUri === 'string' ? URL.parse(redirectUri) : null;
  if (url === null) return [];
  return [url.origin === 'null' ? url.protocol : url.origin];
}

function renderPage(nonce: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Parley</title>
<link rel="icon" href="${faviconPath}" type="image/svg+xml">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<p class="brand">${brandMark}Parley</p>
${content}
</main>
</body>
</html>
`;
}
