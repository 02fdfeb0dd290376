import { publicFigures } from '#core/figure/index.ts'
import { hotlinesToday } from '#core/portal/index.ts'
import type { LayoutServerLoad } from './$types.ts'

/** The number to call stands on every page, also on one that says that something went wrong. */
export const load: LayoutServerLoad = async ({ locals: { ctx, w } }) => ({
  hotlines: await hotlinesToday(ctx).catch(() => [{ name: w('portal_hotline_national'), number: '111' }]),
  figuresShown: await publicFigures(ctx.db).then(
    (chosen) => chosen?.shown ?? false,
    () => false,
  ),
})
