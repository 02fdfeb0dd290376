/**
 * Identity: people of the staff (cán bộ), how they sign in, and their sessions. What a person may do comes from the roles
 * they hold in organisations, which the slice `organisation` keeps.
 */
export { changePassword, confirmTwoFactor, startTwoFactor, stopTwoFactor } from './account.ts'
export { anyPeople, credentialOf, personById, searchPeople, sessionsOf } from './identity.store.ts'
export { newPassword, SHORTEST_PASSWORD } from './password.ts'
export { addPerson, resetPassword, suspendPerson, type Issued } from './people.ts'
export { SESSION_IDLE_HOURS, SESSION_LONGEST_DAYS, type Person, type Session } from './person.ts'
export { endOtherSessions, endSession, personOfToken, type Opened } from './session.ts'
export { confirmSecondFactor, signIn, type SignedIn } from './sign-in.ts'
