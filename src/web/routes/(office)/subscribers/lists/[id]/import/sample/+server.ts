import { writeSubscriberSample } from '#app/register-sheets.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = async () =>
  sendFile({ bytes: await writeSubscriberSample(), name: 'nguoi-nhan-tin.csv', mime: 'text/csv; charset=utf-8' })
