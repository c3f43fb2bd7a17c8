/** Reads the configured external token issuers and public clients, which come as JSON from the environment. */
import type { UserColumn } from './accounts.ts';
import type { PublicClient } from './clients.ts';

/** An issuer of bearer tokens other than Parley itself. */
export type ExternalIssuer = {
  /** As in the token's `iss`, compared exactly. */
  issuer: string;
  /** Accepted values of the token's `aud`. */
  audience: string | readonly string[];
  /** Where its keys are; unset: as its openid-configuration says. */
  jwksUri?: string;
  /** The claim that names the user. With this or `map` set, only that one match is tried. Default `oid`. */
  subjectClaim?: string;
  /** The column of systemuser that the claim is matched with. Default `azureactivedirectoryobjectid`. */
  map?: UserColumn;
};

const columns: Readonly<Record<UserColumn, true>> = {
  systemuserid: true,
  azureactivedirectoryobjectid: true,
  applicationid: true,
  domainname: true,
  internalemailaddress: true,
};

/** Parses the value of PARLEY_ISSUERS. Throws a RangeError that names the entry and what is wrong with it. */
export function parseIssuers(text: string | undefined): ExternalIssuer[] {
  return parseList(text, 'PARLEY_ISSUERS', (entry, where) => {
    const { issuer, audience, jwksUri, subjectClaim, map } = entry;
    const audiences = Array.isArray(audience) ? audience : [audience];
    if (!isUrl(issuer)) throw new RangeError(`${where}: "issuer" must be an http or https URL.`);
    if (audiences.length === 0 || !audiences.every(isText)) {
      throw new RangeError(`${where}: "audience" must be a text or a list of texts.`);
    }
    if (jwksUri !== undefined && !isUrl(jwksUri))
      throw new RangeError(`${where}: "jwksUri" must be an http or https URL.`);
    if (subjectClaim !== undefined && !isText(subjectClaim))
      throw new RangeError(`${where}: "subjectClaim" must be a text.`);
    if (map !== undefined && !isColumn(map)) {
      throw new RangeError(`${where}: "map" must be one of ${Object.keys(columns).join(', ')}.`);
    }
    return {
      issuer,
      audience: audiences,
      ...(jwksUri === undefined ? {} : { jwksUri }),
      ...(subjectClaim === undefined ? {} : { subjectClaim }),
      ...(map === undefined ? {} : { map }),
    };
  });
}

/** Parses further public clients: a JSON list of `{clientId, name, redirectUris, native?}`. */
export function parsePublicClients(text: string | undefined): PublicClient[] {
  return parseList(text, 'PARLEY_PUBLIC_CLIENTS', (entry, where) => {
    const { clientId, name, redirectUris, native = false } = entry;
    if (!isText(clientId)) throw new RangeError(`${where}: "clientId" must be a text.`);
    if (!isText(name)) throw new RangeError(`${where}: "name" must be a text.`);
    if (!Array.isArray(redirectUris) || redirectUris.length === 0 || !redirectUris.every(isText)) {
      throw new RangeError(`${where}: "redirectUris" must be a list of URLs.`);
    }
    if (typeof native !== 'boolean') throw new RangeError(`${where}: "native" must be true or false.`);
    return { clientId, name, redirectUris, native };
  });
}

function parseList<Entry>(
  text: string | undefined,
  name: string,
  parse: (entry: Record<string, unknown>, where: string) => Entry,
): Entry[] {
  if (text === undefined || text.trim() === '') return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(`${name} is not JSON.`, { cause });
  }
  if (!Array.isArray(list)) throw new RangeError(`${name} must be a JSON list.`);
  return list.map((entry: unknown, index) => {
    const where = `${name}, entry ${index + 1}`;
    if (typeof entry !== 'object' || entry === null) throw new RangeError(`${where}: must be an object.`);
    return parse({ ...entry }, where);
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isUrl(value: unknown): value is string {
  return isText(value) && ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? '');
}

function isColumn(value: unknown): value is UserColumn {
  return isText(value) && Object.hasOwn(columns, value);
}
