import { paragraphsOf } from './blocks.ts'
import type { Paragraph } from './blocks.ts'
import type { Ground } from './ground.ts'
import type { ChannelFound, ChannelName } from './reading.ts'

/** How each channel is written, over folded words. */
const SIGNS: readonly (readonly [ChannelName, RegExp])[] = [
  [
    'press',
    /phương tiện thông tin đại chúng|cơ quan báo chí|cơ quan thông tin đại chúng|cơ quan ?truyền thông(?! giáo)|đài phát thanh (?:và|-|–) ?truyền hình|báo và phát thanh|báo và đài|báo, đài|báo điện tử|báo chí|báo in|đài truyền hình|đài tiếng nói|thông tấn xã|truyền hình|chuyên trang, chuyên mục|tin, bài/gu,
  ],
  [
    'portal',
    /(?:trang|cổng) thông tin(?: điện tử| đối ngoại)?|trang\/ ?cổng|cổng tt ?đt|website|trang tin điện tử|trang điện tử/gu,
  ],
  ['social', /mạng xã hội|facebook|zalo|fanpage|youtube|tiktok|nền tảng số/gu],
  ['bulletin', /(?:trên |qua |, |và |các )(?:các )?(?:bản tin|tờ tin|tập san|nội san|đặc san)|tờ tin/gu],
  [
    'loudspeaker',
    /loa truyền thanh|đài truyền thanh|hệ thống (?:đài )?truyền thanh|truyền thanh (?:cơ sở|xã|phường|huyện|cấp|không dây|thông minh)|loa phát thanh|hệ thống loa|loa đài|loa phóng thanh|trạm truyền thanh|loa cầm tay|loa kéo|đài phát thanh(?!(?: và| -|-| –)? ?truyền hình)/gu,
  ],
  ['board', /bảng (?:điện tử|led)|màn hình (?:led|điện tử)|bảng tin điện tử|bảng tin công cộng/gu],
  ['notice_board', /bảng tin(?! điện tử| công cộng)|bảng thông báo|niêm yết/gu],
  ['panel', /pa ?- ?nô|pa nô|panô|pano|cụm cổ động/gu],
  ['poster', /áp ?- ?phích|áp phích|poster|bích chương/gu],
  [
    'picture',
    /(?<!đấu |chiến |cạnh )tranh (?:tuyên truyền|cổ động|ảnh|lật)|(?<!đấu |chiến |cạnh )tranh,|infographic|đồ hoạ|triển lãm (?:tranh|ảnh)/gu,
  ],
  ['leaflet', /tờ (?:rơi|rời|bướm)/gu],
  ['folder', /tờ gấp/gu],
  ['banner', /băng ?- ?r[ôo]n|băng rôn|băng zôn|băng-zôn|phướn|banner|khẩu hiệu trực quan|treo (?:các )?khẩu hiệu/gu],
  ['sms', /tin nhắn|sms/gu],
  [
    'mobile_team',
    /(?:đội|tổ) (?:tuyên truyền|truyền thông|thông tin) lưu động|tuyên truyền lưu động|thông tin lưu động|truyền thông lưu động|xe (?:loa|lưu động|tuyên truyền|cổ động)|đội chiếu (?:phim|bóng) lưu động|chiếu phim lưu động/gu,
  ],
  [
    'event',
    /mít ?- ?tinh|mít tinh|lễ phát động|lễ ra quân|ra quân|diễu hành|hội thi|cuộc thi|hội diễn|liên hoan|giao lưu|văn nghệ|văn hoá, nghệ thuật|triển lãm|ngày hội|tuần hành|hoạt động (?:văn hoá, )?thể thao/gu,
  ],
  [
    'talk',
    /toạ đàm|nói chuyện chuyên đề|tuyên truyền miệng|hội nghị (?:tuyên truyền|phổ biến)|báo cáo viên|sinh hoạt (?:chi bộ|chuyên đề|thôn|cộng đồng)|truyền thông trực tiếp|truyền thông nhóm|thăm hộ gia đình|tập huấn|hội thảo|họp (?:thôn|bản|dân|tổ)/gu,
  ],
  ['other', /hình thức (?:tuyên truyền )?(?:phù hợp )?khác/gu],
]

/** The channels that the folded words name, in the order of our list. */
export function channelsIn(folded: string): ChannelName[] {
  return SIGNS.filter(([, sign]) => folded.search(sign) >= 0).map(([channel]) => channel)
}

/** Each channel once for each paragraph that names it. */
export function findChannels(ground: Ground): ChannelFound[] {
  const found: ChannelFound[] = []
  const visit = (paragraph: Paragraph): void => {
    for (const [channel, sign] of SIGNS) {
      const match = paragraph.folded.matchAll(sign).next().value
      if (!match) continue
      const start = paragraph.span[0] + match.index
      found.push({
        channel,
        clause: paragraph.clause,
        span: [start, start + match[0].length],
        confidence: channel === 'talk' || channel === 'other' ? 0.7 : 0.9,
      })
    }
    paragraph.children.forEach(visit)
  }
  paragraphsOf(ground).forEach(visit)
  return found.sort((a, b) => a.span[0] - b.span[0])
}
