/** Calls to machines whose addresses people typed: looked up by us, held against a policy, pinned, bounded. */
export {
  checkAddress,
  GuardedFault,
  guardedRequest,
  type GuardedAnswer,
  type GuardedFaultKind,
  type GuardedOptions,
  type GuardedRequest,
  type Resolve,
} from './guarded-request.ts'
export { networkPolicy, type NetworkPolicy } from './network-policy.ts'
