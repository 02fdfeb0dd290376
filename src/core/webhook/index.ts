/**
 * Webhook (hệ thống khác được báo): machines of others that are told what was released, corrected and withdrawn. Here are
 * the secrets by which they know us and every attempt with its answer; how it is called stands in the channel.
 */
export { endOldWebhookSecrets, makeWebhookSecret, signingSecrets } from './keep-secret.ts'
export { attemptsAt, attemptsOf, insertAttempt, secretsOf, type AttemptLine } from './webhook.store.ts'
export { ANSWER_BYTES, OVERLAP_DAYS, type WebhookAttempt, type WebhookEvent, type WebhookSecret } from './webhook.ts'
