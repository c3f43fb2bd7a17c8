/**
 * Requests to copy from the start page and run as they are: a token, then rows. They are written for the origin that
 * the page was asked for, and tests run them.
 */
import { demoPassword, demoPerson } from '../demo/demo-ids.ts';
import { demoClientId } from '../sign-in/clients.ts';

export type RequestTarget = {
  readonly origin: string;
  readonly tenantId: string;
  /** The demo signs in as its supervisor; otherwise the administrator application does. */
  readonly isDemo: boolean;
  /** The origin's certificate is signed by the local authority of `/demo/ca.pem`. */
  readonly usesLocalAuthority: boolean;
};

const authorityFile = 'parley-demo-ca.pem';

/** For a POSIX shell with curl and sed. */
export function writeShellRequest(target: RequestTarget): string {
  const { origin, tenantId, isDemo, usesLocalAuthority } = target;
  const trust = usesLocalAuthority
    ? `
# The demo signs its own certificate: trust it in this shell
curl -sSk "$ORIGIN/demo/ca.pem" -o ${authorityFile}
export CURL_CA_BUNDLE="$PWD/${authorityFile}"
`
    : '';
  return `ORIGIN='${origin}'
TENANT='${tenantId}'
${trust}
# 1. Get a token
TOKEN=$(curl -sS "$ORIGIN/$TENANT/oauth2/v2.0/token" \\
${shellGrant(isDemo)}
  -d scope="$ORIGIN/.default" |
  sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')

# 2. ${isDemo ? 'Read the three newest conversations' : 'Ask who you are'}
${shellRead(isDemo)}
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Accept: application/json'${isDemo ? ` \\\n  -H 'Prefer: odata.include-annotations="*"'` : ''}
`;
}

function shellGrant(isDemo: boolean): string {
  return isDemo
    ? `  -d grant_type=password -d client_id=${demoClientId} \\
  -d username=${demoPerson.supervisor.email} -d password=${demoPassword} \\`
    : `  -d grant_type=client_credentials \\
  --data-urlencode "client_id=$PARLEY_ADMIN_CLIENT_ID" \\
  --data-urlencode "client_secret=$PARLEY_ADMIN_CLIENT_SECRET" \\`;
}

function shellRead(isDemo: boolean): string {
  return isDemo
    ? `curl -sS -G "$ORIGIN/api/data/v9.2/msdyn_liveconversations" \\
  -d '$select=msdyn_title,statuscode,msdyn_createdon' \\
  -d '$orderby=msdyn_createdon%20desc' \\
  -d '$top=3' \\`
    : `curl -sS "$ORIGIN/api/data/v9.2/WhoAmI" \\`;
}

export const scriptFile = 'first-request.mjs';

/** How to run the script in a shell. */
export function writeScriptCommand({ usesLocalAuthority }: RequestTarget): string {
  const trust = usesLocalAuthority ? `NODE_EXTRA_CA_CERTS=${authorityFile} ` : '';
  return `npm install dynamics-web-api\n${trust}node ${scriptFile}\n`;
}

/** A module for Node 20 or later with the `dynamics-web-api` package. */
export function writeScriptRequest({ origin, tenantId, isDemo }: RequestTarget): string {
  return `import { DynamicsWebApi } from 'dynamics-web-api';

const origin = '${origin}';
const tenant = '${tenantId}';

async function fetchToken() {
  const response = await fetch(\`\${origin}/\${tenant}/oauth2/v2.0/token\`, {
    method: 'POST',
    body: new URLSearchParams({
${scriptGrant(isDemo)}
      scope: \`\${origin}/.default\`,
    }),
  });
  const { access_token } = await response.json();
  return access_token;
}

const api = new DynamicsWebApi({
  serverUrl: origin,
  dataApi: { version: '9.2' },
  onTokenRefresh: fetchToken,
});

${scriptRead(isDemo)}
`;
}

function scriptGrant(isDemo: boolean): string {
  return isDemo
    ? `      grant_type: 'password',
      client_id: '${demoClientId}',
      username: '${demoPerson.supervisor.email}',
      password: '${demoPassword}',`
    : `      grant_type: 'client_credentials',
      client_id: process.env.PARLEY_ADMIN_CLIENT_ID,
      client_secret: process.env.PARLEY_ADMIN_CLIENT_SECRET,`;
}

function scriptRead(isDemo: boolean): string {
  return isDemo
    ? `const { value } = await api.retrieveMultiple({
  collection: 'msdyn_liveconversations',
  select: ['msdyn_title', 'statuscode', 'msdyn_createdon'],
  orderBy: ['msdyn_createdon desc'],
  top: 3,
  includeAnnotations: '*',
});
console.log(value);`
    : `console.log(await api.callFunction('WhoAmI'));`;
}
