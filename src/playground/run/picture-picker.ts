import { element } from "../dom/element.ts";

/** A decoded picture of the reader, and its name. */
export interface OwnPicture {
  readonly name: string;
  readonly bitmap: ImageBitmap;
}

/**
 * Returns a control that accepts a picture from a file dialogue, by drag and drop, or by pasting while the focus is in
 * `around`. The picture is not sent anywhere.
 */
export function createPicturePicker(
  around: HTMLElement,
  onPicture: (picture: OwnPicture) => void,
  onProblem: (sentence: string) => void,
): HTMLElement {
  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      onPicture({ name: file.name, bitmap: await createImageBitmap(file) });
    } catch {
      onProblem(`"${file.name}" is not a picture that this browser can read.`);
    }
  };
  const input = element("input", { type: "file", accept: "image/*", class: "run-file" });
  input.addEventListener("change", () => void open(input.files?.[0]));
  const zone = element(
    "label",
    { class: "run-drop" },
    element("span", {}, "Choose a picture, drop one here, or paste it"),
    input,
  );
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("run-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("run-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("run-over");
    void open(event.dataTransfer?.files[0]);
  });
  around.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file === undefined) return;
    event.preventDefault();
    void open(file);
  });
  return zone;
}
