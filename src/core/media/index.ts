/**
 * Media (tư liệu): pictures, sounds, films and papers by content hash, with whose they are and until when they may be
 * used. What is shown of a picture is made anew from its points; where it was taken is kept apart.
 */
export {
  addMedia,
  answerForFaces,
  describeMedia,
  KEEPERS,
  makeSizesAgain,
  shelveMedia,
  withdrawMedia,
} from './keep-media.ts'
export { makePicturesWith, makeSizesJob } from './media.jobs.ts'
export { blurredFrom, facesOf, locationOf, mediaById, mediaLike, mediaWhere, sizeOf } from './media.store.ts'
export { MEDIA_KINDS, whyNotInStory, whyNotShelve, whyNotUse, type Face, type Media, type MediaKind } from './media.ts'
export { noteMade, whenPictureMade } from './note-made.ts'
export type { MadePicture, PictureMaker } from './picture-maker.ts'
export { isHeic, sniffMedia, sniffZipped, ZIPPED, type Sniffed } from './sniff-media.ts'
