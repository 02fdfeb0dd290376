/**
 * Mail: letters that lose no letter of Vietnamese, signed by DKIM, handed to a relay over SMTP with an answer for each
 * that tells what was taken, what was not, and what nobody knows.
 */
export { connect, type Connection, type Parcel } from './connection.ts'
export { readDkimKey, type DkimKey, type Header } from './dkim.ts'
export { prepareLetter, type Letter, type Mailbox, type Reader, type Sheet } from './letter.ts'
export { openPostOffice, type PostOffice } from './post-office.ts'
export { relayOfUrl, type Relay } from './relay.ts'
export { refusal, type Handover } from './smtp-answers.ts'
