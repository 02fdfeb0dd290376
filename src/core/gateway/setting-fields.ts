export type SettingValue = string | number | boolean

interface FieldOf<Shape extends string, Value extends SettingValue> {
  readonly shape: Shape
  /** What it is until somebody says otherwise. */
  readonly initial: Value
  /** It must not stay empty. */
  readonly needed?: boolean
  /** Seldom touched: a form folds it away. */
  readonly rare?: boolean
  /** The secret is sent there: whoever changes it gives the secret again. */
  readonly leadsTo?: boolean
}

/** One setting of a gateway. Worded under `gateway_setting_<name>`, with `gateway_hint_<name>` where that helps. */
export type SettingField =
  | FieldOf<'line' | 'text', string>
  | FieldOf<'yes', boolean>
  | (FieldOf<'number', number> & { readonly least: number; readonly most: number })
  /** Choices are worded under `gateway_choice_<choice>`. */
  | (FieldOf<'choice', string> & { readonly choices: readonly string[] })

export type SettingFields = Readonly<Record<string, SettingField>>

/** The settings that such fields make, each of its type. */
export type SettingsOf<Fields extends SettingFields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Fields[Name] extends { readonly shape: 'number' }
      ? number
      : Fields[Name] extends { readonly shape: 'yes' }
        ? boolean
        : string
}

/** What a gateway is set to; what nobody has set, or what is no value of its field, is as it is at first. */
export function settingsOf<Fields extends SettingFields>(
  fields: Fields,
  given: Readonly<Record<string, SettingValue>>,
): SettingsOf<Fields> {
  const values = Object.entries(fields).map(([name, field]) => {
    const value = given[name]
    return [name, value !== undefined && flawOf(field, value) === null ? value : field.initial]
  })
  return Object.fromEntries(values) as SettingsOf<Fields> // each value is of its field, as `flawOf` checks
}

/** What is wrong with a value: a code of the input refusals, with the limit it breaks. */
export function flawOf(field: SettingField, value: SettingValue): { code: string; limit?: number } | null {
  if (field.shape === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'number' }
    if (value < field.least) return { code: 'least', limit: field.least }
    return value > field.most ? { code: 'most', limit: field.most } : null
  }
  if (field.shape === 'yes') return typeof value === 'boolean' ? null : { code: 'other' }
  if (typeof value !== 'string') return { code: 'other' }
  if (field.shape === 'choice') return field.choices.includes(value) ? null : { code: 'picklist' }
  if (field.shape === 'line' && value.includes('\n')) return { code: 'other' }
  return field.needed && value.trim() === '' ? { code: 'required' } : null
}
