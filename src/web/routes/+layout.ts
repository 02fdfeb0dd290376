// Pages work without scripts; the few that smooth something load a small file of their own.
export const csr = false
export const prerender = false
