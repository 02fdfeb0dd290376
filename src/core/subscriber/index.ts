/**
 * Subscriber (người đăng ký nhận tin): someone who asked to be sent messages. A list (danh sách nhận tin) is an outlet of
 * kind `subscribers`. The contact point lies sealed and is found by a keyed hash; only `contactsFor` opens many of them.
 */
export { askSubscription, CONSENT_WORDS } from './ask-subscription.ts'
export { askedBy, confirmSubscription, type AskedFor } from './confirm-subscription.ts'
export { CONTACT_KINDS, maskContact, readContact, type ContactKind } from './contact.ts'
export { contactsFor, maskedContacts, type Contact, type Recipient } from './contacts-for.ts'
export { endByStopWord } from './end-by-stop-word.ts'
export { eraseEffect, eraseSubscriber, subscriberOf, type EraseEffect } from './erase-subscriber.ts'
export { exportSubscriber, findSubscriber } from './export-subscriber.ts'
export { importSubscribers, previewSubscribers, type SubscriberPreview } from './import-subscribers.ts'
export { chooseLanguage, leaveList, membershipBy, type Membership } from './keep-wishes.ts'
export { memberLink, type Link } from './links.ts'
export { openLists } from './list.store.ts'
export { closeList, listOf, listsAfter, listsToChoose, openList, type List } from './list.ts'
export { SUBSCRIBER_COLUMNS, type SubscriberRow } from './subscriber-table.ts'
export {
  CONFIRM_DAYS,
  FORGET_DAYS,
  forgetSubscribersJob,
  sendConfirmationJob,
  sendConfirmationsWith,
  type Confirmation,
} from './subscriber.jobs.ts'
export {
  LIST_KEEPERS,
  SUBSCRIPTION_STATES,
  SUPPRESSION_REASONS,
  whyNotErase,
  type EndReason,
  type Subscriber,
  type Subscription,
  type SubscriptionState,
  type SuppressionReason,
} from './subscriber.ts'
export { countsOf, membersOf, subscriptionsOf, type Member } from './subscription.store.ts'
export { liftSuppression, suppress, suppressSubscriber } from './suppress.ts'
