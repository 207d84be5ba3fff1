

export const FORMAT = "digest-search";
export const MANIFEST = "index.json";
export const VERSION = 2;
export const MAGIC = [68, 83, 2];
export const ONE_BYTE = 192;
export const TWO_BYTES = 16064;
export const LEVEL_WEIGHTS = [0.35, 0.5249999999999999, 0.7875, 1.18125, 1.7718749999999999, 2.6578125, 3.9867187499999996, 5.9800781249999995];
export const LARGE_CLASS = 5;
export const GONE = 6;
export const NAME_ALPHABET = "0123456789abcdefghijklmnopqrstuv";
export const NAME_LENGTH = 6;
export const CHECK_LENGTH = 2;
export const SHARD_PREFIX_HANGUL = 2;
export const SHARD_PREFIX_OTHER = 4;
export const LETTER_BITS = 1023;
export const PAIR_KEYS = 64;
export const PHRASE_KEYS = 128;
export const WORD_PREFIX = 2;
export const FRAGMENT_FIELDS = ["id", "url", "title", "date", "kind", "tags", "authors", "commentary", "abstract", "translations"];

export const ARXIV_SIGN = "@";
export const NAME_SIGN = "~";
export const COMPOUND_SIGN = "+";
export const PHRASE_SIGN = "^";
export const TITLE_SIGN = "=";
export const AUTHOR_SIGN = "&";
export const FEATURE_SIGN = "!";
export const MAX_TOKEN = 40;
export const MOST_JOINED = 3;
export const TOKEN = /[가-힣ㄱ-ㅣ]+|[a-z](?:\+\+|#)(?![a-z0-9#+])|[a-z0-9]+(?:[-_.'’][a-z0-9]+)*|[\u0370-\u052f\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0660-\u0669\u066e\u066f\u0671-\u06d3\u06d5\u06ee-\u06fc\u0900-\u0963\u0966-\u0df3\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e81-\u0edf\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9\u10a0-\u10fa\u10fc-\u10ff\u1200-\u135f\u3005\u3040-\u30ff\u4e00-\u9fff]+/g;
export const OTHER_WORD = /[\u0370-\u052f\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0660-\u0669\u066e\u066f\u0671-\u06d3\u06d5\u06ee-\u06fc\u0900-\u0963\u0966-\u0df3\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e81-\u0edf\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9\u10a0-\u10fa\u10fc-\u10ff\u1200-\u135f\u3005\u3040-\u30ff\u4e00-\u9fff\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]+/g;
export const URL_PATTERN = /https?:\/\/[^\s가-힣<>]+/g;
export const NOT_JAMO = /[^\u3131-\u318e]+/g;
export const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]/g;
export const LATIN = /[æœøßłđðþıħŋ]/g;
export const LATIN_SPELLINGS = { æ: "ae", œ: "oe", ø: "o", ß: "ss", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "ng" };
export const GREEK_SIGN = /(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])/g;
export const GREEK = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ι: "iota", κ: "kappa", λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", ο: "omicron", π: "pi", ρ: "rho", ς: "sigma", σ: "sigma", τ: "tau", υ: "upsilon", φ: "phi", χ: "chi", ψ: "psi", ω: "omega" };
export const SEPARATOR = /[-_.'’]/g;
export const CLOSING = ")]}\"'”’\u0060$*";
export const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
export const MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
export const FINALS = ["", "ㄱ", "ㄲ", "ㄳ", "ㄴ", "ㄵ", "ㄶ", "ㄷ", "ㄹ", "ㄺ", "ㄻ", "ㄼ", "ㄽ", "ㄾ", "ㄿ", "ㅀ", "ㅁ", "ㅂ", "ㅄ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"];
export const SPLIT = { ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ", ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };
export const LONGEST_ENDING = 5;
export const ENDINGS = new Set(("" +
"가 같이 거나 게 겠 겠네요 겠습니다 겠죠 고 과 과는 과도 과의 군요 기 기가 기는 기도 기를 기에 까지 까지는 까지도 까지의 나 네요 는 는군요 는데 는지 니 니까 다 다고 다는 대로 더군요 던 도 도록 돼 돼서 돼야 됐 됐고 됐네요 됐는데 됐다 됐던 됐습니다 되 되거나 되게 되겠 되겠네요 되겠죠 되고 되기 되기도 되네요 되는 되는군요 되는데 되는지 되다 " +
"되던 되도록 되며 되면 되면서 되어 되어야 되었 되었고 되었군요 되었네요 되었는데 되었다 되었던 되었습니다 되죠 되지 되지는 되지만 된 된다 된다거나 된다고 된다는 된다면 된지 될 될까 될지 됨 됨을 됩니다 든 들 들과 들까지 들도 들로 들만 들보다 들에 들에게 들에는 들에서 들은 들을 들의 들이 들이나 들이네요 들이라 들인데 들입니다 들처럼 라 라고 라고는 " +
"라는 라는데 라도 라면 라서 란 랑 려고 로 로는 로도 로만 로부터 로서 로써 로의 를 마다 마저 만 만에 만으로 만으로도 만은 만을 만의 만이 만큼 며 면 면서 밖에 보다 보다는 보다도 부터 부터는 부터의 뿐 습니다 시켜 시켜서 시켜야 시켰 시켰고 시켰네요 시켰는데 시켰습니다 시키 시키고 시키기 시키네요 시키는 시키는데 시키도록 시키려고 시키려는 시키면 시키면서 " +
"시키자 시키지 시킨 시킨다 시킨다는 시킬 시킬지 시킴 시킴으로써 시킵니다 아서 았고 았군요 았네요 았는데 았다 았던 았습니다 았지만 어서 었고 었군요 었네요 었는데 었다 었던 었습니다 었지만 에 에게 에게는 에게서 에는 에도 에만 에서 에서는 에서도 에서만 에서의 여서 였 였고 였네요 였는데 였다 였던 였습니다 예요 와 와는 와도 와의 으려고 으로 으로는 으로도 " +
"으로만 으로부터 으로서 으로써 으로의 으며 으면 으면서 은 은데 은지 을 을까 을지 음 음을 의 이 이거나 이겠네요 이고 이군요 이기 이기도 이기에 이나 이나마 이네요 이니 이니까 이다 이더군요 이던 이든 이라 이라고 이라고는 이라는 이라는데 이라도 이라면 이라서 이란 이랑 이며 이면 이어서 이었 이었고 이었네요 이었는데 이었다 이었던 이었습니다 이에요 이죠 " +
"이지 이지만 인 인가 인가요 인데 인듯 인지 일 일까 일까요 일수록 일지 임 임을 입니다 적 적으로 적으로는 적이 적이고 적이군요 적이네요 적이라 적이었 적이지 적인 적인지 적일 적입니다 조차 죠 지 지는 지도 지만 처럼 처럼요 하 하거나 하게 하겠 하겠네요 하겠습니다 하고 하군요 하기 하기가 하기는 하기도 하기를 하기에 하길 하나 하네요 하는 하는군요 하는데 " +
"하는지 하니 하니까 하다 하다고 하다는 하더군요 하더라도 하던 하도록 하려 하려고 하려는 하며 하면 하면서 하면서도 하므로 하여 하였 하였습니다 하자 하자는 하죠 하지 하지는 하지도 하지만 한 한가 한다 한다고 한다는 한다면 한데 한지 할 할까 할까요 할수록 할지 함 함에 함으로써 함을 합니다 해 해도 해보 해봤 해서 해서는 해야 해졌 해지는 해진 해질 해집니다 " +
"했 했고 했군요 했네요 했는데 했는지 했다 했다고 했다는 했다면 했던 했습니다 했으며 했을 했지만 히").split(" "));

export const ORGANISATION_WORDS = new Set(("" +
"academy agency alliance anonymous association authors center centre collaboration collective college committee community company consortium contributors corporation council department developers division " +
"editors electronics foundation group initiative institute institution intelligence lab laboratories laboratory labs maintainers ministry network organisation organization project research researchers robotics " +
"school society staff systems team teams technologies telecom university workshop").split(" "));
export const ORGANISATIONS = new Set(("" +
"adobe alibaba amazon anthropic apple baichuan baidu bigcode bigscience bytedance cerebras cohere databricks deepmind deepseek eleutherai facebook google huawei huggingface ibm inria intel kakao kyutai " +
"laion linkedin meta microsoft mistral moonshot mosaicml naver netflix nvidia openai qualcomm salesforce samsung sensetime snowflake spotify tencent together twitter uber xai yandex zhipu").split(" "));

export const TAG_JOINTS = /[\u0009-\u000d\u001c-\u0020\u005f\u0085\u1680\u2028-\u2029]+/g;
export const CASE_FOLDS = new Map(
"ßss \u0345ι ςσ ᏸᏰ ᏹᏱ ᏺᏲ ᏻᏳ ᏼᏴ ᏽᏵ ᲀв ᲁд ᲂо ᲃс ᲄт ᲅт ᲆъ ᲇѣ ᲈꙋ ᾀἀι ᾁἁι ᾂἂι ᾃἃι ᾄἄι ᾅἅι ᾆἆι ᾇἇι ᾐἠι ᾑἡι ᾒἢι ᾓἣι ᾔἤι ᾕἥι ᾖἦι ᾗἧι ᾠὠι ᾡὡι ᾢὢι ᾣὣι ᾤὤι ᾥὥι ᾦὦι ᾧὧι ᾲὰι ᾳαι ᾴάι ᾷᾶι ῂὴι ῃηι ῄήι ῇῆι ῲὼι ῳωι ῴώι ῷῶι ꭰᎠ ꭱᎡ ꭲᎢ ꭳᎣ ꭴᎤ ꭵᎥ ꭶᎦ ꭷᎧ ꭸᎨ ꭹᎩ ꭺᎪ ꭻᎫ ꭼᎬ ꭽᎭ ꭾᎮ ꭿᎯ ꮀᎰ ꮁᎱ ꮂᎲ ꮃᎳ ꮄᎴ ꮅᎵ ꮆᎶ ꮇᎷ ꮈᎸ ꮉᎹ ꮊᎺ ꮋᎻ ꮌᎼ ꮍᎽ ꮎᎾ ꮏᎿ ꮐᏀ ꮑᏁ ꮒᏂ ꮓᏃ ꮔᏄ ꮕᏅ ꮖᏆ ꮗᏇ ꮘᏈ ꮙᏉ ꮚᏊ ꮛᏋ ꮜᏌ ꮝᏍ ꮞᏎ ꮟᏏ ꮠᏐ ꮡᏑ ꮢᏒ ꮣᏓ ꮤᏔ ꮥᏕ ꮦᏖ ꮧᏗ ꮨᏘ ꮩᏙ ꮪᏚ ꮫᏛ ꮬᏜ ꮭᏝ ꮮᏞ ꮯᏟ ꮰᏠ ꮱᏡ ꮲᏢ ꮳᏣ ꮴᏤ ꮵᏥ ꮶᏦ ꮷᏧ ꮸᏨ ꮹᏩ ꮺᏪ ꮻᏫ ꮼᏬ ꮽᏭ ꮾᏮ ꮿᏯ"
.split(" ").map((pair) => [pair[0], pair.slice(1)]),
);
