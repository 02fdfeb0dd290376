import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { as } from '../../../app/stations.build.ts'
import type { Ctx } from '../../../core/kernel/index.ts'
import { giveDeviceFiles } from '../../device-files.ts'
import { POST as takeEnrolment } from './enrol/+server.ts'

/** The pages of devices as the office serves them, without the office. */
export async function servePages(ctx: Ctx) {
  const asked: number[] = []
  const nobody = as(ctx, { kind: 'nobody' })
  const answer = async (request: IncomingMessage): Promise<Response> => {
    const url = new URL(request.url ?? '/', 'http://loa.example')
    const headers = new Headers(request.headers as Record<string, string>)
    const given = { locals: { ctx: nobody }, getClientAddress: () => '127.0.0.1' }
    const body = new Uint8Array(await buffer(request))
    return takeEnrolment({ ...given, request: new Request(url, { method: 'POST', headers, body }) } as never)
  }
  const files = giveDeviceFiles(nobody, (request, response) => {
    void answer(request).then((answered) => {
      response.writeHead(answered.status, Object.fromEntries(answered.headers))
      if (answered.body) Readable.fromWeb(answered.body as never).pipe(response)
      else response.end()
    })
  })
  const server = createServer((request, response) => {
    if (request.method === 'GET') response.once('finish', () => asked.push(response.statusCode))
    files(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    asked,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
