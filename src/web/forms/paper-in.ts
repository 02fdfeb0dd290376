import { takePaper, type KeptPaper } from '#core/document/index.ts'
import { Refusal, refuseIf, type Ctx } from '#core/kernel/index.ts'

type May = (ctx: Ctx) => Promise<Refusal | null>

/** The paper in a form, kept; who may not file it keeps no file here. @throws Refusal `input.required`, `document.no_paper` */
export async function paperIn(ctx: Ctx, data: FormData, may: May): Promise<KeptPaper> {
  const paper = await paperOrNone(ctx, data, may)
  if (!paper) throw new Refusal('input.required', {}, 'file')
  return paper
}

export async function paperOrNone(ctx: Ctx, data: FormData, may: May): Promise<KeptPaper | null> {
  const file = data.get('file')
  if (!(file instanceof File) || file.size === 0) return null
  refuseIf(await may(ctx))
  return takePaper(ctx, new Uint8Array(await file.arrayBuffer()), file.name.normalize('NFC'))
}
