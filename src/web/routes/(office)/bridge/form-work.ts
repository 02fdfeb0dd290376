import { redirect, type RequestEvent } from '@sveltejs/kit'
import { refuseForm } from '#web/forms/refused.ts'

/** A form whose work is more than one action, as packing a file before it is noted: goes on by `then`, or says why not. */
export function formWork(work: (data: FormData, event: RequestEvent) => Promise<string>) {
  return async (event: RequestEvent) => {
    const data = await event.request.formData()
    let then: string
    try {
      then = await work(data, event)
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    return redirect(303, then)
  }
}
