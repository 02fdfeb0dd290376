/** Where a newsroom reads and answers. Its secret is part of each address: none of them is for anybody else. */
export const PRESS_PATHS = {
  wire: (token: string) => `/bao-chi/${token}`,
  ninjs: (token: string) => `/bao-chi/${token}/ninjs.json`,
  rss: (token: string) => `/bao-chi/${token}/rss.xml`,
  picture: (token: string, media: string) => `/bao-chi/${token}/anh/${media}.jpg`,
  answer: (token: string) => `/bao-chi/tra-loi/${token}`,
} as const

/** The same as whole addresses, for feeds and letters. */
export interface PressAddresses {
  readonly wire: string
  readonly picture: (mediaId: string) => string
  readonly answer: (token: string) => string
}

export function pressAddresses(origin: string, token: string): PressAddresses {
  return {
    wire: origin + PRESS_PATHS.wire(token),
    picture: (mediaId) => origin + PRESS_PATHS.picture(token, mediaId),
    answer: (answerToken) => origin + PRESS_PATHS.answer(answerToken),
  }
}
