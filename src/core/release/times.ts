/** Seconds a worker holds a row before others may take it for dead. */
export const LEASE_SECONDS = 60
/** Seconds after which a provider is first asked of a row nobody knows of. */
export const ASK_AFTER_SECONDS = 30
/** Hours after which a person is to find out what no provider could say. */
export const ASK_FOR_HOURS = 24
/** Hours for which a receipt is waited for; then nobody knows what became of the row. */
export const RECEIPT_WITHIN_HOURS = 48
/** Days for which a receipt waits for its row to know the reference it names. */
export const RECEIPT_KEPT_DAYS = 7
