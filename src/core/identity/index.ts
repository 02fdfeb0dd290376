/**
 * Identity: people of the staff (cán bộ), how they sign in, and their sessions. What a person may do comes from the roles
 * they hold in organisations, which the slice `organisation` keeps.
 */
export { changePassword, confirmTwoFactor, startTwoFactor, stopTwoFactor } from './account.ts'
export { confirmSecondFactor } from './confirm-second-factor.ts'
export {
  anyPeople,
  credentialOf,
  emailOf,
  namesOfPeople,
  peopleAfter,
  personById,
  searchPeople,
  type PersonKey,
} from './identity.store.ts'
export { newPassword, SHORTEST_PASSWORD } from './password.ts'
export { addPerson, resetPassword, suspendPerson, type Issued } from './people.ts'
export { SESSION_IDLE_HOURS, SESSION_LONGEST_DAYS, type Person, type Session } from './person.ts'
export { sessionsOf } from './session.store.ts'
export { endOtherSessions, endSession, personOfToken, signOut, type Opened } from './session.ts'
export { signIn, type SignedIn } from './sign-in.ts'
export { whyNotManage } from './why-not-manage.ts'
