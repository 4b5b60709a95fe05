// A paper is what a printer is given: words, pairs, rules, codes, one under the other.
//
//   {title, language, kind, number, rows}    kind: "receipt", "report" or "label"; number: of the
//                                            receipt, where it is one
//
// and each row is one of
//
//   {text, align, size, bold, most}   align: "left" (default), "center", "right"; size: 1 or 2;
//                                     most: so many lines at most, the last ends in "…"
//   {pair: [left, right], bold, size}    words at the left, a sum at the right
//   {rule: true}                a line across
//   {qr: text}                  a QR code in the middle
//   {barcode: "13 digits"}      EAN-13 with its digits beneath
//   {feed: lines}               empty lines
//
// Rows know no width: a printer, a browser and a test lay them out as wide as they are.

const KINDS = ["text", "pair", "rule", "qr", "barcode", "feed"];

/** A paper of these rows; rows that are null or false are left out. */
export function paper(rows, { title, language, kind = "receipt", number = "" }) {
  const kept = rows.filter(Boolean);
  for (const row of kept) {
    if (KINDS.filter((name) => name in row).length !== 1) {
      throw new TypeError(`This is no row of a paper: ${JSON.stringify(row)}`);
    }
  }
  return { title, language, kind, number, rows: kept };
}

/** The rows as lines of at most `columns` letters: {line, bold, size} for what is written, and
 * {rule}, {qr}, {barcode}, {feed} as they were. A line of size 2 is half as many letters long. */
export function layOut({ rows }, columns) {
  return rows.flatMap((row) => {
    if ("text" in row) return textLines(row, columns);
    if ("pair" in row) return pairLines(row, columns);
    return [row];
  });
}

/** Composed letters, and one kind of each space and hyphen: what every printer has. */
export function plain(words) {
  return String(words)
    .normalize("NFC")
    .replace(/[\u2009\u202f]/g, "\u00a0")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, " ");
}

function textLines({ text, align = "left", size = 1, bold = false, most = Infinity }, columns) {
  const width = Math.floor(columns / size);
  return cutTo(most, wrap(plain(text), width), width).map((words) => ({
    line: " ".repeat(indent(words, align, width)) + words, bold, size,
  }));
}

function cutTo(most, lines, width) {
  if (lines.length <= most) return lines;
  const last = [...lines[most - 1]].slice(0, width - 1).join("");
  return [...lines.slice(0, most - 1), `${last}…`];
}

function indent(words, align, width) {
  const room = width - length(words);
  if (align === "right") return room;
  return align === "center" ? Math.floor(room / 2) : 0;
}

function pairLines({ pair, size = 1, bold = false }, columns) {
  const width = Math.floor(columns / size);
  const right = wrap(plain(pair[1]), width);
  const left = wrap(plain(pair[0]), width);
  const last = left[left.length - 1];
  const meet = length(last) + 1 + length(right[0]) <= width;
  const lines = meet ? left.slice(0, -1) : left;
  const ends = right.map((words, at) => {
    const start = meet && at === 0 ? last : "";
    return (start + " ".repeat(width - length(start) - length(words)) + words).trimEnd();
  });
  return [...lines, ...ends].map((line) => ({ line, bold, size }));
}

/** Words cut into lines of at most `width` letters; a word that is longer is broken. */
export function wrap(words, width) {
  const lines = [];
  let line = "";
  for (const word of words.split(/[ \n]+/).filter(Boolean)) {
    let rest = word;
    if (line && length(line) + 1 + length(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line) lines.push(line);
    while (length(rest) > width) {
      lines.push([...rest].slice(0, width).join(""));
      rest = [...rest].slice(width).join("");
    }
    line = rest;
  }
  return [...lines, line];
}

function length(words) {
  return [...words].length;
}
