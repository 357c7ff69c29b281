"use strict";
(() => {
  // refaudit watch: ask which version is the newest, and load it without losing the place
  const own = document.querySelector("meta[name=refaudit-live]").content;
  const places = () => [...document.querySelectorAll(".pane")];
  try {
    const kept = JSON.parse(sessionStorage.getItem("refaudit-live") || "null");
    if (kept && !location.hash.slice(1).split("&")[0]) places().forEach((pane, at) => { pane.scrollTop = kept[at] || 0; });
  } catch { /* no storage: the page begins at its top */ }
  const ask = async () => {
    try {
      const newest = await (await fetch("/version", { cache: "no-store" })).text();
      if (newest !== own) {
        try { sessionStorage.setItem("refaudit-live", JSON.stringify(places().map((pane) => pane.scrollTop))); } catch { /* likewise */ }
        location.reload();
        return;
      }
    } catch { /* the watch has ended: the page stays as it is */ }
    setTimeout(ask, 600);
  };
  setTimeout(ask, 600);
})();
