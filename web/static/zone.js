// The time zone a browser says it lives in, chosen where none is yet.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of document.querySelectorAll("select[data-guess]")) {
    if (select.value === "" && [...select.options].some((option) => option.value === zone)) select.value = zone;
  }
})();
