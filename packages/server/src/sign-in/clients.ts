/**
 * OAuth clients: application users (confidential, client credentials only) and public clients for people.
 * Public clients are first-party: nobody is asked for consent.
 */
import type { ClientMetadata } from 'oidc-provider';
import { findApplication } from './accounts.ts';
import type { Database } from './database.ts';
import { nobodysHash } from './password-hash.ts';

export const demoClientId = 'parley-demo-cli';
const desktopClientId = 'parley-desktop';

export type PublicClient = {
  clientId: string;
  name: string;
  redirectUris: readonly string[];
  /** A native app: custom schemes, and loopback redirect URIs on any port (RFC 8252). */
  native?: boolean;
};

/** The metadata of every public client: Parley's own, and those configured. */
export function listPublicClients(
  origins: readonly string[],
  configured: readonly PublicClient[],
  demo: boolean,
): ClientMetadata[] {
  const desktop: PublicClient = {
    clientId: desktopClientId,
    name: 'Agent desktop',
    redirectUris: origins.flatMap((origin) => ['/desktop', '/desktop/', '/'].map((path) => `${origin}${path}`)),
  };
  const clients = [desktop, ...configured].map(describePublicClient);
  if (!demo) return clients;
  return [
    ...clients,
    {
      client_id: demoClientId,
      client_name: 'Demo scripts',
      token_endpoint_auth_method: 'none',
      grant_types: ['password', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    },
  ];
}

/** The metadata of an application user's client; its "secret" is the stored hash, compared by our own function. */
export async function findApplicationClient(database: Database, clientId: string): Promise<ClientMetadata | undefined> {
  const application = await findApplication(database, clientId);
  return application === undefined ? undefined : describeApplication(clientId.toLowerCase(), application.secretHash);
}

/** A client that nobody can be: an unknown client id is checked against it, so that it looks like a wrong secret. */
export function describeUnknownClient(clientId: string): ClientMetadata {
  return describeApplication(clientId, nobodysHash);
}

function describeApplication(clientId: string, secretHash: string): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: secretHash,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };
}

function describePublicClient({ clientId, name, redirectUris, native = false }: PublicClient): ClientMetadata {
  return {
    client_id: clientId,
    client_name: name,
    application_type: native ? 'native' : 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...redirectUris],
  };
}
