import type { Sentence } from '#platform/kernel/sentence.ts';

/** What is wrong with a template, and in which line where that is known. */
export class TemplateProblem extends Error {
  readonly sentence: Sentence;
  readonly line: number | undefined;

  constructor(sentence: Sentence, line?: number) {
    super(sentence.en);
    this.name = 'TemplateProblem';
    this.sentence = sentence;
    this.line = line;
  }
}
