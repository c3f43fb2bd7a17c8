/**
 * Design tokens of the server-rendered pages, as CSS custom properties: one colour set (light and dark), one spacing
 * scale, one type scale. Text colours have a contrast of at least 4.5:1 on the surfaces they are used on, borders of
 * controls at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). Paper is always light.
 */
export const designTokens: string = `
:root {
  color-scheme: light dark;
  --space-4: 0.25rem;
  --space-8: 0.5rem;
  --space-12: 0.75rem;
  --space-16: 1rem;
  --space-24: 1.5rem;
  --space-32: 2rem;
  --space-48: 3rem;
  --space-64: 4rem;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --font-mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "Noto Sans Mono", monospace;
  --text-small: 0.875rem;
  --text-body: 1rem;
  --text-lead: 1.25rem;
  --text-title: 1.5rem;
  --text-display: clamp(2rem, 1.5rem + 2.4vw, 3rem);
  --radius-control: 0.5rem;
  --radius-card: 1rem;
  --color-page: #f2f4f7;
  --color-surface: #ffffff;
  --color-text: #17202b;
  --color-text-quiet: #536070;
  --color-line: #dce1e8;
  --color-control-line: #7b8797;
  --color-accent: #1b5fc4;
  --color-accent-strong: #164d9f;
  --color-on-accent: #ffffff;
  --color-note: #eaf1fc;
  --color-code: #f6f8fa;
  --color-danger: #b3261e;
  --color-danger-surface: #fdecea;
  --color-focus: #1b5fc4;
  --shadow-card: 0 1px 2px rgb(23 32 43 / 0.06), 0 8px 24px rgb(23 32 43 / 0.08);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --color-page: #10151c;
    --color-surface: #1a212b;
    --color-text: #e8ecf2;
    --color-text-quiet: #a3afbe;
    --color-line: #303a47;
    --color-control-line: #7f8b9b;
    --color-accent: #82b1ff;
    --color-accent-strong: #a6c8ff;
    --color-on-accent: #0c1b33;
    --color-note: #1d2a3f;
    --color-code: #131922;
    --color-danger: #ffb4ab;
    --color-danger-surface: #3d1d1b;
    --color-focus: #a6c8ff;
    --shadow-card: 0 0 0 1px #303a47;
  }
}
@media print { :root { color-scheme: light; } }
`;
