import { readFileSync } from "node:fs";
import type { DocumentBlock } from "../../core/documents.ts";
import { htmlBlocks } from "./html.ts";
import { refuse } from "./refuse.ts";
import { textParts } from "./zip.ts";

/** Parts of a Word file that hold text or say what it means; no pictures, macros or embedded files. */
const TEXT = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/;

/** A Word document by its styles: headings, paragraphs, lists and tables. */
export async function* docxBlocks(path: string): AsyncGenerator<DocumentBlock> {
  const buffer = await textParts(readFileSync(path), { keeps: (name) => TEXT.test(name) });
  const { default: mammoth } = await import("mammoth");
  let html: string;
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        externalFileAccess: false,
        includeEmbeddedStyleMap: false,
        styleMap: ["p[style-name='Title'] => h1.title:fresh", "comment-reference => "],
        // pictures have no text, and were left out of the archive
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      },
    );
    html = value;
  } catch (cause) {
    throw refuse("it cannot be read as a Word document", cause);
  }
  const [, title] = /<h1 class="title">(.{1,500}?)<\/h1>/s.exec(html) ?? [];
  for (const block of title === undefined ? [] : htmlBlocks(title))
    if (block.type === "paragraph") yield { type: "title", text: block.text };
  yield* htmlBlocks(html);
}
