/** The organisation's end of the channel in the chaos run: takes signed webhooks and remembers what came, in the order of arrival. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type WebhookReceiver = {
  readonly url: string;
  readonly secret: string;
  /** Ids of the webhooks, each once, in the order in which they came first: messages have the id of the message. */
  readonly received: ReadonlySet<string>;
  /** Webhooks that came again with the same id. */
  repeatedCount(): number;
  stop(): Promise<void>;
};

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const received = new Set<string>();
  let repeated = 0;
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      // Node joins repeated headers; these are single ones.
      const headers = request.headers as Record<string, string>;
      new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers);
      const id = headers['webhook-id'] ?? '';
      if (received.has(id)) repeated += 1;
      received.add(id);
      response.writeHead(204).end();
    } catch {
      // Broken off by the death of its sender, or not signed.
      response.writeHead(400).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/chaos`,
    secret,
    received,
    repeatedCount: () => repeated,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
