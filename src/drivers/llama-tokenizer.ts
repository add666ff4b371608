/** Counts with Llama 3's own vocabulary; the package is read at the first call, not with the program. */
export const loadLlamaTokenizer = async (): Promise<(text: string) => number> => {
  const { default: tokenizer } = await import("llama3-tokenizer-js");
  const options = { bos: false, eos: false };
  return (text) => (text === "" ? 0 : tokenizer.encode(text, options).length);
};
