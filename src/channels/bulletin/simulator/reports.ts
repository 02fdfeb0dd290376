import { randomUUID } from 'node:crypto'

interface Reported {
  /** Where the mail was to come back to. */
  readonly returnTo: string
  /** Whom it was for. */
  readonly reader: string
  /** The message that is reported, whole. */
  readonly raw: string
}

/** A delivery status notification (RFC 3464) as a mail server writes one. */
export function writeBounce({ returnTo, reader, raw }: Reported, kind: 'failed' | 'delayed'): string {
  const status = kind === 'failed' ? '5.1.1' : '4.2.1'
  const told = kind === 'failed' ? `550 5.1.1 <${reader}>: no such user` : '451 4.2.1 will be tried again'
  return report('delivery-status', 'MAILER-DAEMON@sim.invalid', returnTo, 'Undelivered Mail Returned to Sender', [
    part('text/plain; charset=us-ascii', 'This is the mail system at host sim.invalid.'),
    part(
      'message/delivery-status',
      'Reporting-MTA: dns; sim.invalid',
      `Arrival-Date: ${new Date().toUTCString()}`,
      '',
      `Final-Recipient: rfc822; ${reader}`,
      `Action: ${kind}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${told}`,
    ),
    part('text/rfc822-headers', raw.slice(0, raw.indexOf('\r\n\r\n'))),
  ])
}

/** A report of abuse (ARF, RFC 5965) as the house of the reader writes one. */
export function writeComplaint({ returnTo, reader, raw }: Reported): string {
  return report('feedback-report', 'fbl@sim.invalid', returnTo, 'Abuse report', [
    part('text/plain; charset=us-ascii', 'This is an email abuse report.'),
    part(
      'message/feedback-report',
      'Feedback-Type: abuse',
      'User-Agent: Loa-Simulator/1',
      'Version: 1',
      `Original-Mail-From: <${returnTo}>`,
      `Original-Rcpt-To: <${reader}>`,
    ),
    part('message/rfc822', raw),
  ])
}

function report(type: string, from: string, to: string, subject: string, parts: readonly string[]): string {
  const boundary = `sim-${randomUUID()}`
  return [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@sim.invalid>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary="${boundary}"`,
    '',
    ...parts.map((body) => `--${boundary}\r\n${body}`),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

function part(type: string, ...lines: readonly string[]): string {
  return [`Content-Type: ${type}`, '', ...lines].join('\r\n')
}
