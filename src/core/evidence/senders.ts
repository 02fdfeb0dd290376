import type { Role } from '../kernel/index.ts'

/** Who sends proof for their organisation: those who do its tasks and may keep media. */
export const SENDERS: readonly Role[] = ['campaign_officer', 'content_officer', 'press_officer', 'field_officer']

/** Who accepts, returns and looks on the spot, in a body that stands over the activity. */
export const ACCEPTORS: readonly Role[] = ['campaign_officer', 'leader', 'administrator']
