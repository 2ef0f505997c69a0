import { html, nothing, type TemplateResult } from "lit-html";
import type { SimulatedAttachment } from "../../fakeOffice/simulatedItem.ts";
import type { Demo } from "../demo.ts";
import type { DemoState } from "../state.ts";
import { say } from "../texts.ts";

export function attachButton(demo: Demo): TemplateResult {
  return html`
    <label class="button attach">
      <input type="file" multiple class="visually-hidden" @change=${(event: Event) => void pick(event, demo)}>
      ${say("compose.attach")}
    </label>`;
}

export function attachmentList(state: DemoState, demo: Demo): TemplateResult | typeof nothing {
  const files = state.item.content.attachments;
  if (files.length === 0) {
    return nothing;
  }
  return html`
    <ul class="attachments" aria-label=${say("compose.attachments")}>
      ${files.map((file) => html`
        <li class="chip">
          <span>${file.name}</span> <span class="muted">${sizeText(file.size)}</span>
          <button type="button" aria-label=${say("compose.remove", { name: file.name })} @click=${() => { demo.detach(file.id); }}>×</button>
        </li>`)}
    </ul>`;
}

function sizeText(bytes: number): string {
  return `${(bytes / 1024).toLocaleString("sv-SE", { maximumFractionDigits: 1 })} kB`;
}

async function pick(event: Event, demo: Demo): Promise<void> {
  const input = event.target as HTMLInputElement;
  const files = await Promise.all([...(input.files ?? [])].map(read));
  input.value = "";
  demo.attach(files);
}

function read(file: File): Promise<SimulatedAttachment> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => {
      reject(new Error("the file could not be read"));
    };
    reader.onload = () => {
      const url = reader.result as string;
      resolve({ id: crypto.randomUUID(), name: file.name, size: file.size, inline: false, base64: url.slice(url.indexOf(",") + 1) });
    };
    reader.readAsDataURL(file);
  });
}
