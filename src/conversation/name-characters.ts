// What names are made of, one character at a time: letters, marks that belong to a letter, digits, and some signs. A list of
// what may be, because what looks like a letter and is none (lines of boxes, strokes, currency) has no end [R47].

/** The scripts that people write today: tables 5 and 7 of Unicode's UAX 31, and Mongolian. */
const SCRIPTS = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Bopomofo',
  'Cyrillic',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Greek',
  'Gujarati',
  'Gurmukhi',
  'Han',
  'Hangul',
  'Hebrew',
  'Hiragana',
  'Kannada',
  'Katakana',
  'Khmer',
  'Lao',
  'Latin',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
  'Adlam',
  'Balinese',
  'Bamum',
  'Batak',
  'Canadian_Aboriginal',
  'Chakma',
  'Cham',
  'Cherokee',
  'Hanifi_Rohingya',
  'Javanese',
  'Kayah_Li',
  'Lepcha',
  'Limbu',
  'Lisu',
  'Mandaic',
  'Meetei_Mayek',
  'Miao',
  'Mongolian',
  'New_Tai_Lue',
  'Newa',
  'Nko',
  'Nyiakeng_Puachue_Hmong',
  'Ol_Chiki',
  'Osage',
  'Saurashtra',
  'Sundanese',
  'Syloti_Nagri',
  'Syriac',
  'Tai_Le',
  'Tai_Tham',
  'Tai_Viet',
  'Tifinagh',
  'Vai',
  'Wancho',
  'Yi',
].map((script) => String.raw`\p{Script=${script}}`)

const WRITTEN = `[${SCRIPTS.join('')}]`

/** Raised and phonetic letters modify others and belong to no name; but for the apostrophes that are letters (ʹ ʻ ʼ ʾ ʿ), as in Kaʻiulani. */
const MODIFIERS = String.raw`[[\p{Lm}&&[\p{scx=Common}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u02b0-\u02ff]]--[ʹʻʼʾʿ]]`

/** Mathematical and wide letters are of no script of their own. */
const LETTER = String.raw`[[\p{L}&&[${WRITTEN}\p{Script=Common}]]--${MODIFIERS}--\p{Default_Ignorable_Code_Point}]`

/** Those of the scripts, and what several share: accents, Arabic and Vedic signs, the voicing of kana. None that encloses or strikes out. */
const MARK = String.raw`[[[\p{M}&&${WRITTEN}]\u0300-\u036f\u064b-\u0655\u0670\u0951-\u0954\u3099\u309a]--\p{Me}--\p{Default_Ignorable_Code_Point}]`
const MARK_OF_A_LETTER = String.raw`(?<=${LETTER}[\p{M}\u200c\u200d]*)${MARK}`

/** The zero of Han numbers is counted among letters. */
const DIGIT = String.raw`[[\p{Nd}&&[${WRITTEN}\p{Script=Common}]]〇]`

/** What stands in names of people and rooms beside ASCII: quotes, dashes, dots, brackets, and the signs of scripts without which they are misspelt. */
const SIGN = String.raw`[\u0020-\u007e¡¿«»·°ªº‐-—‘’‚“”„‹›…•‧՚-՟־׳״،؛؟۔་༌ฯຯ፡-፨、。「」『』〈〉《》【】〜゠・！-～★☆♡♪♫]`

/** Pictures that are one character; but for letters of flags, which are none alone. */
const PICTURE = String.raw`[\p{Extended_Pictographic}--[\p{RI}\p{C}]]`

/** Matches one such character; to be read with the flag v. */
export const IN_A_NAME = `${LETTER}|${MARK_OF_A_LETTER}|${DIGIT}|${SIGN}|${PICTURE}`
