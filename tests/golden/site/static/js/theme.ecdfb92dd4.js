// Runs before the first paint, so that a chosen theme never flashes; all else is in digest.js.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("digest:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be barred; the system's preference then decides.
  }
})();
