import { formData } from '../proof-form/form-data.ts'
import { sendProof } from '../proof-form/send-proof.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals: { ctx, w }, url }) => formData(ctx, w, url, null)

export const actions: Actions = { default: sendProof }
