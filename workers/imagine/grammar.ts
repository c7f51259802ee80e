import { edgeOfWord, endToken, fieldState, states, wordState } from './symbols';
import { levelFits, words } from '../layout/words';

/** Cells of a block in the order in which they are told: the middle one first, since themes are decided there. */
export const cellOrder: readonly number[] = [4, 0, 1, 2, 3, 5, 6, 7, 8];

/** Tokens of a block at most. The longest block of the districts has fewer; see tests. */
export const maxTokens = 160;

/** Things of a cell are counted up to here; later ones look alike to the network. */
export const maxThingIndex = 11;

const maxChoices = Math.max(...states.map((state) => state.choices));

/**
 * What can be said next while a block is told, one choice at a time. Things of a cell come in canonical order (by word,
 * then by levels) and none twice, inside their cell, no edge carries two runs, and there is always room to end the
 * remaining cells.
 */
export class BlockGrammar {
  /** What is said next; an index into `states`. */
  state = wordState;
  /** Index into `cellOrder`; 9 when the block is told. */
  cellIndex = 0;
  /** Things of this cell that are complete. */
  things = 0;
  /** Choices made. */
  length = 0;
  /** 1 for every choice that is possible now; of the state's choices, the rest is not cleared. */
  readonly allowed = new Uint8Array(maxChoices);

  private word = -1;
  private readonly levels: number[] = [];
  private previousWord = -1;
  private previousLevels: number[] = [];
  /** So far the thing equals the one before it, so that it may not become smaller. */
  private isTight = false;
  private takenEdges = 0;

  constructor() {
    this.update();
  }

  get isDone(): boolean {
    return this.cellIndex === cellOrder.length;
  }

  isPossible(choice: number): boolean {
    return choice >= 0 && choice < states[this.state]!.choices && this.allowed[choice] === 1;
  }

  /** Makes a choice. @throws Error when it is not possible now, or when the block is told already */
  push(choice: number): void {
    if (this.isDone || !this.isPossible(choice)) {
      const where = this.isDone ? 'after the end of the block' : `as ${states[this.state]!.name}`;
      throw new Error(`Choice ${choice} is not possible ${where}; look into \`allowed\` before choosing.`);
    }
    this.length++;
    if (this.state !== wordState) this.pushLevel(choice);
    else if (choice === endToken) this.endCell();
    else this.beginThing(choice - 1);
    this.update();
  }

  private endCell(): void {
    this.cellIndex++;
    this.things = 0;
    this.previousWord = -1;
    this.takenEdges = 0;
  }

  private beginThing(word: number): void {
    this.word = word;
    this.levels.length = 0;
    this.isTight = word === this.previousWord;
    this.takenEdges |= edgeOfWord[word]!;
    if (words[word]!.fields.length === 0) this.endThing();
    else this.state = fieldState(word, 0);
  }

  private pushLevel(level: number): void {
    const field = this.levels.length;
    if (this.isTight && level > this.previousLevels[field]!) this.isTight = false;
    this.levels.push(level);
    if (field + 1 < words[this.word]!.fields.length) this.state++;
    else this.endThing();
  }

  private endThing(): void {
    this.state = wordState;
    this.things++;
    this.previousWord = this.word;
    this.previousLevels = this.levels.slice();
  }

  private update(): void {
    if (this.isDone) return;
    if (this.state !== wordState) {
      const field = this.levels.length;
      const { choices } = states[this.state]!;
      for (let level = 0; level < choices; level++) this.allowed[level] = this.canSay(field, level) ? 1 : 0;
      return;
    }
    // Every cell that is still open needs one token to end it.
    const room = maxTokens - this.length - (cellOrder.length - this.cellIndex);
    this.allowed[endToken] = 1;
    for (let word = 0; word < words.length; word++) this.allowed[word + 1] = this.canBegin(word, room) ? 1 : 0;
  }

  private canBegin(word: number, room: number): boolean {
    if (word < this.previousWord || (edgeOfWord[word]! & this.takenEdges) !== 0) return false;
    if (1 + words[word]!.fields.length > room) return false;
    return word > this.previousWord || this.canExceed(0);
  }

  private canSay(field: number, level: number): boolean {
    if (!levelFits(this.word, this.levels, level)) return false;
    if (!this.isTight) return true;
    const previous = this.previousLevels[field]!;
    return level > previous || (level === previous && this.canExceed(field + 1));
  }

  /** Whether a thing that equals the one before it up to this field can become greater in it or later. */
  private canExceed(firstField: number): boolean {
    const previous = this.previousLevels;
    const { fields } = words[this.previousWord]!;
    for (let field = firstField; field < fields.length; field++) {
      const chosen = previous.slice(0, field);
      for (let level = previous[field]! + 1; level < fields[field]!.levels.length; level++) {
        if (levelFits(this.previousWord, chosen, level)) return true;
      }
    }
    return false;
  }
}
