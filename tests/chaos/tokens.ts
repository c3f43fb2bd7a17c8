/** Bearer tokens that outlive the server that issued them: the one that takes its place has its address, and all have the keys. */
import { randomUUID } from 'node:crypto';
import { asObject, type TestServer } from '../support/server.ts';

const clientId = 'chaos';
const clientSecret: string = randomUUID();
const demoPassword = 'parley-demo';

/** For every server of the group. */
export const tokenEnvironment: Readonly<Record<string, string>> = {
  PARLEY_ADMIN_CLIENT_ID: clientId,
  PARLEY_ADMIN_CLIENT_SECRET: clientSecret,
};

export type Tokens = {
  /** @param email of one of the demo's people; undefined: the administrator's application. @throws when the server does not answer */
  get(server: TestServer, email: string | undefined): Promise<string>;
  /** The next call asks for a new one. */
  forget(server: TestServer, email: string | undefined): void;
};

export function createTokens(): Tokens {
  const known = new Map<string, string>();
  const keyOf = ({ origin }: TestServer, email: string | undefined): string => `${origin} ${email ?? ''}`;
  return {
    async get(server, email) {
      const token = known.get(keyOf(server, email)) ?? (await requestToken(server, email));
      known.set(keyOf(server, email), token);
      return token;
    },
    forget: (server, email) => void known.delete(keyOf(server, email)),
  };
}

async function requestToken({ origin, org }: TestServer, email: string | undefined): Promise<string> {
  const scope = `${origin}/.default`;
  const application = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
  const person = { grant_type: 'password', client_id: 'parley-demo-cli', password: demoPassword, scope };
  const body = new URLSearchParams(email === undefined ? application : { ...person, username: email });
  const answer = await fetch(`${origin}/${org.tenantId}/oauth2/v2.0/token`, { method: 'POST', body });
  const json = asObject(await answer.json());
  const token = json['access_token'];
  if (typeof token !== 'string') throw new Error(`No token: ${JSON.stringify(json)}`);
  return token;
}
