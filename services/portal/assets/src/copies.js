// Without this the text is chosen and copied by hand; the button is there only where it works.
export function copyByPress() {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copies]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copies);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.querySelector("span:not(.ith-i)").textContent = button.dataset.done;
    });
  });
}
