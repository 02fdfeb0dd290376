import { Agent, get } from 'node:http'
import { startKannel } from '../../src/channels/sms/peers/kannel.build.ts'

const AT_ONCE = 50

/** Kannel as a way to send so many texts: by HTTP, over connections that are kept, with a delivery report asked for each. */
export async function openKannel(centrePort: number, windowSize: number) {
  const kannel = await startKannel({ centrePort, windowSize, phoneUrl: 'http://127.0.0.1:1/' })
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  let from = 0
  return {
    async send(many: number, words: string): Promise<void> {
      const until = from + many
      const next = async (): Promise<void> => {
        while (from < until) {
          const to = `8494${String(from++).padStart(7, '0')}`
          const asked = new URLSearchParams({ from: 'LAOCAI', to, text: words, 'dlr-mask': '31' })
          await answered(`${kannel.sendUrl}&${asked}`, agent)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, next))
    },
    async stop() {
      agent.destroy()
      await kannel.stop()
    },
  }
}

function answered(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 202) resolve()
        else reject(new Error(`Kannel answered ${response.statusCode}`))
      })
    }).on('error', reject)
  })
}
