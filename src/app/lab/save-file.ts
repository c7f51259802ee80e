/** Hands bytes or text to the browser's downloads, with the time in the file's name. @param ending with its dot */
export function saveFile(content: BlobPart, type: string, name: string, ending: string): void {
  const at = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}-${at}${ending}`;
  link.click();
  // The download has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
