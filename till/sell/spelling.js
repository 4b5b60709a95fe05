// How a good is found whichever script and spelling it is typed in. The rules are those of the
// server's ayil/kit/spelling.py: Жыпаргүл, Жыпаргул, Jypargul and Zhypargul fold to one word.

const CYRILLIC_LETTERS = {
  а: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e",
  ж: "j", җ: "j", з: "z", и: "i", й: "i", к: "k", қ: "k", л: "l",
  м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s",
  т: "t", у: "u", ү: "u", ұ: "u", ф: "f", х: "h", һ: "h", ц: "c",
  ч: "q", ш: "w", щ: "w", ъ: "", ы: "i", ь: "", э: "e", ю: "u",
  я: "a", і: "i", ә: "a",
};
// Latin spellings, the longer first; they become the letters that stand for the Cyrillic ones.
const LATIN = [
  ["ş", "w"], ["ç", "q"], ["ı", "i"],
  ["shch", "w"], ["sch", "w"], ["sh", "w"], ["tch", "q"], ["ch", "q"], ["zh", "j"],
  ["kh", "h"], ["gh", "g"], ["ph", "f"], ["ts", "c"],
  ["ya", "a"], ["yu", "u"], ["yo", "e"], ["ye", "e"], ["yi", "i"], ["y", "i"],
];
const LATIN_ALONE = { w: "v", x: "ks", q: "k" };
const CYRILLIC = /[\u0400-\u04ff]/;
const WORD = /[\p{L}\p{N}]+/gu;
const APOSTROPHES = /['’ʼ`ʹ]/g;
// A code of its own keeps what a spelling became apart from the letters still to be read.
const FIRST_CODE = 0xe000;
const CODES = /[\ue000-\ue0ff]/g;

/** The words of a text without what differs between scripts and spellings, in their order. */
export function foldedWords(text) {
  const plain = casefolded(text.normalize("NFC")).replaceAll(APOSTROPHES, "");
  return (plain.match(WORD) ?? []).map(fold).filter(Boolean);
}

// What a lower case in JavaScript leaves, and Python's casefold does not.
function casefolded(text) {
  return text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").replaceAll("ſ", "s")
    .replaceAll(/[\ufb00-\ufb06]/g, (joined) => joined.normalize("NFKC"));
}

function fold(word) {
  const skeleton = CYRILLIC.test(word)
    ? Array.from(word, (letter) => CYRILLIC_LETTERS[letter] ?? letter).join("")
    : fromLatin(word);
  const bare = skeleton.normalize("NFD").replaceAll(/\p{Mn}/gu, "");
  return bare.replaceAll("dj", "j").replaceAll("ng", "n").replaceAll(/([a-z])\1+/g, "$1");
}

function fromLatin(word) {
  let marked = word;
  LATIN.forEach(([spelling], place) => {
    marked = marked.replaceAll(spelling, String.fromCharCode(FIRST_CODE + place));
  });
  marked = marked.replaceAll(/[wxq]/g, (letter) => LATIN_ALONE[letter]);
  return marked.replaceAll(CODES, (code) => LATIN[code.charCodeAt(0) - FIRST_CODE]?.[1] ?? code);
}
