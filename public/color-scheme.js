// A file of its own, because the content security policy admits no inline script: the page is never painted in the wrong
// scheme first. The key is Mantine's.
try {
  const chosen = localStorage.getItem('mantine-color-scheme-value')
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
} catch {
  // Storage is blocked: Mantine follows the system once it runs.
}
