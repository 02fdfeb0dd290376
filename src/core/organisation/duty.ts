/** Duties that were divided when a body ended, named in `wording/` under `duty_…`; a table may name others in plain words. */
const DUTIES = [
  'press_publishing_grassroots_information',
  'information_technology',
  'social_protection',
  'labour',
] as const

/** Whether the duty is one with words of its own. */
export function isDuty(duty: string): duty is (typeof DUTIES)[number] {
  return DUTIES.some((one) => one === duty)
}
