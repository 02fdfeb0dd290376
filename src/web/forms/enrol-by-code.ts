import type { RequestEvent } from '@sveltejs/kit'
import QRCode from 'qrcode'
import { makeEnrolment } from '#core/station/index.ts'
import { fieldOf, NOTHING_TYPED } from './act.ts'
import { refuseForm } from './refused.ts'

/**
 * Gives the one-time code of the device in the form. It is answered to the form itself and is on no address, so nothing can
 * show it twice.
 */
export async function enrolByCode(event: RequestEvent) {
  const data = await event.request.formData()
  try {
    const { code, until, deviceCode } = await makeEnrolment(event.locals.ctx, { deviceId: fieldOf(data, 'device') })
    const svg = await QRCode.toString(`${event.url.origin}/speaker/enrol#${code}`, { type: 'svg', margin: 1 })
    const picture = `data:image/svg+xml,${encodeURIComponent(svg)}`
    return { ...NOTHING_TYPED, enrolment: { code, until, deviceCode, picture } }
  } catch (thrown) {
    return refuseForm(event, thrown, data)
  }
}
