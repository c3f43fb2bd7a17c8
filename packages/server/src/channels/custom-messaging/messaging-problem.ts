/**
 * What the messaging API says when it says no: problem details (RFC 7807) with the codes of the behaviour reference, section 10.3.
 * Names and codes are the reference's, statuses and texts are Parley's.
 */
const problems = {
  organization: { code: 30001, status: 400, title: 'The header organization-id does not name this organization.' },
  channel: { code: 30002, status: 400, title: 'The header channel-id does not hold the id of a channel.' },
  notSupported: { code: 30003, status: 400, title: 'The channel does not support this.' },
  channelUnknown: { code: 30004, status: 400, title: 'No active custom messaging channel has this id.' },
  id: { code: 30005, status: 400, title: 'An id is not valid.' },
  timestamp: { code: 30006, status: 400, title: 'StartTimeStamp is not a time.' },
  conversationPageSize: { code: 30007, status: 400, title: 'PageSize is not a number from 1 to 250.' },
  messagePageSize: { code: 30008, status: 400, title: 'PageSize is not a number from 1 to 100.' },
  continuationToken: { code: 30009, status: 400, title: 'ContinuationToken is none that was handed out here.' },
  contextTooLarge: { code: 30010, status: 400, title: 'There are more than 100 context items.' },
  textTooLong: { code: 30011, status: 400, title: 'The text is too long.' },
  body: { code: 30012, status: 400, title: 'The body is not what is expected here.' },
  notFound: { code: 30013, status: 404, title: 'There is no such conversation on this channel.' },
  workStream: { code: 30014, status: 400, title: 'The channel has no work stream that takes conversations.' },
  notStorable: { code: 30015, status: 400, title: 'A text holds characters that cannot be stored.' },
  emptyMessage: { code: 30016, status: 400, title: 'The message is empty.' },
  // Without a code of the reference.
  notSignedIn: { code: null, status: 401, title: 'Send a bearer token.' },
  notAllowed: { code: null, status: 403, title: 'The caller may not use channels.' },
  pathUnknown: { code: null, status: 404, title: 'There is nothing at this address.' },
  method: { code: null, status: 405, title: 'This address does not take this method.' },
  conflict: { code: null, status: 409, title: 'The conversation does not take this now.' },
  tooLarge: { code: 30012, status: 413, title: 'The body is too large.' },
  range: { code: null, status: 416, title: 'The file has no such range.' },
  unexpected: { code: null, status: 500, title: 'Something went wrong here.' },
  busy: { code: null, status: 503, title: 'The server is busy.' },
} as const;

export type ProblemName = keyof typeof problems;

/** Thrown by whatever reads a request; becomes the answer in one place. */
export class MessagingProblem extends Error {
  readonly problem: ProblemName;

  /** @param detail a sentence about this very request */
  constructor(problem: ProblemName, detail: string = problems[problem].title) {
    super(detail);
    this.name = 'MessagingProblem';
    this.problem = problem;
  }

  get status(): number {
    return problems[this.problem].status;
  }

  /** The body of the answer, as `application/problem+json`. */
  toBody(correlationId: string): string {
    const { code, status, title } = problems[this.problem];
    return JSON.stringify({
      type: `urn:parley:messaging:${code ?? this.problem}`,
      title,
      status,
      detail: this.message,
      ...(code === null ? {} : { code }),
      correlationId,
    });
  }
}
