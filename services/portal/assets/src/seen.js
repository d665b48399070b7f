// Tells the page once that a person sees it: a prefetching mail scanner keeps its tab hidden.
export function announceWhenVisible() {
  const tell = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", tell);
    setTimeout(() => document.body.dispatchEvent(new CustomEvent("ithaca:seen")), 150);
  };
  document.addEventListener("visibilitychange", tell);
  tell();
}
