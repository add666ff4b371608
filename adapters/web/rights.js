// What people may ask of the server about themselves: a copy of everything, and its deletion.

import { el } from "./draw.js";

/** Deletes all that is kept of these conversations; false when one could not be deleted. @param {string[]} users */
export const forgetAll = async (users) => {
  try {
    for (const user of users) {
      const headers = { "content-type": "application/json" };
      const response = await fetch("/v1/forget", { method: "POST", headers, body: JSON.stringify({ user }) });
      if (!response.ok) return false;
    }
    return true;
  } catch {
    return false;
  }
};

/** Saves all that is kept of these conversations as one file; false when something was missing. @param {string[]} users */
export const exportAll = async (users) => {
  try {
    const parts = [];
    for (const user of users) {
      const response = await fetch(`/v1/export?user=${encodeURIComponent(user)}`);
      if (!response.ok) return false;
      parts.push(await response.json());
    }
    const url = URL.createObjectURL(new Blob([JSON.stringify(parts, null, 2)], { type: "application/json" }));
    el("a", { href: url, download: "flockwise-export.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    return true;
  } catch {
    return false;
  }
};
