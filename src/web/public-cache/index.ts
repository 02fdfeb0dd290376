/** Public pages and feeds from memory: made once for each state of the portal, renewed with every change of it. */
export { cachePublic } from './public-cache.ts'
