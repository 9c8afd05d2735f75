// Runs before the page is shown, so that a theme that was chosen does not flash.
"use strict";
try {
  const theme = localStorage.getItem("soapgen-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage, the theme is that of the system.
}
