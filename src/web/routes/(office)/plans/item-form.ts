import type { ItemKind, ItemValues } from '#core/plan/index.ts'

export interface ItemField {
  readonly name: string
  readonly type: 'text' | 'textarea' | 'date' | 'number' | 'select' | 'bodies' | 'channels'
  /** Wording keys of the choices of a select are `<prefix>_<value>`. */
  readonly choices?: readonly string[]
  readonly prefix?: string
}

const text = (name: string): ItemField => ({ name, type: 'text' })
const day = (name: string): ItemField => ({ name, type: 'date' })
const select = (name: string, prefix: string, choices: readonly string[]): ItemField => ({
  name,
  type: 'select',
  prefix,
  choices,
})
const words: ItemField = { name: 'text', type: 'textarea' }

export const CHANNEL_CHOICES = [
  ...['press', 'portal', 'social', 'bulletin', 'loudspeaker', 'board', 'notice_board', 'panel', 'poster', 'picture'],
  ...['leaflet', 'folder', 'banner', 'sms', 'mobile_team', 'event', 'talk', 'other'],
] as const

/** The fields a person fills in for an item of each kind. */
export const ITEM_FIELDS: Readonly<Record<ItemKind, readonly ItemField[]>> = {
  head: [text('type'), text('notation'), text('issuer'), text('place'), day('issuedOn'), { ...words, name: 'title' }],
  legal_basis: [text('type'), text('notation'), day('issuedOn'), text('issuer'), { ...words, name: 'title' }],
  period: [select('kind', 'plans_period', ['campaign', 'peak', 'day']), day('from'), day('to'), text('rhythm')],
  theme: [words, text('clause')],
  slogan: [words],
  hotline: [text('name'), text('number')],
  audience: [
    words,
    select('kind', 'plans_audience', ['age', 'sex', 'ethnic', 'area', 'occupation', 'risk', 'everyone']),
  ],
  target: [words, { name: 'value', type: 'number' }, { name: 'valueTo', type: 'number' }, text('unit')],
  channel: [select('channel', 'channel', CHANNEL_CHOICES), text('clause')],
  duty: [
    { name: 'assignees', type: 'bodies' },
    words,
    select('role', 'plans_role', ['all', 'lead', 'coordinate']),
    select('mode', 'plans_mode', ['ordered', 'asked']),
    { name: 'channels', type: 'channels' },
    day('deadline'),
    text('rhythm'),
    text('clause'),
  ],
}

/** What stands in the fields before anything is typed. */
export function typedOf<Kind extends ItemKind>(
  value: ItemValues[Kind],
  names: Readonly<Record<string, string>>,
): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'string' || typeof part === 'number') typed[name] = String(part)
  }
  if ('assignees' in value) {
    typed.assignees = value.assignees
      .flatMap(({ name, organisations }) =>
        organisations.length ? organisations.map((code) => names[code] ?? code) : [name],
      )
      .join('\n')
    typed.channels = value.channels.join(' ')
    typed.deadline = value.deadline?.to ?? ''
  }
  return typed
}
