import { paragraphsOf } from './blocks.ts'
import type { Paragraph } from './blocks.ts'
import type { Ground } from './ground.ts'
import type { AudienceFound, AudienceKind } from './reading.ts'

const PEOPLES =
  "kinh|tày|thái|mường|khmer|hoa|nùng|h ?['’]? ?mông|mông|dao|gia rai|ê đê|ba na|xơ đăng|sán chay|cơ ho|chăm|sán dìu|hrê|mnông|ra glai|xtiêng|bru|vân kiều|thổ|giáy|cơ tu|giẻ triêng|mạ|khơ mú|co|tà ôi|chơ ro|kháng|xinh mun|hà nhì|chu ru|lào|la chí|la ha|phù lá|la hủ|lự|lô lô|chứt|mảng|pà thẻn|co lao|cống|bố y|si la|pu péo|brâu|ơ đu|rơ măm|xá phó"

/** Whom the plan speaks to, over folded words; the longest of a place is kept. */
const SIGNS: readonly (readonly [AudienceKind, RegExp])[] = [
  [
    'age',
    /trẻ em(?: gái| trai| mồ côi| dưới \d+ tuổi)?|trẻ vị thành niên|vị thành niên|thanh,? ?thiếu niên|thanh thiếu nhi|thanh niên|thiếu niên|thiếu nhi|nhi đồng|học sinh(?:, sinh viên)?|sinh viên|người cao tuổi|người già|người từ đủ \d+ tuổi(?: trở lên)?|(?:từ )?\d+(?: ?- ?\d+| đến \d+) tuổi|phụ huynh|cha mẹ(?: học sinh)?/gu,
  ],
  ['sex', /phụ nữ(?: mang thai)?|trẻ em gái|nam giới|bé gái|phụ nữ và trẻ em/gu],
  [
    'ethnic',
    new RegExp(
      String.raw`đồng bào dân tộc(?: thiểu số)?|người dân tộc thiểu số|dân tộc thiểu số|(?:dân tộc|đồng bào|người) (?:${PEOPLES})(?![\p{L}])`,
      'gu',
    ),
  ],
  [
    'area',
    /vùng sâu(?:, vùng xa)?|vùng xa|vùng cao|vùng núi|miền núi|(?:khu vực |vùng |tuyến |xã )?biên giới|hải đảo|vùng (?:đồng bào )?dân tộc(?: thiểu số)?(?: và miền núi)?|vùng đặc biệt khó khăn|xã đặc biệt khó khăn|(?:vùng|địa bàn) trọng điểm|vùng có nguy cơ(?: cao)?|nông thôn|khu công nghiệp|khu dân cư|vùng ven biển|vùng giáp ranh|vùng lõm/gu,
  ],
  [
    'occupation',
    /công nhân(?: lao động)?|người lao động|nông dân|ngư dân|cán bộ, (?:đảng viên, )?công chức(?:, viên chức)?|giáo viên|lái xe|người điều khiển phương tiện|chủ (?:cơ sở|doanh nghiệp|nhà trọ|phương tiện)|đoàn viên(?:, hội viên)?|hội viên|tiểu thương|chiến sĩ|chức sắc(?:, chức việc)?|tín đồ|người có uy tín|già làng, trưởng bản|đảng viên|hộ kinh doanh/gu,
  ],
  [
    'risk',
    /đối tượng (?:có )?nguy cơ(?: cao)?|nhóm (?:có )?nguy cơ(?: cao)?|(?:người |những người )?có nguy cơ cao(?: trở thành nạn nhân)?|nạn nhân(?: bị mua bán)?|người khuyết tật|hộ nghèo(?:, (?:hộ )?cận nghèo)?|hộ cận nghèo|người nghèo|người yếu thế|nhóm yếu thế|người có công|người nghiện|người nhiễm hiv|trẻ em có hoàn cảnh đặc biệt|lao động di cư|người di cư/gu,
  ],
  [
    'everyone',
    /toàn dân(?! phòng| xây| bảo| đoàn)|mọi tầng lớp nhân dân|các tầng lớp nhân dân|quần chúng nhân dân|toàn thể nhân dân|mọi người dân|cộng đồng dân cư|đông đảo (?:người dân|nhân dân)|(?<=(?:cho|đến|tới|của|trong|để|vận động|với) )(?:người dân|nhân dân)/gu,
  ],
]

/** Every place an audience or area is named; inside a longer one of the same kind once. */
export function findAudiences(ground: Ground): AudienceFound[] {
  const found: AudienceFound[] = []
  const visit = (paragraph: Paragraph): void => {
    for (const [kind, sign] of SIGNS)
      for (const match of paragraph.folded.matchAll(sign)) {
        const start = paragraph.span[0] + match.index
        const after = paragraph.folded.charAt(match.index + match[0].length)
        const before = paragraph.folded.charAt(match.index - 1)
        if (/\p{L}/u.test(after) || /\p{L}/u.test(before)) continue
        // `Hội Phụ nữ`, `Đoàn Thanh niên`, `Sở Lao động` are bodies, not those spoken to.
        if (
          /(?:hội(?: liên hiệp)?|đoàn|liên đoàn|bộ|sở|phòng|ban|bảo vệ|uỷ ban|hội cựu) $/u.test(
            paragraph.folded.slice(Math.max(0, match.index - 16), match.index),
          )
        )
          continue
        found.push({
          kind,
          text: ground.text.slice(start, start + match[0].length).replace(/\s+/gu, ' '),
          span: [start, start + match[0].length],
          confidence: kind === 'everyone' ? 0.6 : 0.8,
        })
      }
    paragraph.children.forEach(visit)
  }
  paragraphsOf(ground).forEach(visit)
  return found.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
}
