/**
 * Subscriber (người đăng ký nhận tin): someone who asked to be sent messages. A list (danh sách nhận tin) is an outlet of
 * kind `subscribers`. The contact point lies sealed and is found by a keyed hash; only `contactsFor` opens it.
 */
export { CONTACT_KINDS, maskContact, readContact, type ContactKind } from './contact.ts'
export { contactsFor, type Contact, type Recipient } from './contacts-for.ts'
export { endSubscriptions } from './end-subscriptions.ts'
export { suppress, SUPPRESSION_REASONS, type SuppressionReason } from './suppress.ts'
