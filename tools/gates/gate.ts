/** A check that looks at the project without running it. */
export type Gate = {
  readonly name: string;
  /** What is wrong in the project at `root`, ready to be read; an empty text when nothing is. */
  readonly findProblems: (root: string, signal: AbortSignal) => Promise<string>;
};
