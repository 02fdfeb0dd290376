/** XML written so that every parser reads back the very words. */
export { element, xmlDocument, type XmlElement } from './write-xml.ts'
