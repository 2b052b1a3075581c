import type { Encoding } from './charsets'

/** What a language looks like in characters beyond ASCII. */
export interface Language {
  name: string
  encodings: Encoding[]
  /** Lower-case letters, the usual ones first. */
  letters: string
  /** Whether its words mix these letters with those of ASCII. */
  isLatin: boolean
}

/** A language of thousands of characters: those that make up most of a text, and the class of the rest. */
export interface EastAsianLanguage {
  name: string
  encodings: Encoding[]
  /** Sets of characters with the share of a text that falls to each. */
  sets: { characters: string; share: number }[]
  /** The rest of the script, and the probability of one character of it. */
  rest: RegExp
  restProbability: number
}

const WESTERN: Encoding[] = ['windows-1252', 'iso-8859-15', 'macintosh']
const CENTRAL: Encoding[] = ['windows-1250', 'iso-8859-2']
const BALTIC: Encoding[] = ['windows-1257', 'iso-8859-13']
const CYRILLIC: Encoding[] = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic']

const latin = (name: string, encodings: Encoding[], letters: string): Language => {
  return { name, encodings, letters, isLatin: true }
}
const other = (name: string, encodings: Encoding[], letters: string): Language => {
  return { name, encodings, letters, isLatin: false }
}

export const LANGUAGES: readonly Language[] = [
  latin('French', WESTERN, 'éèàêçôâîùûïœëÿ'),
  latin('German', WESTERN, 'üäößéàè'),
  latin('Spanish', WESTERN, 'óíáéñúü¿¡ºª'),
  latin('Portuguese', WESTERN, 'ãçéáíõóêúâôàü'),
  latin('Italian', WESTERN, 'àèùìòé'),
  latin('Catalan', WESTERN, 'àéòèíóçúïü·'),
  latin('a Scandinavian language', WESTERN, 'äåøöæéü'),
  latin('Icelandic', WESTERN, 'áíðóéöþúæý'),
  latin('Dutch', WESTERN, 'éëïèöü'),
  latin('Polish', [...CENTRAL, 'iso-8859-16'], 'łęąóżśćńź'),
  latin('Czech', CENTRAL, 'áíěéřčžýšůúňďťó'),
  latin('Slovak', CENTRAL, 'áíéčýžľúšťôňäďóĺŕ'),
  latin('Hungarian', CENTRAL, 'áéöíóőüúű'),
  latin('Croatian or Slovene', CENTRAL, 'čšžćđ'),
  latin('Romanian', [...CENTRAL, 'iso-8859-16'], 'ăîâşţșț'),
  latin('Turkish', ['windows-1254'], 'ıüşğçöâîû'),
  latin('Lithuanian', BALTIC, 'ėšųąįžūčę'),
  latin('Latvian', BALTIC, 'āīēšņūļķģčž'),
  latin('Estonian', [...BALTIC, 'windows-1252', 'iso-8859-15'], 'äõüöšž'),
  latin('Vietnamese', ['windows-1258'], '\u0301\u0300\u0323đôưêơâă\u0309\u0303'),
  other('Russian', CYRILLIC, 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'),
  other(
    'Ukrainian',
    ['windows-1251', 'koi8-u', 'iso-8859-5', 'x-mac-cyrillic'],
    'оанівитерслкдумпязьбгйчхїжєшющцфґ',
  ),
  other('Bulgarian', ['windows-1251', 'ibm866', 'iso-8859-5'], 'аоиентрсвлкдпмзугябъчцщжшйюхфьѝ'),
  other('Serbian', ['windows-1251', 'iso-8859-5'], 'аоиенртсјвкудмплзгбчцхшђћџњљжф'),
  other('Greek', ['windows-1253', 'iso-8859-7'], 'αοιετσνρηυπκλμόςίγέάδωήώφθύβχξζψϊϋΐΰ'),
  other('Hebrew', ['windows-1255', 'iso-8859-8-i'], 'יוהלארבתמשנםעדקחפכגטסזןךץףצ'),
  other('Arabic', ['windows-1256', 'iso-8859-6'], 'اليمنترودبعفهكقسةحشجأصذخىطضءغثزظإئآؤ'),
  other('Thai', ['windows-874'], 'านรอก่เงมยลวด้ทสตะปบคหแจพชขใไ็ผโณึศซษถฐธภูุิีัํืำฉฟฝฮๆฯ์ญ'),
]

const PUNCTUATION = { characters: '、。，．・：；？！「」『』（）《》“”‘’…—～％　', share: 0.1 }
const HIRAGANA =
  'のにはをたがでてとしれさるいなもかすりこあらくっよまそきけどせわおえつうめやだちじばょみほゃげずへゅごびひぞぶねざふむぎろべぼゆ'
const KATAKANA = 'ーンルスイトリラクアッドシレタフログジムテプマコバデサメウカニオィエナブャセュキョパチェゲ'
const HALF_WIDTH_KATAKANA = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰﾞﾟ｡｢｣､･'

export const EAST_ASIAN_LANGUAGES: readonly EastAsianLanguage[] = [
  {
    name: 'Japanese',
    encodings: ['shift_jis', 'euc-jp'],
    sets: [
      PUNCTUATION,
      { characters: HIRAGANA, share: 0.42 },
      { characters: KATAKANA, share: 0.15 },
      { characters: HALF_WIDTH_KATAKANA, share: 0.01 },
      {
        characters:
          '日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男' +
          '西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不' +
          '作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止' +
          '送切転研足究待試早去字音注古図室歩風黒花赤館屋色走旅服数回利加可保存表示接続期限合部受定必要実処失敗認証設変更削除',
        share: 0.28,
      },
    ],
    rest: /[\u4e00-\u9fff\u3040-\u30ff]/,
    restProbability: 2e-5,
  },
  {
    name: 'Chinese (simplified)',
    encodings: ['gb18030'],
    sets: [
      PUNCTUATION,
      {
        characters:
          '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种' +
          '事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公' +
          '此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代' +
          '内信表化老给世位次度门任常先海通教儿原东提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四总何电数安少报' +
          '才结反受目太量再建务做接必场件计管期市直资命山金指许统区保至队形社便空决治展马科司五基书非则听界达光放强即难且权设' +
          '式色路记品住告类求据程北边该交规万取格术领确传请服器错误登录用户失败务密码删除查询',
        share: 0.68,
      },
    ],
    rest: /[\u4e00-\u9fff]/,
    restProbability: 5e-5,
  },
  {
    name: 'Chinese (traditional)',
    encodings: ['big5'],
    sets: [
      PUNCTUATION,
      {
        characters:
          '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種' +
          '事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第公' +
          '此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代' +
          '內信表化老給世位次度門任常先海通教兒原東提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報' +
          '才結反受目太量再建務做接必場件計管期市直資命山金指許統區保至隊形社便空決治展馬科司五基書非則聽界達光放強即難且權設' +
          '式色路記品住告類求據程北邊該交規萬取格術領確傳請服器錯誤登錄戶失敗密碼刪除查詢',
        share: 0.68,
      },
    ],
    rest: /[\u4e00-\u9fff]/,
    restProbability: 5e-5,
  },
  {
    name: 'Korean',
    encodings: ['euc-kr'],
    sets: [
      { ...PUNCTUATION, share: 0.02 },
      {
        characters:
          '이다는을의에가를하고지한도은로서기사자인나대해라만어시리수부일정전그장보들구주여상으제아니안위조게원우면적동성있습과' +
          '신들공었스용터비무진세소중금물할것경모오치학년유거선내계회방연명국문간였된발관실개없후러민생드될않입와려많미바비트' +
          '음등분같데당외출노저설마때체통야산말합더종류업반재파행차교화강된너번초결운식복력까양최심던록양각단질월올법호표직',
        share: 0.8,
      },
    ],
    rest: /[\uac00-\ud7a3]/,
    restProbability: 1e-4,
  },
]
