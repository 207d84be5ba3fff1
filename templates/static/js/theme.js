// Runs before the first paint, so that neither a chosen theme nor lists of titles alone ever flash. Everything else is in digest.js.
"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  // The search page doesn't show what leads on if its address asks for something.
  if (location.search) root.dataset.asked = "";
  try {
    const theme = localStorage.getItem("digest:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("digest:titles")) root.dataset.titles = "";
  } catch {
    // Storage is barred: the system's preference decides.
  }
})();
