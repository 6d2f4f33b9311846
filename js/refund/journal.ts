/** A place that keeps bytes: once `append` has ended they are there, whatever happens then. */
export interface Journal {
  /** All that was appended, from the beginning. */
  read(): AsyncIterable<Uint8Array>;
  /** Keeps these behind all others. */
  append(bytes: Uint8Array): Promise<void>;
}

/** A journal that somebody holds alone until it is closed. */
export interface OpenJournal extends Journal {
  /** Lets go of it, once what is under way is kept. */
  close(): Promise<void>;
}
