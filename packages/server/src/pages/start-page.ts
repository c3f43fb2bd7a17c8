/** The start page: what this server is, what it serves, and the first request to it (outside contract, "Addresses"). */
import { demoPassword, demoPeople } from '../demo/demo-ids.ts';
import { roleIds } from '../organization/organization-ids.ts';
import type { Organization } from '../organization/prepare-organization.ts';
import { demoClientId } from '../sign-in/clients.ts';
import { renderCode, renderCopyButton, renderFacts } from './code-block.ts';
import {
  type RequestTarget,
  scriptFile,
  writeScriptCommand,
  writeScriptRequest,
  writeShellRequest,
} from './first-request.ts';
import { renderHtmlPage } from './html-page.ts';
import { escapeHtml } from './markup.ts';

export type StartPageView = {
  readonly organization: Organization;
  /** The origin that the page was asked for; every address on it starts there. */
  readonly origin: string;
  /** Every origin of the server. */
  readonly origins: readonly string[];
  /** The server made its own certificate authority. */
  readonly hasLocalAuthority: boolean;
};

type Section = { readonly id: string; readonly title: string; readonly intro: string; readonly content: string };

/** The page as an HTML document. It holds no secret: only what the demo publishes, and identifiers. */
export function renderStartPage(view: StartPageView): string {
  const { organization } = view;
  const sections = [
    describeFirstRequest(view),
    ...(organization.isDemo ? [describePeople()] : []),
    describeClients(view),
    describeAddresses(view),
  ];
  return renderHtmlPage({
    title: `${organization.name === 'Parley' ? '' : `${organization.name} - `}Parley`,
    contents: sections,
    main: `${renderIntroduction(view)}\n${sections.map(renderSection).join('\n')}`,
  });
}

function renderIntroduction({ organization, origin, origins }: StartPageView): string {
  const { hostname } = new URL(origin);
  const encrypted = origins.find((other) => other.startsWith('https:') && new URL(other).hostname === hostname);
  return `<div class="hero">
<div>
${organization.isDemo ? '<p class="eyebrow">Demo organisation</p>' : ''}
<h1>Parley is running</h1>
<p class="lead">Parley is an open, self-hosted omnichannel contact centre. Every conversation, agent and queue in it is a row that you read and write through a Dataverse-compatible Web API.</p>
</div>
<section class="card" aria-labelledby="organisation">
<h2 id="organisation"><span>Organisation </span>${escapeHtml(organization.name)}</h2>
${renderFacts([
  { id: 'tenant-id', name: 'Tenant id', value: organization.tenantId },
  { id: 'organisation-id', name: 'Organisation id', value: organization.organizationId },
  { id: 'origin', name: 'Address', value: origin },
  ...(encrypted === undefined || encrypted === origin
    ? []
    : [{ id: 'encrypted-origin', name: 'Address with TLS', value: encrypted }]),
])}
</section>
</div>`;
}

function renderSection({ id, title, intro, content }: Section): string {
  return `<section class="section" id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<div class="intro">
<h2 id="${id}-title">${escapeHtml(title)}</h2>
${intro}
</div>
<div class="content">
${content}
</div>
</section>`;
}

function describeFirstRequest({ organization, origin, hasLocalAuthority }: StartPageView): Section {
  const { hostname, protocol } = new URL(origin);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const target: RequestTarget = {
    origin,
    tenantId: organization.tenantId,
    isDemo: organization.isDemo,
    usesLocalAuthority: organization.isDemo && hasLocalAuthority && isLocal && protocol === 'https:',
  };
  const intro = organization.isDemo
    ? `<p>Paste the commands into a shell. They sign in as the demo supervisor and read the three newest conversations, with the labels and formatted values of every column.</p>`
    : `<p>This server has no default account. Whoever starts it chooses an administrator application.</p>
<ol>
<li>Set <code>PARLEY_ADMIN_CLIENT_ID</code> and <code>PARLEY_ADMIN_CLIENT_SECRET</code>, and start the server. It makes an application user with the System Administrator role.</li>
<li>Set the same two variables in your shell, and paste the commands there.</li>
</ol>`;
  return {
    id: 'first-request',
    title: 'Your first request',
    intro,
    content: `${renderCode({ id: 'shell-request', name: 'Shell, with curl', code: writeShellRequest(target), comment: '#' })}
<h3>The same in JavaScript</h3>
<p>With the <code>dynamics-web-api</code> package. Save this as <code>${scriptFile}</code>:</p>
${renderCode({ id: 'script-request', name: scriptFile, code: writeScriptRequest(target), comment: '//' })}
<p>Then run it with Node 20 or later:</p>
${renderCode({ id: 'script-command', name: 'Shell', code: writeScriptCommand(target), comment: '#' })}`,
  };
}

/** What people in a role see of the conversations. */
const reach: Readonly<Record<string, string>> = {
  [roleIds.systemAdministrator]: 'All',
  [roleIds.omnichannelSupervisor]: 'Business unit and below',
  [roleIds.omnichannelAgent]: 'Own, teams’ and shared',
};

function describePeople(): Section {
  const rows = demoPeople.map(
    ({ firstName, lastName, email, role }) => `<tr role="row">
<th role="rowheader" scope="row">${escapeHtml(`${firstName} ${lastName}`)}</th>
<td role="cell"><code>${escapeHtml(email)}</code></td>
<td role="cell">${escapeHtml(role.name)}</td>
<td role="cell" class="reach">${escapeHtml(reach[role.id] ?? '')}</td>
</tr>`,
  );
  return {
    id: 'people',
    title: 'Demo people',
    intro: `<p>They all have the password <span class="inline-copy"><code id="demo-password">${escapeHtml(demoPassword)}</code>${renderCopyButton('demo-password', 'password')}</span></p>
<p class="quiet">The password is public, so a demo only ever listens on the machine it runs on.</p>`,
    // The roles stay when the narrow layout makes the rows blocks.
    content: `<table role="table" class="people" aria-label="Demo people">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th><th role="columnheader" scope="col">Email</th><th role="columnheader" scope="col">Role</th><th role="columnheader" scope="col">Conversations seen</th></tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>`,
  };
}

function describeClients({ organization, origin }: StartPageView): Section {
  const { tenantId, isDemo } = organization;
  return {
    id: 'own-client',
    title: 'Your own client',
    intro: `<p>What an OAuth 2.0 library asks for. It finds endpoints and keys in the <a href="${escapeHtml(discoveryPath(tenantId))}">discovery document</a>.</p>`,
    content: `${renderFacts([
      { id: 'authority', name: 'Authority', value: `${origin}/${tenantId}` },
      { id: 'resource', name: 'Resource', value: origin },
      { id: 'scope', name: 'Scope', value: `${origin}/.default` },
      ...(isDemo ? [{ id: 'client-id', name: 'Client id for demo scripts', value: demoClientId }] : []),
    ])}
<ul class="notes">
<li><strong>Applications</strong> use client credentials and act as an application user.</li>
<li><strong>People</strong> sign in with an authorization code and PKCE, through a public client named in <code>PARLEY_PUBLIC_CLIENTS</code>.</li>
${isDemo ? `<li><strong>Demo scripts</strong> may use the password grant: client id <code>${demoClientId}</code>, no secret.</li>` : ''}
</ul>`,
  };
}

type Address = { readonly path: string; readonly what: string; readonly needsToken?: true };

function describeAddresses({ organization, hasLocalAuthority }: StartPageView): Section {
  const { isDemo } = organization;
  const groups: { title: string; addresses: Address[] }[] = [
    {
      title: 'Web API',
      addresses: [
        { path: '/api/data/v9.2/', what: 'Service document: the tables there are', needsToken: true },
        { path: '/api/data/v9.2/$metadata', what: 'Tables and operations as CSDL', needsToken: true },
        { path: '/api/data/v9.1/', what: 'The same API for clients of 9.1', needsToken: true },
        { path: '/api/data/v9.0/', what: 'The same API for clients of 9.0', needsToken: true },
      ],
    },
    {
      title: 'Sign-in',
      addresses: [{ path: discoveryPath('organizations'), what: 'OpenID Connect discovery document' }],
    },
    {
      title: 'Operations',
      addresses: [
        { path: '/health/live', what: 'The process runs' },
        { path: '/health/ready', what: 'It is ready for requests' },
        { path: '/metrics', what: 'Metrics for Prometheus' },
      ],
    },
  ];
  if (isDemo) {
    const authority = { path: '/demo/ca.pem', what: 'Certificate authority for TLS here' };
    groups.push({
      title: 'Demo',
      addresses: [
        { path: '/demo/org.json', what: 'Ids of people, work streams and queues' },
        ...(hasLocalAuthority ? [authority] : []),
      ],
    });
  }
  return {
    id: 'addresses',
    title: 'Addresses',
    intro: `<p>Everything is served here, on one port. Addresses marked <span class="tag">token</span> answer 401 without a bearer token.</p>`,
    content: groups
      .map(
        ({ title, addresses }) =>
          `<h3>${title}</h3>\n<ul class="addresses">${addresses.map(renderAddress).join('')}</ul>`,
      )
      .join('\n'),
  };
}

function renderAddress({ path, what, needsToken }: Address): string {
  const tag = needsToken === true ? ' <span class="tag">token</span>' : '';
  return `<li><span><a href="${escapeHtml(path)}" dir="ltr">${escapeHtml(path)}</a>${tag}</span> <span class="quiet">${escapeHtml(what)}</span></li>`;
}

/** @param tenant its id or an alias */
function discoveryPath(tenant: string): string {
  return `/${tenant}/v2.0/.well-known/openid-configuration`;
}
