import { flawOf, settingsOf, type SettingField, type SettingFields, type SettingValue } from '#core/gateway/index.ts'
import type { Words } from '#app/wording/words.ts'
import { fieldOf } from '#web/forms/act.ts'

/** A setting as a form shows it. */
export interface ShownSetting {
  readonly name: string
  readonly label: string
  readonly hint: string | undefined
  readonly type: 'text' | 'number' | 'textarea' | 'select'
  readonly value: string
  readonly required: boolean
  readonly rare: boolean
  readonly choices: readonly { readonly value: string; readonly name: string }[]
}

const YES = 'yes'

/** The settings of a kind with what stands in them. */
export function settingsShown(
  w: Words,
  fields: SettingFields,
  standing: Readonly<Record<string, SettingValue>>,
): ShownSetting[] {
  const values = settingsOf(fields, standing)
  return Object.entries(fields).map(([name, field]) => {
    const hint = `gateway_hint_${name}`
    return {
      name: `settings.${name}`,
      label: w(`gateway_setting_${name}`),
      hint: w.has(hint) ? w(hint) : undefined,
      type: typeOf(field),
      value: typeof values[name] === 'boolean' ? (values[name] ? YES : '') : String(values[name]),
      required: field.needed === true,
      rare: field.rare === true,
      choices: choicesOf(w, field),
    }
  })
}

/** What a form says of a gateway besides its code and kind. */
export function gatewayOfForm(data: FormData, fields: SettingFields) {
  return {
    name: fieldOf(data, 'name').normalize('NFC'),
    organisation: fieldOf(data, 'organisation'),
    settings: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, valueOf(field, fieldOf(data, `settings.${name}`))]),
    ),
    secret: fieldOf(data, 'secret'),
    share: Number(fieldOf(data, 'share')),
    ratePerSecond: Number(fieldOf(data, 'ratePerSecond')),
    windowSize: Number(fieldOf(data, 'windowSize')),
    simulated: fieldOf(data, 'simulated') === YES,
  }
}

function valueOf(field: SettingField, typed: string): SettingValue {
  if (field.shape === 'yes') return typed === YES
  if (field.shape !== 'number') return typed.normalize('NFC').replaceAll('\r\n', '\n').trim()
  const number = typed.trim() === '' ? NaN : Number(typed)
  // What is no number stays as it was typed: the refusal says so at its field.
  return flawOf(field, number)?.code === 'number' ? typed : number
}

function typeOf({ shape }: SettingField): ShownSetting['type'] {
  if (shape === 'number') return 'number'
  if (shape === 'text') return 'textarea'
  return shape === 'line' ? 'text' : 'select'
}

function choicesOf(w: Words, field: SettingField): ShownSetting['choices'] {
  if (field.shape === 'yes') {
    return ['', YES].map((value) => ({ value, name: w(value === YES ? 'gateway_yes' : 'gateway_no') }))
  }
  if (field.shape !== 'choice') return []
  return field.choices.map((value) => ({ value, name: w(`gateway_choice_${value}`) }))
}
