/** Signs that take no column: combining marks, joiners, direction marks, controls. */
const ZERO = /[\p{Mn}\p{Me}\p{Cc}\p{Cf}]/u;
/** East Asian wide and full-width forms, and pictures. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;

/** Columns that a text takes on a terminal. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const sign of text) if (!ZERO.test(sign)) width += WIDE.test(sign) ? 2 : 1;
  return width;
};
