// Shows the copy buttons of a page, which are hidden where they cannot work, and makes them copy.
// Plain JavaScript for browsers, served as it is. A button names the element to copy in data-copies.

const shownMilliseconds = 2000;
const announcement = document.getElementById('announcement');

for (const button of document.querySelectorAll('button[data-copies]')) {
  const source = document.getElementById(button.dataset.copies);
  const label = button.querySelector('[data-label]');
  // Browsers give pages the clipboard only over https or on this machine.
  if (source === null || label === null || navigator.clipboard === undefined) continue;
  const wording = label.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard.writeText(source.textContent).then(
      () => true,
      () => false,
    );
    if (!isCopied) getSelection().selectAllChildren(source);
    label.textContent = isCopied ? 'Copied' : 'Selected';
    if (announcement !== null)
      announcement.textContent = isCopied ? 'Copied to the clipboard.' : 'Selected. Copy it with the keyboard.';
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = wording;
      if (announcement !== null) announcement.textContent = '';
    }, shownMilliseconds);
  });
}
