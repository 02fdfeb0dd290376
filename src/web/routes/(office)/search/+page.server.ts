import { searchEverything } from '#app/search.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const query = (url.searchParams.get('q') ?? '').normalize('NFC').trim().slice(0, 200)
  return { query, hits: query === '' ? [] : await searchEverything(ctx, query) }
}
