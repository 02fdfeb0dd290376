import { error, redirect } from '@sveltejs/kit'
import { paths, taskOfToken } from '#web/paths.ts'
import type { RequestHandler } from './$types.ts'

/** What the square on a printed sheet opens: the form of its task. The token is the task's id in fewer letters, no secret. */
export const GET: RequestHandler = ({ params }) => {
  const id = taskOfToken(params.token)
  return id ? redirect(303, paths.proof(id)) : error(404)
}
