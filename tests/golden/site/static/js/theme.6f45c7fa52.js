"use strict";
(() => {
const root = document.documentElement;
root.dataset.scripted = "";
if (location.search) root.dataset.asked = "";
try {
const theme = localStorage.getItem("digest:theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
if (localStorage.getItem("digest:titles")) root.dataset.titles = "";
} catch {
}
})();
