import type { ChannelKey } from '../core/channel/index.ts'
import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { organisationsAsOf, type Organisation } from '../core/organisation/index.ts'
import { BARE_OUTLET_ROW, importOutlets, type OutletKind, type OutletRow } from '../core/outlet/index.ts'
import { placesAsOf } from '../core/place/index.ts'

interface Sample {
  readonly prefix: string
  readonly kind: OutletKind
  readonly channel: ChannelKey
  readonly means: 'machine' | 'manual'
  readonly nameOf: (body: Organisation) => string
  readonly fits: (body: Organisation) => boolean
}

/** Whose subscribers a province is reached by; carriers use no Loa, so that the department answers for what they report. */
const CARRIERS = ['Viettel', 'VinaPhone', 'MobiFone', 'Vietnamobile'] as const

const commune = ({ level }: Organisation) => level === 'commune'

/** What every commune has, by the kinds of its bodies; nobody has counted more than that for us. */
const SAMPLES: readonly Sample[] = [
  {
    prefix: 'BT',
    kind: 'notice_board',
    channel: 'notice_board',
    means: 'manual',
    nameOf: ({ name }) => `Bảng tin ${name}`,
    fits: (body) => commune(body) && body.kind === 'peoples_committee',
  },
  {
    prefix: 'BAO',
    kind: 'newsroom',
    channel: 'press',
    means: 'manual',
    nameOf: ({ name }) => name,
    fits: ({ kind }) => kind === 'press',
  },
  {
    prefix: 'CONG',
    kind: 'portal_page',
    channel: 'portal',
    means: 'machine',
    nameOf: () => 'Cổng công khai của đợt tuyên truyền',
    fits: ({ kind, level }) => kind === 'peoples_committee' && level === 'province',
  },
  {
    prefix: 'DS',
    kind: 'subscribers',
    channel: 'bulletin',
    means: 'machine',
    nameOf: () => 'Bản tin phòng, chống mua bán người',
    fits: ({ kind, level }) => kind === 'peoples_committee' && level === 'province',
  },
  ...CARRIERS.map((name): Sample => ({
    prefix: `NM-${name.toUpperCase()}`,
    kind: 'carrier',
    channel: 'sms',
    means: 'manual',
    nameOf: () => name,
    fits: ({ code }) => code === 'SVHTTDL-LC-2025',
  })),
]

/** Outlets behind which our own simulators stand: nobody else's machine is ever called by the demonstration. */
const PLAYED: readonly Pick<OutletRow, 'code' | 'name' | 'kind' | 'channel' | 'address'>[] = [
  { code: 'GL-TOASOAN', name: 'Tòa soạn giả lập', kind: 'newsroom', channel: 'press', address: '' },
  { code: 'GL-SMS', name: 'Danh sách nhận tin nhắn (giả lập)', kind: 'subscribers', channel: 'sms', address: '' },
  ...['good', 'busy', 'dies', 'refused'].map((path) => ({
    code: `GL-WEBHOOK-${path.toUpperCase()}`,
    name: `Hệ thống giả lập /${path}`,
    kind: 'webhook',
    channel: 'webhook',
    // The door is put in when the simulator is started.
    address: `http://127.0.0.1:1/${path}`,
  })),
]

/** The outlets of the demonstration, as the register of bodies has them today. */
export async function addDemonstrationOutlets(ctx: Ctx): Promise<void> {
  const today = dayAt(ctx.clock.now())
  const codes = new Map((await placesAsOf(ctx.db, today)).map(({ id, code }) => [id, code]))
  const bodies = await organisationsAsOf(ctx.db, today)
  const rows = SAMPLES.flatMap(({ prefix, fits, nameOf, ...sample }) =>
    bodies.filter(fits).map((body): OutletRow => ({
      ...BARE_OUTLET_ROW,
      ...sample,
      code: `${prefix}-${body.code}`,
      name: nameOf(body),
      place: codes.get(body.placeId) ?? '',
      organisation: body.code,
    })),
  )
  const province = bodies.find(({ kind, level }) => kind === 'peoples_committee' && level === 'province')
  if (!province)
    throw new Error('The reference has no committee of the province; see examples/lao-cai/organisations.tsv')
  const at = { place: codes.get(province.placeId) ?? '', organisation: province.code, means: 'machine' }
  await importOutlets(ctx, { rows: [...rows, ...PLAYED.map((row) => ({ ...BARE_OUTLET_ROW, ...row, ...at }))] })
}
