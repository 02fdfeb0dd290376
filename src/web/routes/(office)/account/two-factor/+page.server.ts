import QRCode from 'qrcode'
import { confirmTwoFactor, startTwoFactor } from '#core/identity/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import type { FormState } from '#web/ui/form-state.ts'
import type { Actions } from './$types.ts'

// Secret and recovery codes are answered to the form itself and are on no address, so nothing can show them twice.
export const actions: Actions = {
  async start(event) {
    const data = await event.request.formData()
    try {
      const { secret, address } = await startTwoFactor(event.locals.ctx, {})
      const svg = await QRCode.toString(address, { type: 'svg', margin: 1 })
      const picture = `data:image/svg+xml,${encodeURIComponent(svg)}`
      return { ...NOTHING_WRONG, secret, picture }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
  async confirm(event) {
    const data = await event.request.formData()
    try {
      const { codes } = await confirmTwoFactor(event.locals.ctx, { code: fieldOf(data, 'code') })
      return { ...NOTHING_WRONG, codes }
    } catch (thrown) {
      return refuseForm(event, thrown, data, ['code'])
    }
  },
}

const NOTHING_WRONG: FormState = { typed: {}, problems: [] }
