import { feedAnswer } from '../feed-answer.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = (event) => feedAnswer('rss', event)
