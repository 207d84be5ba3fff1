// The reader of the search index. It takes a loader (a function from a path below search/ to bytes), so that a browser
// and Node run the same code. `openSearch` reads the dictionary; `rank` orders the notes; `show` reads those to display.

import { readDictionary, readDocuments, readManifest, readWords } from "./search-format.9483846876.js";
import { expansionsOf, Translations } from "./search-expand.6d4fc1b376.js";
import { alternativesOf, isKnown, joinedAlternatives, longestPart, plurals, switchedAlternatives } from "./search-match.405e49e82d.js";
import { parseQuery, splitWords, tagKey } from "./search-query.fa3b1a07ff.js";
import { scoreNotes } from "./search-score.1b464ebb0f.js";
import { markEntry } from "./search-snippet.aa85f89c29.js";
import { Store, tailInitial } from "./search-store.fc59ab06c4.js";
import { isHangul, switchKeyboard } from "./search-tokens.ffaf7fcb6f.js";

export { IndexError } from "./search-format.9483846876.js";

const SIGN = /^[@~+^]/;
const YEAR = /^(?:19|20)\d\d$/;
// Alternatives of a word that are tried as part of a phrase.
const PHRASE_WORDS = 3;

// `options` switches parts off by name, so that the benchmark can tell what each is worth: {typos: false}.
export async function openSearch(load, options = {}) {
  const manifest = await readManifest(load);
  const [dictionaries, tables] = await Promise.all([
    Promise.all(manifest.segments.map((segment) => readDictionary(load, segment))),
    Promise.all(manifest.segments.map((segment) => readDocuments(load, segment))),
  ]);
  return new Search(load, manifest, dictionaries, tables, options);
}

// A store that answers queries.
export class Search extends Store {
  constructor(load, manifest, dictionaries, tables, options) {
    super(load, manifest, dictionaries, tables);
    this.options = options;
    this.translations = new Translations(
      manifest.words.length,
      {
        read: (place) => readWords(load, manifest, place),
        lexiconsFor: (token) => this.lexiconsFor(token),
        readRare: (token) => this.readTail(tailInitial(token)),
      },
      this.lexicons,
    );
  }

  // Do in a quiet moment what the first unknown word would wait for.
  prepare() {
    this.translations.prepareSounds();
    for (const lexicon of this.lexicons) lexicon.prepareMasks();
  }

  // Rank the notes for a query; `facets` counts what is among them. `off` names expansions the reader removed, `filters` are {type, value} clicked on.
  async rank(query, { off = new Set(), filters = [] } = {}) {
    const parsed = parseQuery(query);
    const lookups = await this.lookUp(parsed, filters);
    const { words, terms, expansions } = await this.plan(parsed, off);
    await this.readPostings(terms);
    const { allowed } = lookups;
    let hits = { numbers: allowed ? [...allowed].reverse() : [], scores: null };
    if (words.length) {
      const scored = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed);
      // Words that none of the looked-up notes has are left aside rather than leave the page empty.
      if (scored.numbers.length || !allowed) hits = scored;
    }
    return {
      query,
      numbers: hits.numbers,
      scores: hits.scores,
      total: hits.numbers.length,
      words,
      expansions: expansions.filter(({ used }) => used),
      lookups: lookups.labels.map(({ type, value }) => ({ type, value })),
    };
  }

  // Turn tags, kinds, years, dates and arXiv ids into the set of notes they allow; unknown ones become words.
  async lookUp(parsed, filters) {
    const fields = [...parsed.fields, ...filters];
    if (fields.length) await this.readGroups();
    // Beside a tag or a kind, a bare year is one too: `#nerf 2020`.
    if (parsed.fields.length && parsed.words.length === 1 && YEAR.test(parsed.words[0].text)) {
      fields.push({ type: "year", value: parsed.words.pop().text });
    }
    const sets = [];
    const asWords = (text) => parsed.words.push(...splitWords(text));
    for (const { type, value } of fields) {
      const documents = this.documentsOf({ type, value });
      if (documents) sets.push({ type, value, documents });
      else asWords(String(value).replace(/[-_#＃:]/g, " "));
    }
    if (parsed.date) {
      const documents = this.where((number) => parsed.date.test(this.dates[number]));
      if (documents.length) sets.push({ type: "date", value: parsed.date.label, documents });
      else asWords(parsed.date.text);
    }
    if (parsed.arxiv) {
      const documents = await this.withArxiv(parsed.arxiv);
      if (documents.length) sets.push({ type: "arxiv", value: parsed.arxiv, documents });
      else asWords(parsed.arxiv.replace(".", " "));
    }
    if (!sets.length) return { allowed: null, labels: [] };
    const allowed = intersect(sets);
    if (allowed.length || !sets.some(({ type }) => type === "tag")) return { allowed, labels: sets };
    // A tag that the year or kind doesn't have may still be a subject of its notes.
    const others = sets.filter(({ type }) => type !== "tag");
    for (const { type, value } of sets) if (type === "tag") asWords(String(value).replace(/[-_]/g, " "));
    return { allowed: others.length ? intersect(others) : null, labels: others };
  }

  // Notes about an arXiv id or the beginning of one, those that only mention it first since lists are shown from the end.
  async withArxiv(id) {
    const { lexicon } = await this.readTail("@" + id.slice(0, 2));
    const weight = new Map();
    for (const term of lexicon.terms.filter((each) => each.startsWith("@" + id))) {
      for (const { documents, weights } of this.postings(term)) documents.forEach((number, at) => weight.set(number, weights[at]));
    }
    return [...weight.keys()].sort((a, b) => weight.get(a) - weight.get(b) || a - b);
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

  // Find the alternatives of every word, and the terms whose postings they need.
  async plan(parsed, off) {
    const { options } = this;
    const words = parsed.words;
    const neighbours = this.neighbours(words);
    const initials = new Set(words.filter((word) => !isKnown(this.lexicons, word)).map((word) => tailInitial(word.text)));
    for (const { term } of neighbours) initials.add(tailInitial(term));
    await Promise.all([this.translations.prepare(words), ...[...initials].map((initial) => this.readTail(initial))]);
    const planned = await Promise.all(words.map(async (word) => ({ ...word, alternatives: await this.alternatives(word) })));
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
    for (const word of planned) {
      if (!YEAR.test(word.text)) continue;
      const documents = Int32Array.from(this.documentsOf({ type: "year", value: word.text }) ?? []);
      word.alternatives.push({ tokens: [], factor: 1, how: "year", postings: [{ documents, weights: new Float32Array(documents.length).fill(1) }] });
    }
    const phrases = await this.phrases(planned);
    const expansions = expansionsOf(this.translations, planned, options).filter(({ id }) => !off.has(id));
    const terms = new Set();
    for (const word of planned) for (const { tokens } of word.alternatives) for (const token of tokens) terms.add(token);
    for (const expansion of expansions) for (const tokens of expansion.phrases) for (const token of tokens) for (const variant of this.variants(token)) terms.add(variant);
    for (const expansion of expansions) {
      expansion.used = false;
      for (const at of expansion.words) {
        for (const tokens of expansion.phrases) {
          planned[at].alternatives.push({ tokens, factor: expansion.factor, how: "expansion", expansion });
        }
      }
    }
    return { words: [...planned, ...phrases], terms, expansions };
  }

  // The terms a word may mean: as typed, else with the Hangul/English key pressed, else whatever part of it is a term.
  async alternatives(word) {
    const isTerm = this.translations.knows(word.text);
    const found = alternativesOf(this.lexiconsFor(word.text), { ...word, isTerm }, this.options);
    if (found.length || isTerm) return found;
    const switched = this.options.keyboard === false ? "" : switchKeyboard(word.text);
    if (switched.length > 2) {
      await this.readTail(tailInitial(switched));
      const meant = switchedAlternatives(this.lexiconsFor(switched), switched);
      if (meant.length) return meant;
    }
    return longestPart(this.lexiconsFor(word.text), word);
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

  variants(token) {
    const has = (term) => this.lexiconsFor(term).some((lexicon) => lexicon.has(term));
    return isHangul(token) ? [token].filter(has) : [token, ...plurals(token)].filter(has);
  }

  // Documents with what an alternative weighs in each, as [documents, weights] pairs.
  weigh(alternative) {
    const { tokens, how, postings } = alternative;
    if (postings) return postings;
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

  // The entries at these places of a ranking, with marks in title and snippet.
  async show(ranking, from = 0, count = 10) {
    const numbers = ranking.numbers.slice(from, from + count);
    const fragments = await Promise.all(numbers.map((number) => this.fragment(number)));
    ranking.terms ??= this.termsOf(ranking.words);
    return fragments.map((fragment, at) => markEntry(fragment, termsIn(ranking.terms, numbers[at])));
  }

  // The terms that words stand for, as {term, value, lists of documents}; as typed they count where nothing else does.
  termsOf(words) {
    const terms = new Map();
    for (const word of words) {
      for (const { tokens, how, factor } of word.alternatives) {
        for (const token of tokens) {
          for (const term of how === "expansion" ? this.variants(token) : [token]) {
            // What was typed is marked rather than all of a longer Korean word.
            const mark = word.hangul && term.includes(word.text) ? word.text : term;
            const known = terms.get(term);
            if (known) known.value = Math.max(known.value, factor);
            else terms.set(term, { term: mark, value: factor, lists: this.postings(term).map(({ documents }) => documents) });
          }
        }
      }
      if (word.text && !terms.has(word.text)) terms.set(word.text, { term: word.text, value: 0.1, lists: null });
    }
    return [...terms.values()];
  }
}

function termsIn(terms, number) {
  return new Map(terms.filter(({ lists }) => !lists || lists.some((documents) => contains(documents, number))).map(({ term, value }) => [term, value]));
}

function intersect(sets) {
  const [first, ...others] = [...sets].sort((a, b) => a.documents.length - b.documents.length);
  const within = others.map(({ documents }) => new Set(documents));
  return Array.from(first.documents).filter((number) => within.every((set) => set.has(number)));
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
