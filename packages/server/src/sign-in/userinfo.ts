/** The userinfo endpoint (OpenID Connect Core, 5.3) for our own access tokens, which are JWTs for the Web API. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findUser } from './accounts.ts';
import type { Database } from './database.ts';
import { describePerson } from './provider.ts';
import type { Verifier } from './verify-token.ts';

/** Answers with the claims about the person (or application user) that the bearer token stands for. */
export async function answerUserinfo(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { database, tenantId, verify }: { database: Database; tenantId: string; verify: Verifier },
): Promise<void> {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cache-Control', 'no-store');
  if (request.method === 'OPTIONS') {
    response.writeHead(204, {
      'Access-Control-Allow-Headers': 'Authorization',
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Max-Age': '3600',
    });
    response.end();
    return;
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const subject = token === undefined ? { problem: 'A bearer token is needed.' } : await verify(token);
  const user = 'problem' in subject ? undefined : await findUser(database, 'systemuserid', subject.systemUserId);
  if (user === undefined) {
    const problem = 'problem' in subject ? subject.problem : 'The user is disabled or gone.';
    response.setHeader('WWW-Authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    sendJson(response, 401, { error: 'invalid_token', error_description: problem });
    return;
  }
  sendJson(response, 200, describePerson(user, tenantId));
}

/** Sends a small JSON answer. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
