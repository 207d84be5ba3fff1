"use strict";
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("digest:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
  }
})();
