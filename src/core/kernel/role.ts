/** What a person may be in an organisation. A role holds in that organisation and everything below it. */
export const ROLES = [
  'administrator',
  'campaign_officer',
  'leader',
  'content_officer',
  'reviewer',
  'licence_officer',
  'press_officer',
  'field_officer',
  'observer',
] as const
export type Role = (typeof ROLES)[number]
