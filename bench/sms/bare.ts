import { once } from 'node:events'
import type { Session } from '../../src/channels/sms/smpp/library.ts'
import { createRequire } from 'node:module'

/** What the package offers a client; the product's own list of it is of what it uses. */
interface Client {
  connect(options: object): Session & {
    bind_transceiver(fields: object, answered: () => void): void
    submit_sm(fields: object, answered: (pdu: { command_status: number }) => void): void
  }
}

/** Sends by the bare package, with nothing kept: submit, answer, receipt, answer. Resolves when every receipt has come. */
export async function sendBare(port: number, many: number, windowSize: number, words: string): Promise<void> {
  const session = (createRequire(import.meta.url)('smpp') as Client).connect({ host: '127.0.0.1', port })
  session.socket.setNoDelay(true)
  await once(session.socket, 'connect')
  await new Promise<void>((bound) => session.bind_transceiver({ system_id: 'bare', password: 'x' }, bound))
  let sent = 0
  let heard = 0
  await new Promise<void>((done) => {
    const next = () => {
      if (sent >= many) return
      const to = `8493${String(sent++).padStart(7, '0')}`
      const fields = {
        source_addr: 'LAOCAI',
        source_addr_ton: 5,
        destination_addr: to,
        dest_addr_ton: 1,
        dest_addr_npi: 1,
      }
      session.submit_sm({ ...fields, registered_delivery: 1, data_coding: 0, short_message: Buffer.from(words) }, next)
    }
    session.on('deliver_sm', (pdu) => {
      session.send(pdu.response())
      heard += 1
      if (heard === many) done()
    })
    for (let at = 0; at < windowSize; at += 1) next()
  })
  session.close()
}
