// Runs before the first paint, so that a chosen theme never flashes. Everything else is in digest.js.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("digest:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is barred: the system's preference decides.
  }
})();
