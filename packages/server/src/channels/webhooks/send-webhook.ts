/**
 * One webhook, signed as Standard Webhooks says (https://www.standardwebhooks.com), and what its answer means for the next attempt.
 */
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { GuardedFetch } from './guarded-fetch.ts';

export type WebhookDelivery = {
  readonly url: string;
  /** `whsec_` and base64; several with spaces between while one replaces another: signed with each. */
  readonly secret: string;
  /** The same for every attempt: receivers tell repetitions by it. */
  readonly id: string;
  readonly body: string;
};

export type WebhookOutcome =
  | { readonly kind: 'delivered' }
  /** `afterMilliseconds`: the receiver said how long to wait. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMilliseconds: number | undefined }
  /** Will never be accepted. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The receiver wants no more of any (410). */
  | { readonly kind: 'gone' };

const timeoutMilliseconds = 10_000;
/** An answer's body is not used; a little is read so that the connection can be used again. */
const maximumAnswerBytes = 16 * 1024;
const maximumWaitMilliseconds = 60 * 60 * 1000;
/** Client errors that may pass: time-out, too early, too many. */
const passingClientErrors: ReadonlySet<number> = new Set([408, 425, 429]);

export async function sendWebhook(fetch: GuardedFetch, delivery: WebhookDelivery): Promise<WebhookOutcome> {
  // Receivers compare the time with their own clock, so it is the true one even while tests move the server's.
  const sentOn = new Date();
  const signature = sign(delivery, sentOn);
  if (signature === undefined)
    return { kind: 'rejected', reason: 'the webhook secret is missing or not whsec_ and base64' };
  const answer = await fetch.send({
    url: delivery.url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Parley',
      'webhook-id': delivery.id,
      'webhook-timestamp': String(Math.floor(sentOn.getTime() / 1000)),
      'webhook-signature': signature,
    },
    body: delivery.body,
    timeoutMilliseconds,
    maximumBytes: maximumAnswerBytes,
    onLongBody: 'cut',
  });
  switch (answer.kind) {
    case 'answered':
      return judgeAnswer(answer.status, answer.headers['retry-after'], sentOn.getTime());
    case 'refused':
      return { kind: 'rejected', reason: answer.reason };
    case 'failed':
      return { kind: 'retry', reason: answer.reason, afterMilliseconds: undefined };
  }
}

/** Undefined when a secret cannot be used. */
function sign({ secret, id, body }: WebhookDelivery, sentOn: Date): string | undefined {
  const secrets = secret.split(/\s+/).filter((one) => one !== '');
  if (secrets.length === 0) return undefined;
  try {
    return secrets.map((one) => new Webhook(one).sign(id, sentOn, body)).join(' ');
  } catch {
    return undefined;
  }
}

/**
 * @param retryAfter the header of that name: seconds or a date
 * @param now milliseconds since 1970
 */
export function judgeAnswer(status: number, retryAfter: string | undefined, now: number): WebhookOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone' };
  const reason = `answered ${status}`;
  if (status >= 400 && status < 500 && !passingClientErrors.has(status)) return { kind: 'rejected', reason };
  const isAskedToWait = status === 429 || status === 503;
  return { kind: 'retry', reason, afterMilliseconds: isAskedToWait ? parseRetryAfter(retryAfter, now) : undefined };
}

function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (!Number.isFinite(milliseconds)) return undefined;
  return Math.min(Math.max(milliseconds, 0), maximumWaitMilliseconds);
}

/** Attempts of one delivery: the last is made about an hour and a half after the first. */
export const maximumAttempts = 8;
const firstDelayMilliseconds = 1000;
const growth = 4;

/**
 * Milliseconds until the attempt after the given one (from 1): 1 s, 4 s, 16 s and so on, spread by a fifth to either side so that
 * what failed together does not come back together. The spread follows from the id: the same every time.
 */
export function backOff(attempt: number, id: string): number {
  const spread = createHash('sha256').update(`${id} ${attempt}`).digest().readUInt16BE(0) / 0xffff;
  return Math.round(firstDelayMilliseconds * growth ** (attempt - 1) * (0.8 + 0.4 * spread));
}
