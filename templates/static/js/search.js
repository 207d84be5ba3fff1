// The reader of the search index. It takes a loader (a function from a path below search/ to bytes), so that a browser
// and Node run the same code. `openSearch` reads the dictionary; `rank` orders the notes; `show` reads those to display.

import { checksum, LARGE_CLASS, readDictionary, readDocuments, readFragment, readGroups, readManifest, readShard, readTail, readWords } from "./search-format.js";
import { expansionsOf, Translations } from "./search-expand.js";
import { Lexicon } from "./search-lexicon.js";
import { alternativesOf, isKnown, joinedAlternatives, plurals } from "./search-match.js";
import { parseQuery, tagKey } from "./search-query.js";
import { markEntry } from "./search-snippet.js";
import { isHangul, INITIALS } from "./search-tokens.js";

export { IndexError } from "./search-format.js";

const SATURATION = 1.2;
const COVERAGE_EXPONENT = 1.5;
// How much of a word counts as found when only an expansion of it is.
const EXPANDED_COVERAGE = 0.85;
// Hits that are kept even where they have less than half of what the best one has of the words.
const FEW = 10;
const LITERAL = 0.3;
const SIGN = /^[@~+^]/;
const YEAR = /^(?:19|20)\d\d$/;
const PAIR_FILES = 32;
const PHRASE_FILES = 64;
const PHRASE_BONUS = 0.7;
const PHRASE_WORDS = 3;

export async function openSearch(load, options = {}) {
  const manifest = await readManifest(load);
  const [dictionaries, tables] = await Promise.all([
    Promise.all(manifest.segments.map((segment) => readDictionary(load, segment))),
    Promise.all(manifest.segments.map((segment) => readDocuments(load, segment))),
  ]);
  return new Search(load, manifest, dictionaries, tables, options);
}

export class Search {
  constructor(load, manifest, dictionaries, tables, options) {
    this.load = load;
    this.manifest = manifest;
    this.options = options;
    this.segments = manifest.segments;
    this.notes = manifest.notes;
    this.lexicons = dictionaries.map(({ terms, classes }) => new Lexicon(terms, classes));
    this.large = dictionaries.map(({ terms, classes }) => new Map(terms.filter((_, at) => classes[at] >= LARGE_CLASS).map((term, at) => [term, at])));
    this.tails = new Map();
    this.files = new Map();
    this.fragments = new Map();
    this.translations = new Translations(manifest.words.length, (place) => readWords(load, manifest, place), this.lexicons);
    this.tables = tables;
    this.dates = new Int32Array(this.notes);
    tables.forEach((table, at) => this.dates.set(table.dates, this.segments[at].first));
    this.kinds = new Map();
    this.tags = new Map();
    this.grouped = null;
  }

  // Read the kinds and tags: they are needed for facets and lookups, not for a first result.
  readGroups() {
    this.grouped ??= this.gatherGroups().catch((error) => {
      this.grouped = null;
      throw error;
    });
    return this.grouped;
  }

  async gatherGroups() {
    const tables = await Promise.all(this.segments.map((segment) => readGroups(this.load, segment)));
    const gather = (target, { key, label, documents }) => {
      const known = target.get(key);
      if (known) known.documents = Int32Array.from([...known.documents, ...documents]);
      else target.set(key, { key, label: label ?? key, documents });
    };
    for (const table of tables) {
      for (const kind of table.kinds) gather(this.kinds, kind);
      for (const tag of table.tags) gather(this.tags, tag);
    }
    for (const [key, label] of this.manifest.kinds) if (this.kinds.has(key)) this.kinds.get(key).label = label;
  }

  once(key, read) {
    if (!this.files.has(key)) {
      const reading = read().then(
        (content) => (this.files.set(key, content), content),
        (error) => {
          this.files.delete(key);
          throw error;
        },
      );
      this.files.set(key, reading);
    }
    return this.files.get(key);
  }

  // Read the rare terms that begin with this letter or initial, of all segments.
  async readTail(initial) {
    if (this.tails.has(initial)) return this.tails.get(initial);
    const readers = await Promise.all(
      this.segments.map((segment, at) => {
        const file = segment.tails.findLast(([first]) => first <= initial);
        return file ? this.once(`t${at}-${file[0]}`, () => readTail(this.load, segment, ...file)) : null;
      }),
    );
    const present = readers.filter(Boolean);
    const terms = [...new Set(present.flatMap((reader) => reader.terms))].filter((term) => tailInitial(term) === initial);
    const tail = { readers: present, lexicon: new Lexicon(terms, null) };
    this.tails.set(initial, tail);
    return tail;
  }

  // Where a term of a dictionary has its postings: [segment, shard] of the dictionary's segment and the newer ones.
  shardsOf(term) {
    const first = this.lexicons.findIndex((lexicon) => lexicon.has(term));
    if (first < 0) return [];
    const prefix = isHangul(term) ? term.slice(0, 2) : term.slice(0, 4);
    const hash = checksum(prefix);
    return this.segments.slice(first).map((segment, offset) => {
      const at = first + offset;
      const large = this.large[at].get(term);
      return [at, large === undefined ? hash & ((1 << segment.bits) - 1) : (1 << segment.bits) + large];
    });
  }

  async readPostings(terms) {
    const wanted = new Map();
    for (const term of terms) {
      if (this.tails.get(tailInitial(term))?.lexicon.has(term)) continue;
      for (const [at, shard] of this.shardsOf(term)) wanted.set(`p${at}-${shard}`, [at, shard]);
    }
    const missing = [...wanted].filter(([key]) => !this.files.has(key) || this.files.get(key) instanceof Promise);
    if (missing.length) await Promise.all(missing.map(([key, [at, shard]]) => this.once(key, () => readShard(this.load, this.segments[at], shard))));
  }

  postings(term) {
    const tail = this.tails.get(tailInitial(term));
    const readers = tail?.lexicon.has(term) ? tail.readers : this.shardsOf(term).map(([at, shard]) => this.files.get(`p${at}-${shard}`));
    return readers.map((reader) => reader.postings(term)).filter(Boolean);
  }

  // Rank the notes for a query; `facets` counts what is among them. `off` names expansions the reader removed, `filters` are {type, value} clicked on.
  async rank(query, { off = new Set(), filters = [] } = {}) {
    const parsed = parseQuery(query);
    const lookups = await this.lookUp(parsed, filters);
    this.takeYear(parsed, lookups);
    const { words, terms, expansions } = await this.plan(parsed, off);
    await this.readPostings(terms);
    const scored = this.score(words, lookups.allowed);
    const hits = words.length ? scored : lookups.allowed ? { numbers: lookups.allowed.slice().reverse(), scores: null } : { numbers: [], scores: null };
    return {
      query,
      numbers: hits.numbers,
      scores: hits.scores,
      total: hits.numbers.length,
      words,
      expansions: expansions.filter(({ used }) => used.any),
      lookups: lookups.labels,
    };
  }

  // Turn tags, kinds, years, dates and arXiv ids into the set of notes they allow; unknown ones become words.
  async lookUp(parsed, filters) {
    const sets = [];
    const labels = [];
    const fields = [...parsed.fields, ...filters.map((filter) => ({ ...filter, text: String(filter.value) }))];
    if (fields.length) await this.readGroups();
    for (const field of fields) {
      const documents = this.documentsOf(field);
      if (documents) {
        sets.push(documents);
        labels.push({ type: field.type, value: field.value });
      } else parsed.words.push(...parseQuery(field.value.replace(/[#＃:]/g, " ")).words);
    }
    if (parsed.date) {
      const documents = this.where((number) => parsed.date.test(this.dates[number]));
      if (documents.length) {
        sets.push(documents);
        labels.push({ type: "date", value: parsed.date.label });
      } else parsed.words.push(...parseQuery(parsed.date.text.replace(/[^\p{L}\p{N}]+/gu, "")).words.map((word) => ({ ...word })));
    }
    if (parsed.arxiv) {
      const tail = await this.readTail("@" + parsed.arxiv.slice(0, 2));
      const terms = tail.lexicon.terms.filter((term) => term.startsWith("@" + parsed.arxiv));
      const scored = new Map();
      for (const term of terms) for (const { documents, weights } of this.postings(term)) documents.forEach((number, at) => scored.set(number, weights[at]));
      if (scored.size) {
        sets.push([...scored.keys()].sort((a, b) => scored.get(a) - scored.get(b) || a - b));
        labels.push({ type: "arxiv", value: parsed.arxiv });
      } else parsed.words.push(...parsed.arxiv.split(".").map((text) => ({ text, hangul: false, glued: false })));
    }
    if (!sets.length) return { allowed: null, labels };
    const [first, ...others] = sets.sort((a, b) => a.length - b.length);
    const others_ = others.map((documents) => new Set(documents));
    return { allowed: Array.from(first).filter((number) => others_.every((set) => set.has(number))), labels };
  }

  // Beside a tag or a kind, a bare year is one too: `#nerf 2020`.
  takeYear(parsed, lookups) {
    if (!lookups.allowed || parsed.words.length !== 1 || !YEAR.test(parsed.words[0].text)) return;
    const allowed = lookups.allowed.filter((number) => Math.floor(this.dates[number] / 10000) === +parsed.words[0].text);
    if (!allowed.length) return;
    lookups.labels.push({ type: "year", value: parsed.words[0].text });
    lookups.allowed = allowed;
    parsed.words = [];
  }

  documentsOf({ type, value }) {
    if (type === "year") {
      const year = +value;
      const found = this.where((number) => Math.floor(this.dates[number] / 10000) === year);
      return found.length ? found : null;
    }
    const key = tagKey(String(value));
    if (type === "kind") {
      for (const kind of this.kinds.values()) if (kind.key === key || kind.label === value) return kind.documents;
      return null;
    }
    if (this.tags.has(key)) {
      const below = [...this.tags.values()].filter((tag) => tag.key === key || tag.key.startsWith(key + "/"));
      return below.length > 1 ? union(below) : below[0].documents;
    }
    const started = [...this.tags.values()].filter((tag) => tag.key.startsWith(key));
    return started.length ? union(started) : null;
  }

  where(test) {
    const found = [];
    for (let number = 0; number < this.notes; number++) if (test(number)) found.push(number);
    return found;
  }

  // Find the alternatives of every word, and the terms whose postings they need.
  async plan(parsed, off) {
    const { options } = this;
    const words = parsed.words;
    const neighbours = this.neighbours(words);
    const initials = new Set(words.filter((word) => !isKnown(this.lexicons, word)).map((word) => tailInitial(word.text)));
    for (const { term } of neighbours) initials.add(tailInitial(term));
    await Promise.all([this.translations.prepare(words), ...[...initials].map((initial) => this.readTail(initial))]);
    const planned = words.map((word, at) => ({
      ...word,
      alternatives: alternativesOf(this.lexiconsFor(word.text), word, options),
      last: at === words.length - 1,
    }));
    planned.forEach((_, first) => {
      for (const { last, alternative } of joinedAlternatives(this.lexiconsFor(words[first].text), words, first)) {
        for (let at = first; at <= last; at++) planned[at].alternatives.push(alternative);
      }
    });
    for (const { term, from, to, factor } of neighbours) {
      for (const found of this.matchNeighbours(term)) {
        for (let at = from; at <= to; at++) planned[at].alternatives.push({ tokens: [found], factor, how: "joined" });
      }
    }
    for (const word of planned) if (YEAR.test(word.text)) word.year = this.where((number) => Math.floor(this.dates[number] / 10000) === +word.text);
    const phrases = await this.phrases(planned);
    const expansions = expansionsOf(this.translations, planned, options).filter(({ id }) => !off.has(id));
    const terms = new Set();
    for (const word of planned) for (const { tokens } of word.alternatives) for (const token of tokens) terms.add(token);
    for (const expansion of expansions) for (const tokens of expansion.phrases) for (const token of tokens) for (const variant of this.variants(token)) terms.add(variant);
    for (const expansion of expansions) {
      expansion.used = { any: false };
      for (const at of expansion.words) {
        for (const tokens of expansion.phrases) {
          planned[at].alternatives.push({ tokens, factor: expansion.factor, how: "expansion", expansion });
        }
      }
    }
    return { words: [...planned, ...phrases], terms, expansions };
  }

  // Whole names and compounds written apart that the words may be: terms behind a sign, with the words they cover.
  neighbours(words) {
    const found = [];
    const known = (text) => this.lexicons.some((lexicon) => lexicon.has(text));
    words.forEach((word, at) => {
      if (word.hangul && word.text.length > 3 && !known(word.text)) {
        const parts = this.lexicons[0]?.segment(word.text, true) ?? [];
        if (parts.length === 2) found.push({ term: "+" + parts.join(""), from: at, to: at, factor: 1.5 });
      }
      const next = words[at + 1];
      if (!next || next.hangul !== word.hangul) return;
      if (word.hangul) {
        if (words.length === 2) found.push({ term: "+" + word.text + next.text, from: at, to: at + 1, factor: 1 });
      } else if (words.length <= 3 || !known(word.text) || !known(next.text)) {
        const whole = words.slice(at).every((each) => !each.hangul) && words.length - at <= 4 ? words.slice(at) : [word, next];
        found.push({ term: "~" + whole.map((each) => each.text).join(" "), from: at, to: at + whole.length - 1, factor: 2 });
      }
    });
    return found;
  }

  // Neighbouring words that stand side by side in a title, as words that add to a score and need not be found.
  async phrases(words) {
    const candidates = ({ alternatives }) => {
      const single = alternatives.filter(({ tokens, how }) => tokens.length === 1 && how !== "inside" && !SIGN.test(tokens[0]));
      return single.sort((a, b) => b.factor - a.factor).slice(0, PHRASE_WORDS).map(({ tokens, factor }) => ({ token: tokens[0], factor }));
    };
    const found = [];
    for (let at = 0; at + 1 < words.length; at++) {
      const firsts = candidates(words[at]);
      const seconds = new Map(words[at + 1].alternatives.filter(({ tokens }) => tokens.length === 1).map(({ tokens, factor }) => [tokens[0], factor]));
      if (words[at].hangul || !seconds.size) continue;
      const alternatives = [];
      for (const { token, factor } of firsts.slice(0, firsts[0]?.factor === 1 ? 1 : PHRASE_WORDS)) {
        const { lexicon } = await this.readTail(tailInitial(`^${token} `));
        for (const [second, other] of seconds) {
          const term = `^${token} ${second}`;
          if (lexicon.has(term)) alternatives.push({ tokens: [term], factor: factor * other, how: "phrase" });
        }
      }
      if (alternatives.length) found.push({ text: "", alternatives, bonus: true });
    }
    return found;
  }

  matchNeighbours(term) {
    const lexicon = this.tails.get(tailInitial(term)).lexicon;
    if (lexicon.has(term)) return [term];
    if (term[0] === "+") return lexicon.terms.filter((each) => each.startsWith(term)).slice(0, 4);
    const last = term.lastIndexOf(" ");
    const first = term.slice(0, term.indexOf(" ") + 1);
    return lexicon.terms.filter((each) => each.startsWith(term) || (each.startsWith(first) && each.endsWith(term.slice(last)))).slice(0, 8);
  }

  lexiconsFor(text) {
    const tail = this.tails.get(tailInitial(text));
    return tail ? [...this.lexicons, tail.lexicon] : this.lexicons;
  }

  variants(token) {
    const has = (term) => this.lexicons.some((lexicon) => lexicon.has(term));
    return isHangul(token) ? [token].filter(has) : [token, ...plurals(token)].filter(has);
  }

  // Documents with what an alternative weighs in each, as [documents, weights] pairs.
  weigh(alternative) {
    const { tokens, how } = alternative;
    if (tokens.length === 1 && how !== "expansion") return this.postings(tokens[0]);
    let found = null;
    for (const token of tokens) {
      const next = new Map();
      for (const variant of how === "expansion" ? this.variants(token) : [token]) {
        for (const { documents, weights } of this.postings(variant)) {
          for (let at = 0; at < documents.length; at++) {
            const number = documents[at];
            if (found && !found.has(number)) continue;
            next.set(number, Math.max(next.get(number) ?? 0, weights[at]));
          }
        }
      }
      if (found) for (const [number, weight] of next) next.set(number, Math.min(weight, found.get(number)));
      found = next;
    }
    return [{ documents: Int32Array.from(found.keys()), weights: Float32Array.from(found.values()) }];
  }

  // BM25 over each word's alternatives taken together, times the part of the words that was found.
  score(words, allowed) {
    const { notes } = this;
    const total = new Float32Array(notes);
    const coverage = new Float32Array(notes);
    const touched = [];
    const weight = new Float32Array(notes);
    const best = new Float32Array(notes);
    const seen = allowed ? new Uint8Array(notes) : null;
    if (allowed) for (const number of allowed) seen[number] = 1;
    let shares = 0;
    for (const word of words) {
      const mine = [];
      const note = (number, value, factor) => {
        if (!best[number]) mine.push(number);
        weight[number] += factor * value;
        if (factor > best[number]) best[number] = factor;
      };
      for (const alternative of word.alternatives) {
        const { factor, expansion } = alternative;
        const cover = expansion ? LITERAL * 0.99 : Math.max(factor, LITERAL);
        for (const { documents, weights } of this.weigh(alternative)) {
          if (expansion && documents.length) expansion.used.any = true;
          for (let at = 0; at < documents.length; at++) {
            const number = documents[at];
            if (!best[number]) mine.push(number);
            weight[number] += factor * weights[at];
            if (cover > best[number]) best[number] = cover;
          }
        }
      }
      for (const number of word.year ?? []) note(number, 1, 1);
      let literal = 0;
      for (const number of mine) if (best[number] >= LITERAL) literal++;
      const frequency = literal || mine.length;
      const rarity = Math.log(1 + (notes - frequency + 0.5) / (frequency + 0.5));
      const share = word.bonus ? 0 : mine.length ? rarity + 0.5 : 3;
      const value = word.bonus ? PHRASE_BONUS * rarity : rarity;
      shares += share;
      for (const number of mine) {
        if (!total[number]) touched.push(number);
        total[number] += (value * (SATURATION + 1) * weight[number]) / (SATURATION + weight[number]) + 1e-6;
        coverage[number] += share * (best[number] >= LITERAL ? 1 : EXPANDED_COVERAGE);
        weight[number] = 0;
        best[number] = 0;
      }
    }
    const numbers = seen ? touched.filter((number) => seen[number]) : touched;
    for (const number of numbers) total[number] *= (coverage[number] / shares) ** COVERAGE_EXPONENT;
    numbers.sort((a, b) => total[b] - total[a] || b - a);
    const most = numbers.reduce((best, number) => Math.max(best, coverage[number]), 0);
    const enough = numbers.filter((number, at) => at < FEW || coverage[number] >= most / 2);
    if (allowed && words.length) {
      const rest = allowed.filter((number) => !total[number]).reverse();
      return { numbers: enough.length ? enough : rest, scores: total };
    }
    return { numbers: enough, scores: total };
  }

  // How many of the hits have each tag, kind and year; the ones that the best hits have come first.
  async facets({ numbers, scores }) {
    await this.readGroups();
    const value = new Float32Array(this.notes);
    for (const number of numbers) value[number] = scores ? scores[number] : 1;
    const hit = new Uint8Array(this.notes);
    for (const number of numbers) hit[number] = 1;
    const count = (type, { key, label, documents }) => {
      let hits = 0;
      let sum = 0;
      for (const number of documents) {
        hits += hit[number];
        sum += value[number];
      }
      return { type, value: key, label, count: hits, sum };
    };
    const order = (list) => list.filter((facet) => facet.count).sort((a, b) => b.sum - a.sum || (a.value < b.value ? -1 : 1));
    const years = new Map();
    for (const number of numbers) {
      const year = Math.floor(this.dates[number] / 10000);
      years.set(year, (years.get(year) ?? 0) + 1);
    }
    return {
      tags: order([...this.tags.values()].map((tag) => count("tag", tag))),
      kinds: order([...this.kinds.values()].map((kind) => count("kind", kind))),
      years: [...years].sort((a, b) => b[0] - a[0]).map(([year, hits]) => ({ type: "year", value: String(year), label: String(year), count: hits })),
    };
  }

  kindLabel(key) {
    return this.manifest.kinds.find(([each]) => each === key)?.[1] ?? key;
  }

  fragmentPath(number) {
    const at = this.segments.findLastIndex((segment) => segment.first <= number);
    const { places, checks, dates } = this.tables[at];
    const local = number - this.segments[at].first;
    const check = checks.slice(2 * local, 2 * local + 2);
    return [`f/${dates[local]}-${places[local]}-${check}.bin`, check];
  }

  fragment(number) {
    if (!this.fragments.has(number)) {
      const reading = readFragment(this.load, ...this.fragmentPath(number));
      reading.catch(() => this.fragments.delete(number));
      this.fragments.set(number, reading);
    }
    return this.fragments.get(number);
  }

  // The entries at these places of a ranking, with marks in title and snippet.
  async show(ranking, from = 0, count = 10) {
    const numbers = ranking.numbers.slice(from, from + count);
    const fragments = await Promise.all(numbers.map((number) => this.fragment(number)));
    return fragments.map((fragment, at) => markEntry(fragment, this.termsIn(ranking, numbers[at])));
  }

  // The terms of a ranking's words that a note really has.
  termsIn(ranking, number) {
    const terms = new Map();
    for (const word of ranking.words) {
      for (const { tokens, how, factor } of word.alternatives) {
        for (const token of tokens) {
          for (const term of how === "expansion" ? this.variants(token) : [token]) {
            if (this.postings(term).some(({ documents }) => contains(documents, number))) terms.set(term, Math.max(terms.get(term) ?? 0, factor));
          }
        }
      }
      if (!terms.size || word.text.length > 1) terms.set(word.text, terms.get(word.text) ?? 0.1);
    }
    return terms;
  }
}

function union(groups) {
  return [...new Set(groups.flatMap(({ documents }) => [...documents]))].sort((a, b) => a - b);
}

function contains(sorted, number) {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === number) return true;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function tailInitial(term) {
  const first = term[0];
  if (first === "@") return term.slice(0, 3);
  if (first === "~") return "~" + tailInitial(term[1]);
  if (first === "^") return "^" + (checksum(term.slice(1, term.indexOf(" "))) & (PHRASE_FILES - 1));
  if (first === "+") return "+" + (checksum(term.slice(1, 3)) & (PAIR_FILES - 1));
  if (first >= "a" && first <= "z") return first;
  if (first >= "0" && first <= "9") return "0";
  if (first >= "가" && first <= "힣") return INITIALS[Math.floor((first.charCodeAt(0) - 0xac00) / 588)];
  return "_";
}
